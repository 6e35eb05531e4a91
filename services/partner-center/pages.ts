import { z } from 'zod';
import type { Answer } from '../login/exchange.ts';
import { type Call, type Calls, expectOk, parsed, parsedItem } from './calls.ts';
import { unavailable } from './errors.ts';
import { optionalText } from './wire.ts';

/** More pages than any partner has; a service that repeats itself must not keep us for ever. */
const MAX_PAGES = 2_000;

/**
 * All items of a collection. The next page is asked for at our own path, with only the token of the answer:
 * links in an answer are never followed.
 *
 * @param next path of the pages after the first, where it differs.
 */
export async function* allItems<T>(calls: Calls, first: Call, item: z.ZodType<T>, next = first.path) {
  let call = first;
  for (let page = 1; page <= MAX_PAGES; page++) {
    const reply = expectOk(await calls.answer(call), calls.now());
    const collection = parsed(reply, envelope);
    for (const one of collection.items) yield parsedItem(item, one);
    const continuation = continuationOf(reply, collection);
    if (continuation === undefined) return;
    if (continuation === call.continuation) throw unavailable('Partner Center repeated a page');
    call = { ...first, path: next, continuation };
  }
  throw unavailable('Partner Center sent too many pages');
}

/** All items at once. */
export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

/** The same for every kind of item: a parser made for each page would be compiled each time, at more than the page costs. */
const envelope = z.object({
  items: z.array(z.unknown()),
  continuationToken: optionalText,
  links: z.unknown().optional(),
});

/** The token stands in the body, in a header, or among the headers of `links.next`. */
function continuationOf(reply: Answer, body: { continuationToken?: string; links?: unknown }): string | undefined {
  const token = body.continuationToken ?? reply.headers.get('ms-continuationtoken') ?? linkedToken(body.links);
  if (!token) return undefined;
  if (!/^[\x21-\x7e]{1,8192}$/.test(token)) throw unavailable('Partner Center sent an unusable page token');
  return token;
}

const nextLink = z.object({ next: z.object({ headers: z.array(z.object({ key: z.string(), value: z.string() })) }) });

function linkedToken(links: unknown): string | undefined {
  const parsedLinks = nextLink.safeParse(links);
  if (!parsedLinks.success) return undefined;
  return parsedLinks.data.next.headers.find(({ key }) => key.toLowerCase() === 'ms-continuationtoken')?.value;
}
