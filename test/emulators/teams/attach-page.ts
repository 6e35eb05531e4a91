import type { Answer, Received } from '../http.ts';
import type { Route } from '../routes.ts';
import type { Playground } from './gateway.ts';

const MAX_BYTES = 30 * 1024 * 1024;

/**
 * A page that stands in for Teams' paper clip, which the Playground lacks: choose a file, send it to the bot.
 * The browser posts the form as `multipart/form-data`, so the page works without a script.
 */
export function attachRoutes(find: (chat: string) => Playground | undefined): readonly Route[] {
  return [
    { method: 'GET', path: '/attach', handle: (request) => show(find, request) },
    { method: 'POST', path: '/attach', handle: (request) => receive(find, request) },
  ];
}

type Find = (chat: string) => Playground | undefined;

function show(find: Find, { url }: Received): Answer {
  const playground = find(url.searchParams.get('chat') ?? '');
  return playground ? page(200, playground, 'Nothing sent yet.') : noChat();
}

async function receive(find: Find, { url, headers, body }: Received): Promise<Answer> {
  const playground = find(url.searchParams.get('chat') ?? '');
  if (!playground) return noChat();
  if (body.length > MAX_BYTES) return page(413, playground, 'The file is too large for this page (30 MB).');
  const file = await fileOf(headers['content-type'] ?? '', body);
  if (!file) return page(400, playground, 'Choose a file first.');
  const { status } = await playground.attachFile(file.name, new Uint8Array(await file.arrayBuffer()));
  const came = status < 300 ? `Sent ${file.name}. The answer is in the chat.` : `The bot answered ${status}.`;
  return page(status < 300 ? 200 : 502, playground, came);
}

async function fileOf(contentType: string, body: Buffer): Promise<File | undefined> {
  try {
    const form = await new Response(new Uint8Array(body), { headers: { 'content-type': contentType } }).formData();
    const file = form.get('file');
    return file instanceof File && file.name !== '' ? file : undefined;
  } catch {
    return undefined;
  }
}

function noChat(): Answer {
  return { status: 404, headers: { 'content-type': 'text/plain' }, body: 'No such chat. Add ?chat= and its name.' };
}

function page(status: number, { name }: Playground, news: string): Answer {
  const body = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Send a file: ${escaped(name)} chat</title>
<style>body{font:1rem/1.5 system-ui;max-width:36rem;margin:2rem auto;padding:0 1rem}button,input{font:inherit}</style>
<main>
<h1>Send a file to the bot</h1>
<p>Teams has a paper clip for this; the Playground has none. The file goes to the bot in the
<strong>${escaped(name)}</strong> personal chat.</p>
<form method="post" action="/attach?chat=${encodeURIComponent(name)}" enctype="multipart/form-data">
<p><label for="file">Device list (CSV, Excel, PDF, photo, ZIP)</label><br><input id="file" name="file" type="file" required></p>
<p><button type="submit">Send</button></p>
</form>
<p role="status">${escaped(news)}</p>
</main>
</html>
`;
  return { status, headers: { 'content-type': 'text/html; charset=utf-8' }, body };
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
