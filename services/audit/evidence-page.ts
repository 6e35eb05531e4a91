import { z } from 'zod';
import { DIRECTORY_ROLES, type DirectoryRole } from '../access/directory-roles.ts';
import type { Person } from '../identity.ts';
import type { ChainedEntry } from './audit.ts';
import type { EvidencePack } from './evidence.ts';

/**
 * The evidence as one page that needs nothing else: no script, no picture, no address it would load. In English and in
 * UTC, because it is read by people who were not there.
 */
export function evidencePage({ customer, exportedAt, chain, entries }: EvidencePack): string {
  const title = `Record of consent and registration: ${customer.name}`;
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${safe(title)}</title>
<style>${STYLE}</style>
<h1>${safe(title)}</h1>
<dl>
${term('Domain', customer.domain)}
${term('Tenant ID', customer.tenantId)}
${term('Written on', time(exportedAt))}
${term('Entries', String(entries.length))}
${term('Chain of hashes', chainSentence(chain))}
${chain.head ? term('Newest entry of the whole audit', `${chain.head.seq}:${chain.head.hash}`) : ''}
</dl>
${entries.map(section).join('\n')}
</html>
`;
}

const STYLE = `body{font:16px/1.5 system-ui,sans-serif;max-width:50rem;margin:2rem auto;padding:0 1rem}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.25rem 1rem}dt{font-weight:600}dd{margin:0;overflow-wrap:anywhere}
section{border-top:1px solid #999;padding-top:.5rem}blockquote{border-left:4px solid #999;margin:.5rem 0;padding-left:1rem}
code{font-size:.8rem;overflow-wrap:anywhere}p{margin:.25rem 0}h1,h2{line-height:1.25;overflow-wrap:anywhere}
@page{margin:18mm}@media print{body{font-size:10.5pt;max-width:none;margin:0;padding:0}
section{break-inside:avoid}h2{break-after:avoid}}`;

function chainSentence({ firstBroken }: EvidencePack['chain']): string {
  if (firstBroken === undefined) return 'Whole: no entry was altered, removed or put in later.';
  return `BROKEN at entry ${firstBroken}: it, or the one before it, was altered after it was written.`;
}

function section({ seq, at, actor, action, subject, details, hash }: ChainedEntry): string {
  const { shown, ...facts } = details;
  return `<section>
<h2>${seq}. ${safe(SAY[action] ?? action)}</h2>
<dl>
${term('When', time(at))}
${term('Who', actor ? nameOf(actor) : 'Tarmac itself, or Microsoft')}
${actor ? term('Object ID', actor.userId) + term('Tenant ID', actor.tenantId) : ''}
${term('Action', action)}
${term(subject.kind, subject.id)}
${Object.entries(facts)
  .map(([name, value]) => term(NAMES[name] ?? name, WORDS[name]?.(value) ?? plainly(value)))
  .join('\n')}
</dl>
${wording(shown)}
<p><code>${safe(hash)}</code></p>
</section>`;
}

function nameOf({ name, via }: Person): string {
  return via === 'http-api' ? `${name}, by HTTP API` : name;
}

/** The words on the card that was answered. */
function wording(shown: unknown): string {
  if (typeof shown !== 'object' || shown === null || !('text' in shown) || !Array.isArray(shown.text)) return '';
  const { language, sha256 } = shown as { language?: unknown; sha256?: unknown };
  const lines = shown.text.map((line: unknown) => `<p>${safe(String(line))}</p>`).join('\n');
  return `<p>What was shown (language ${safe(String(language))}, SHA-256 <code>${safe(String(sha256))}</code>):</p>
<blockquote>
${lines}
</blockquote>`;
}

const SAY: Readonly<Record<string, string>> = {
  'request.sent': 'A reseller relationship was requested',
  'request.approved': 'The request was approved',
  'request.declined': 'The request was declined',
  'request.active': 'Microsoft shows the relationship as active',
  'request.withdrawn': 'The request was withdrawn',
  'request.expired': 'The request expired',
  'request.ended': 'Microsoft no longer shows the relationship',
  'request.mailed': 'An invitation was mailed',
  'request.delegated': 'An approver named a colleague to answer instead',
  'request.roles-read': 'An approver signed in: their directory roles were read',
  'request.refused': 'Somebody was refused',
  'batch.refused': 'Somebody was refused',
  'batch.confirmed': 'Devices were sent for registration',
  'removal.asked': 'Removal of devices was asked for',
  'removal.confirmed': 'A second person confirmed the removal',
  'removal.refused': 'A second person refused the removal',
  'removal.withdrawn': 'The removal was taken back',
  'removal.expired': 'Nobody confirmed the removal in time',
  'removal.done': 'The devices were removed',
  'removal.done-with-errors': 'Some devices could not be removed',
  'removal.needs-human': 'For some devices the outcome is not known',
  'request.contradicted': 'The database was found not to say what was recorded of the request',
  'batch.contradicted': 'The database was found not to say what was recorded of the batch',
  'removal.contradicted': 'The database was found not to say what was recorded of the removal',
  'audit.contradicted': 'This audit was found altered',
};

const NAMES: Readonly<Record<string, string>> = {
  from: 'State before',
  link: 'Link of Microsoft',
  reason: 'Reason given',
  note: 'Note to the approvers',
  to: 'Colleague',
  roles: 'Directory roles, by Microsoft Entra',
  tried: 'What they tried',
  why: 'Why not',
  place: 'Where',
  guest: 'Guest of that organisation',
  unnoted: 'Refused before that, not noted one by one',
  approvers: 'Sent to',
  route: 'Route',
  requestIds: 'Request IDs at Partner Center',
  requestId: 'Request ID at Partner Center',
  correlationId: 'Correlation ID',
  found: 'What the database said',
  recorded: 'What was recorded',
  trackingId: 'Tracking ID',
};

/** Values that are codes of ours, in words. */
const WORDS: Readonly<Record<string, (value: unknown) => string | undefined>> = {
  roles: (value) => {
    const { data } = roleReading.safeParse(value);
    const names = data?.roles.map((role) => ROLES[role]).join(' and ');
    return data && `${names || 'neither Global Administrator nor Billing Administrator'}, read at ${time(data.at)}`;
  },
  why: (value) => WHY[String(value)],
  guest: (value) => (value === true ? 'yes' : 'no'),
};

const roleReading = z.object({ roles: z.array(z.enum(DIRECTORY_ROLES)), at: z.coerce.date() });

const ROLES: Readonly<Record<DirectoryRole, string>> = {
  'global-administrator': 'Global Administrator',
  'billing-administrator': 'Billing Administrator',
};

const WHY: Readonly<Record<string, string>> = {
  'not-a-rep': 'They are not in the group of people who may do this.',
  'not-an-approver': 'They were not asked, are a guest, or are the one who asks.',
  'not-your-request': 'It is somebody else’s.',
  'second-person-needed': 'It needs a second person with the right to remove.',
  'personal-chat-only': 'It is possible in a personal chat only.',
  'request-not-found': 'They are of another organisation, or were not asked.',
  'batch-not-found': 'It is somebody else’s.',
  'sign-in-other-person': 'They signed in with another account.',
};

function term(name: string, value: string): string {
  return `<dt>${safe(name)}</dt><dd>${safe(value)}</dd>`;
}

function plainly(value: unknown): string {
  if (Array.isArray(value)) return value.map(plainly).join(', ');
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value);
}

function time(at: Date): string {
  return at.toISOString().replace('T', ' ').replace('Z', ' UTC');
}

/** Nothing that was typed becomes a part of the page; what turns the direction of text stays visible as its number. */
function safe(text: string): string {
  return text
    .replace(DIRECTION, (mark) => `[U+${mark.charCodeAt(0).toString(16).toUpperCase()}]`)
    .replace(/[&<>"'`]/g, (mark) => `&#${mark.charCodeAt(0)};`);
}

const DIRECTION = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u061C\u200E\u200F\u202A-\u202E]/g;
