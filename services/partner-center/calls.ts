import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import type { UploadOutcome } from '../devices/ports.ts';
import { ServiceError } from '../errors.ts';
import type { TenantId } from '../identity.ts';
import type { Log } from '../log.ts';
import { type Answer, type Exchange, exchange, type Fetch, jsonOf } from '../login/exchange.ts';
import { parseRetryAfter, pauseAfterRefusals } from '../login/retry-after.ts';
import type { TokenSupply } from '../login/tokens.ts';
import { errorOf, readRefusal, retryAfterOf, unavailable } from './errors.ts';
import { parseJobLocation } from './paths.ts';

export type PartnerCenterOptions = Readonly<{
  /** Origin, without a trailing slash. */
  baseUrl: string;
  /** For calls that need App+User: consent link, creating a batch. */
  userToken: TokenSupply;
  /** For everything else. */
  appToken: TokenSupply;
  /** The distributor's tenant, where the partner sells through one. */
  indirectProviderTenantId?: TenantId;
  fetch?: Fetch;
  timeoutMs: number;
  now: () => Date;
  log: Log;
}>;

export type CallIds = Readonly<{ requestId: string; correlationId: string }>;
export type Call = Readonly<{
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** From the root, segments encoded. */
  path: string;
  as: 'user' | 'app';
  body?: unknown;
  ids?: CallIds;
  continuation?: string;
}>;

/** Longest answer that is read, in bytes. */
const MAX_ANSWER_BYTES = 32 * 1024 * 1024;

export type Calls = ReturnType<typeof createCalls>;

/** The one way to Partner Center: tokens, headers and what answers mean. Repeats a call only after a 401, and once. */
export function createCalls(options: PartnerCenterOptions) {
  const { baseUrl, fetch, timeoutMs, now, log } = options;
  let throttledInARow = 0;

  /** Sends once; after a 401 again with a new token and the same ids. */
  async function send(call: Call): Promise<Exchange> {
    const tokens = call.as === 'user' ? options.userToken : options.appToken;
    const ids = call.ids ?? { requestId: randomUUID(), correlationId: randomUUID() };
    const token = await tokens.get();
    const first = await sendOnce(call, ids, token);
    if (first.kind !== 'answered') return first;
    if (first.status !== 401) {
      await tokens.judged?.(token);
      return first;
    }
    log.info('Partner Center refused a token: trying once with a new one', { method: call.method });
    tokens.drop(token);
    const newer = await tokens.get();
    const second = await sendOnce(call, ids, newer);
    if (second.kind === 'answered')
      await tokens.judged?.(newer, second.status === 401 ? errorOf(second, now()) : undefined);
    return second;
  }

  function sendOnce(call: Call, ids: CallIds, token: string): Promise<Exchange> {
    const { method, path, body } = call;
    const json = body === undefined ? undefined : JSON.stringify(body);
    const headers = headersOf(call, ids, token);
    const url = `${baseUrl}${path}`;
    return exchange({ method, url, headers, body: json, timeoutMs, maxBytes: MAX_ANSWER_BYTES }, fetch);
  }

  /** The answer, whatever its status. @throws ServiceError `partner-center-unavailable` when there was none. */
  async function answer(call: Call): Promise<Answer> {
    const reply = await send(call);
    if (reply.kind !== 'answered') throw unavailable(`Partner Center did not answer: ${reply.reason}`);
    return reply;
  }

  /** The body of a 2xx answer, parsed. @throws ServiceError as `DeviceRegistry` documents for reads. */
  async function read<T>(call: Call, schema: z.ZodType<T>): Promise<T> {
    return parsed(expectOk(await answer(call), now()), schema);
  }

  /** Like `read`, but `undefined` for a 404. */
  async function find<T>(call: Call, schema: z.ZodType<T>): Promise<T | undefined> {
    const reply = await answer(call);
    return reply.status === 404 ? undefined : parsed(expectOk(reply, now()), schema);
  }

  /**
   * A write that starts a job: see `UploadOutcome`. A token that is refused twice counts as a missing sign-in.
   *
   * @throws ServiceError `partner-center-sign-in`: Partner Center did nothing, and the work can wait for a new sign-in.
   */
  async function submit(call: Call & { ids: CallIds }, customerId: TenantId): Promise<UploadOutcome> {
    const reply = await send(call).catch(notSentWithoutToken);
    if (reply.kind === 'not-sent') return reply;
    if (reply.kind === 'broken') return { kind: 'ambiguous', reason: reply.reason };
    if (reply.status === 401) throw errorOf(reply, now());
    if (reply.status === 429) return { kind: 'throttled', retryAfterMs: pause(reply) };
    throttledInARow = 0;
    return outcomeOf(reply, parseJobLocation(reply.headers.get('location'), baseUrl, customerId));
  }

  function pause(reply: Answer): number {
    throttledInARow += 1;
    return parseRetryAfter(retryAfterOf(reply), now()) ?? pauseAfterRefusals(throttledInARow);
  }

  return { answer, read, find, submit, now, options };
}

/** Login is down: nothing went to Partner Center, or only what it answered with 401. */
function notSentWithoutToken(error: unknown): Exchange {
  const isPassing = error instanceof ServiceError && error.code === 'partner-center-unavailable';
  if (isPassing) return { kind: 'not-sent', reason: 'no-token' };
  throw error;
}

function outcomeOf(reply: Answer, trackingId: string | undefined): UploadOutcome {
  const { status } = reply;
  if (status >= 200 && status < 300 && trackingId) return { kind: 'accepted', trackingId };
  if (status >= 400 && status < 500 && status !== 408) return { kind: 'refused', ...readRefusal(reply) };
  return { kind: 'ambiguous', reason: status < 300 ? `${status} without a usable Location` : `status ${status}` };
}

function headersOf({ body, continuation }: Call, ids: CallIds, token: string): Record<string, string> {
  return {
    authorization: `Bearer ${token}`,
    accept: 'application/json',
    'ms-requestid': ids.requestId,
    'ms-correlationid': ids.correlationId,
    'ms-partnercenter-application': 'Tarmac',
    'x-locale': 'en-US',
    ...(body === undefined ? {} : { 'content-type': 'application/json; charset=utf-8' }),
    ...(continuation === undefined ? {} : { 'ms-continuationtoken': continuation }),
  };
}

/** @throws ServiceError for every status but 2xx. */
export function expectOk(reply: Answer, now: Date): Answer {
  if (reply.status < 200 || reply.status >= 300) throw errorOf(reply, now);
  return reply;
}

/** @throws ServiceError `partner-center-unavailable` for HTML, half an answer, or another shape than documented. */
export function parsed<T>(reply: Answer, schema: z.ZodType<T>): T {
  return parsedItem(schema, jsonOf(reply));
}

/** The same for a part of an answer. */
export function parsedItem<T>(schema: z.ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value);
  if (!result.success) throw unavailable('Partner Center answered in an unexpected form');
  return result.data;
}
