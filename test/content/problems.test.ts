import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { createApi } from '../../bot/api/api.ts';
import { STATUS_OF } from '../../bot/api/problem.ts';
import { createRepeats } from '../../bot/api/repeats.ts';
import { looking } from '../../bot/api/route.ts';
import { CATALOGUES } from '../../cards/wording/wording.ts';
import { createAccess } from '../../services/access/access.ts';
import { type ErrorCode, ServiceError } from '../../services/errors.ts';
import { ACTORS, GROUPS, NORTHWIND } from '../authz/cast.ts';
import { inMemory, quietLog, type TestDatabase } from '../contracts/test-databases.ts';
import { PAYLOADS } from './corpus.ts';

const CODES = Object.keys(STATUS_OF) as ErrorCode[];
const LANGUAGES = Object.keys(CATALOGUES);
const SENTENCES = Object.entries(CATALOGUES.en).flatMap(([key, text]) => (key.startsWith('error.') ? text : []));
/** What an error may tell of that somebody outside wrote: whatever a sentence of the catalogue has a place for. */
const TEXTS = placesIn(/\{(\w+)\}/g);
const NUMBERS = placesIn(/\{(\w+), /g);

function placesIn(pattern: RegExp): readonly string[] {
  return SENTENCES.flatMap((sentence) => [...sentence.matchAll(pattern)].flatMap(([, place]) => place ?? []));
}

let database: TestDatabase;
let server: Server;
/** What the next call comes to. */
let next: ServiceError;
let calls = 0;

beforeAll(async () => {
  database = await inMemory.create();
  const { userId, tenantId, name } = ACTORS['the rep who asked'];
  const failing = looking({
    ...{ method: 'GET', path: '/failing', name: 'fail', summary: '', audience: 'caller' },
    ...{ query: z.object({}), answer: z.object({}) },
    run: () => Promise.reject(next),
  });
  const api = createApi({
    routes: [failing],
    document: {},
    callers: { read: async () => ({ kind: 'person', key: crypto.randomUUID(), person: { userId, tenantId, name } }) },
    access: createAccess({
      partnerTenantId: NORTHWIND,
      groups: { memberOf: async () => new Set(), peopleOf: async () => [] },
      groupOf: GROUPS,
      cache: { get: async () => undefined, set: async () => {} },
    }),
    repeats: createRepeats(database.database, () => new Date()),
    now: () => new Date(Date.now() + calls++ * 60_000), // nobody calls too often
    log: quietLog,
  });
  server = createServer((request, response) => void api.handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  server?.close();
  await database?.remove();
});

async function refusal(code: ErrorCode, text: string, language: string) {
  const details = [...TEXTS.map((place) => [place, text]), ...NUMBERS.map((place) => [place, 2])];
  next = new ServiceError(code, text, Object.fromEntries(details));
  const { port } = server.address() as AddressInfo;
  const headers = { 'accept-language': language };
  const response = await fetch(`http://127.0.0.1:${port}/api/v1/failing`, { headers });
  return { response, body: await response.text() };
}

const problemBody = z.strictObject({
  type: z.literal('about:blank'),
  title: z.string(),
  status: z.number(),
  code: z.string(),
  detail: z.string(),
});

it.each(LANGUAGES.map((language, index) => [language, index] as const))(
  'hostile texts stay text in the problems the HTTP API answers with (%s)',
  async (language, index) => {
    const payloads = PAYLOADS.filter((_, at) => at % LANGUAGES.length === index);
    const problems: string[] = [];
    for (const [at, text] of payloads.entries()) {
      for (const code of CODES.filter((_, each) => each % payloads.length === at || NAMING.has(CODES[each] ?? ''))) {
        const { response, body } = await refusal(code, text, language);
        const wrong = wrongIn(response, body, code);
        if (wrong) problems.push(`${JSON.stringify(text)} in ${code}: ${wrong}\n${body}`);
      }
    }
    expect(problems).toEqual([]);
  },
  60_000,
);

it('reaches a problem with the text at all', async () => {
  const { body } = await refusal('customer-not-found', 'Tailspin', 'en');
  expect(problemBody.parse(JSON.parse(body)).detail).toContain('“Tailspin”');
});

/** Refusals that repeat what somebody wrote. */
const NAMING: ReadonlySet<string> = new Set(
  CODES.filter((code) => /\{\w+\}/.test(CATALOGUES.en[`error.${code}`] ?? '')),
);

/** One JSON object of five members for programs, with one line of visible text for people. */
function wrongIn({ status, headers }: Response, body: string, code: ErrorCode): string | undefined {
  if (headers.get('content-type') !== 'application/problem+json') return `content type ${headers.get('content-type')}`;
  if (headers.get('set-cookie')) return 'a header of its own';
  const { data, error } = problemBody.safeParse(JSON.parse(body));
  if (!data) return error.message;
  if (data.code !== code || data.status !== status || status !== STATUS_OF[code]) return 'another refusal';
  if (HIDDEN.test(withoutIsolates(data.detail))) return 'something that cannot be seen';
  return undefined;
}

/** Hebrew sentences keep text in its own direction: a pair of marks around it, and none inside. */
function withoutIsolates(sentence: string): string {
  return sentence.replace(/\u2068([^\u2066-\u2069]*)\u2069/g, '$1');
}

const HIDDEN = /[\p{Cc}\u202A-\u202E\u2066-\u2069\u200B\uFEFF\u00AD\u2028\u2029\u{E0000}-\u{E007F}]/u;
