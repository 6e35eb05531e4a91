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
code{font-size:.8rem;overflow-wrap:anywhere}p{margin:.25rem 0}`;

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
  .map(([name, value]) => term(NAMES[name] ?? name, plainly(value)))
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
  'batch.confirmed': 'Devices were sent for registration',
};

const NAMES: Readonly<Record<string, string>> = {
  from: 'State before',
  link: 'Link of Microsoft',
  reason: 'Reason given',
  note: 'Note to the approvers',
  approvers: 'Sent to',
  route: 'Route',
  requestIds: 'Request IDs at Partner Center',
  requestId: 'Request ID at Partner Center',
  correlationId: 'Correlation ID',
  trackingId: 'Tracking ID',
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
