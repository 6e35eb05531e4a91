/** Sends a file with the page that stands in for Teams' paper clip. */
export async function attachFile(teams: string, chat: string, name: string, bytes: Uint8Array): Promise<void> {
  const form = new FormData();
  form.set('file', new File([new Uint8Array(bytes)], name));
  const answer = await fetch(`${teams}/attach?chat=${chat}`, { method: 'POST', body: form });
  const page = await answer.text();
  if (!page.includes(`Sent ${name}.`)) throw new Error(`the attach page answered ${answer.status}: ${page}`);
}

/** Accepts on the consent page as a person does: opens the link, picks the organisation, ticks the box, presses Accept. */
export async function acceptAtMicrosoft(link: string, tenantId: string): Promise<string> {
  const shown = await (await fetch(link)).text();
  const action = /<form method="post" action="([^"]+)"/.exec(shown)?.[1]?.replaceAll('&amp;', '&');
  if (action === undefined || !shown.includes(`value="${tenantId}"`)) throw new Error(`no form at ${link}: ${shown}`);
  const body = new URLSearchParams({ tenantId, agree: 'yes', action: 'accept' });
  const answer = await fetch(new URL(action, link), { method: 'POST', body });
  return answer.text();
}
