import type { IncomingMessage, ServerResponse } from 'node:http';
import { createWording } from '../../cards/wording/wording.ts';
import { bareSentenceOf } from '../../dialogs/wording.ts';
import type { Access } from '../../services/access/access.ts';
import { ServiceError } from '../../services/errors.ts';
import type { Log } from '../../services/log.ts';
import { createBodyReader, drain } from '../endpoint/body-reader.ts';
import { createRateLimit } from '../endpoint/rate-limit.ts';
import { newReference, sendJson } from '../endpoint/replies.ts';
import { sourceAddress } from '../endpoint/source-address.ts';
import type { Caller, Callers } from './callers.ts';
import { BASE, DOCUMENT_PATH } from './openapi.ts';
import { type Problem, problem, STATUS_OF, sendProblem } from './problem.ts';
import { readBody, readQuery, type Sent } from './received.ts';
import type { createRepeats } from './repeats.ts';
import { findRoutes, type Route } from './route.ts';

export type ApiParts = Readonly<{
  routes: readonly Route[];
  document: object;
  callers: Callers;
  access: Access;
  repeats: ReturnType<typeof createRepeats>;
  now: () => Date;
  log: Log;
}>;

/** Answers everything below `/api/v1`. */
export type Api = Readonly<{ handle(request: IncomingMessage, response: ServerResponse): Promise<void> }>;

const MB = 1_024 * 1_024;
const LIMITS = {
  jsonBytes: 2 * MB,
  /** As large as the largest file the chat takes. */
  fileBytes: 25 * MB,
  heldBytes: 64 * MB,
  bodyMs: 10_000,
  /** Per source, before anybody is believed. */
  attempts: { burst: 500, perSecond: 50 },
  refusals: { burst: 100, perSecond: 5 },
  /** Per caller. */
  calls: { burst: 120, perSecond: 10 },
};

type Reply = Readonly<{ status: number; body: unknown; isRepeat?: boolean }>;

/**
 * The HTTP API: whoever calls is believed by an Entra token before anything of the body is read, and may do what their
 * groups let them do in chat, by the same services.
 */
export function createApi(parts: ApiParts): Api {
  const { routes, callers, access, repeats, now, log } = parts;
  const attempts = createRateLimit({ ...LIMITS.attempts, now });
  const refusals = createRateLimit({ ...LIMITS.refusals, now });
  const calls = createRateLimit({ ...LIMITS.calls, now });
  const shared = { timeoutMs: LIMITS.bodyMs, maxHeldBytes: LIMITS.heldBytes };
  const bodies = {
    json: createBodyReader({ ...shared, maxBytes: LIMITS.jsonBytes }),
    file: createBodyReader({ ...shared, maxBytes: LIMITS.fileBytes }),
  };

  async function believe(request: IncomingMessage, source: string): Promise<Caller | Problem> {
    const caller = await callers.read(request.headers.authorization);
    if (caller.kind === 'person' || caller.kind === 'application') {
      return calls.take(caller.key) ? caller : problem('too-many-requests');
    }
    log.debug('call refused', { reason: caller.reason, source });
    if (!refusals.take(source)) return problem('too-many-requests');
    return problem(caller.kind === 'unknown' ? 'unauthorized' : 'forbidden');
  }

  /** @throws ServiceError `not-a-rep`. */
  async function admit(caller: Caller, { audience, freshly }: Route): Promise<Problem | undefined> {
    if (audience === 'caller') return undefined;
    if (caller.kind === 'application') return audience === 'reader' ? undefined : problem('forbidden');
    await access.requireRep(caller.person, freshly);
    return undefined;
  }

  async function run(
    caller: Caller,
    { route, id }: { route: Route; id: string },
    sent: Sent,
  ): Promise<Reply | Problem> {
    const { query, body, headers } = sent;
    const wording = createWording(headers['accept-language']?.split(/[,;]/)[0] ?? 'en');
    const by = caller.kind === 'person' ? caller.person : NOBODY;
    const act = async () => ({ status: route.status, body: await route.run({ caller, id, query, body, wording, by }) });
    if (route.method === 'GET' || route.isSafe) return act();
    const key = headers['idempotency-key'];
    const says = [route.name, id, JSON.stringify(query), sent.bytes];
    return repeats.once({ caller: caller.key, key: Array.isArray(key) ? undefined : key, says }, act);
  }

  async function answer(request: IncomingMessage): Promise<Reply | Problem> {
    const source = sourceAddress({ headers: request.headers, remoteAddress: request.socket.remoteAddress });
    if (!attempts.take(source)) return problem('too-many-requests');
    const url = request.url ?? '';
    const path = url.split('?', 1)[0]?.slice(BASE.length) ?? '';
    if (path === DOCUMENT_PATH && request.method === 'GET') return { status: 200, body: parts.document };
    const found = findRoutes(routes, path);
    const match = found.find(({ route }) => route.method === request.method);
    if (!match) return problem(found.length > 0 || path === DOCUMENT_PATH ? 'method-not-allowed' : 'not-found');
    const caller = await believe(request, source);
    if ('code' in caller) return caller;
    const refused = await admit(caller, match.route);
    if (refused) return refused;
    const query = readQuery(match.route, url);
    if ('code' in query) return query;
    const body = await readBody(request, match.route, bodies);
    if ('code' in body) return body;
    return run(caller, match, { ...body, query: query.query, headers: request.headers });
  }

  return {
    async handle(request, response) {
      const reply = await answer(request).catch((error: unknown) => refusalOf(error, request, log));
      if ('code' in reply) sendProblem(response, reply);
      else {
        if (reply.isRepeat) response.setHeader('idempotency-replayed', 'true');
        sendJson(response, reply.status, reply.body);
      }
      drain(request);
    },
  };
}

/** Nobody: routes that act are not reached by applications, and the others do not look at it. */
const NOBODY = Object.freeze({ tenantId: '', userId: '', name: '' }) as Parameters<Route['run']>[0]['by'];

/** What a person would read in chat, and a status. Anything but a ServiceError is a bug: it goes to the log. */
function refusalOf(error: unknown, request: IncomingMessage, log: Log): Problem {
  if (!(error instanceof ServiceError)) {
    const reference = newReference();
    log.error('call failed', { error, reference });
    return problem('failed', { reference });
  }
  const wording = createWording(request.headers['accept-language']?.split(/[,;]/)[0] ?? 'en');
  return { status: STATUS_OF[error.code], code: error.code, detail: bareSentenceOf(error, wording) };
}
