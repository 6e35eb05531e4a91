import { createHash, randomUUID } from 'node:crypto';
import { type Answer, jsonOf, type Received } from '../http.ts';
import type { Context } from './context.ts';

const BYTE_ORDER_MARK = '\uFEFF';

/** A JSON answer with the headers of the samples. The request id is echoed, as samples mostly do. [P13][P23] */
export function answer(context: Context, request: Received, status: number, body?: unknown, effect?: string): Answer {
  const text = body === undefined ? undefined : JSON.stringify(body);
  const marked = text !== undefined && context.behaviour.byteOrderMark ? BYTE_ORDER_MARK + text : text;
  const type: Record<string, string> = text === undefined ? {} : { 'content-type': 'application/json; charset=utf-8' };
  return { status, headers: { ...idHeaders(request), ...type }, body: marked, ...(effect && { effect }) };
}

/** The documented error body: `code` as a string, `description`, `data`, `source`. [P22] */
export function refuse(request: Received, status: number, code: string, description: string): Answer {
  const body = { code, description, data: [], source: 'PartnerFD' };
  return { status, headers: idHeaders(request), body, effect: `refused: ${code}` };
}

/** Throttling has a body of its own. [P25] */
export function throttle(retryAfterSeconds: number): Answer {
  const message = `Rate limit is exceeded. Try again in ${retryAfterSeconds} seconds.`;
  return { status: 429, headers: { 'retry-after': String(retryAfterSeconds) }, body: { statusCode: 429, message } };
}

export function notFound(request: Received, what: string): Answer {
  return refuse(request, 404, '1000', `${what} was not found.`);
}

/** Envelope of every list. [P4][P15] */
export function collection(items: readonly unknown[], totalCount: number, links: object, token?: string): object {
  const attributes = { objectType: 'Collection' };
  return { totalCount, items, links, ...(token && { continuationToken: token }), attributes };
}

/** A page of a list, and the token for the next one. Tokens name an offset; their real form is opaque. */
export function pageOf<Item>(
  items: readonly Item[],
  size: number,
  token: string | undefined,
): { items: readonly Item[]; next: string | undefined } | undefined {
  const offset = token === undefined ? 0 : offsetIn(token);
  if (offset === undefined) return undefined;
  const end = size > 0 ? offset + size : items.length;
  return { items: items.slice(offset, end), next: end < items.length ? tokenFor(end) : undefined };
}

/** Links of one page: the next one names its header, as the SDK's model has it. [K1] */
export function pageLinks(uri: string, next: string | undefined): object {
  const self = { uri, method: 'GET', headers: [] };
  if (next === undefined) return { self };
  const seek = `${uri}${uri.includes('?') ? '&' : '?'}seekOperation=Next`;
  return { self, next: { uri: seek, method: 'GET', headers: [{ key: 'MS-ContinuationToken', value: next }] } };
}

/** Request members with a lower-case first letter: PascalCase is accepted as well. [P13] */
export function camelJson(request: Received): unknown {
  return camel(jsonOf(request));
}

/** An order that has nothing to do with time but stays the same from page to page. */
export function shuffled<Item>(items: readonly Item[], idOf: (item: Item) => string): Item[] {
  const rank = (item: Item) => createHash('sha1').update(idOf(item)).digest('hex');
  return [...items].sort((one, other) => rank(one).localeCompare(rank(other)));
}

function idHeaders({ headers }: Received): Record<string, string> {
  return {
    'ms-requestid': headers['ms-requestid'] ?? randomUUID(),
    'ms-correlationid': headers['ms-correlationid'] ?? randomUUID(),
    'ms-cv': `${randomUUID().slice(0, 16)}.0`,
    'ms-serverid': 'EMULATOR-1',
  };
}

function camel(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(camel);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [lowerFirst(key), camel(inner)]));
}

function lowerFirst(key: string): string {
  return key.slice(0, 1).toLowerCase() + key.slice(1);
}

function tokenFor(offset: number): string {
  return Buffer.from(`offset:${offset}`).toString('base64');
}

function offsetIn(token: string): number | undefined {
  const digits = /^offset:(\d+)$/.exec(Buffer.from(token, 'base64').toString('utf8'))?.[1];
  return digits === undefined ? undefined : Number(digits);
}
