import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Request, Response } from 'botbuilder';
import type { Log } from '../../services/log.ts';
import { type BodyReader, drain } from './body-reader.ts';
import { createBotReply } from './bot-reply.ts';
import type { ChannelAuthentication } from './channel-auth.ts';
import type { Guard, TeamsActivity } from './guard.ts';
import { parseJsonBody } from './json-body.ts';
import type { RateLimit } from './rate-limit.ts';
import { type Refusal, type RefusalReason, refuse } from './refusal.ts';
import { newReference, sendError } from './replies.ts';
import { sourceAddress } from './source-address.ts';

/** Hands a believed activity to the adapter, whose `process` takes exactly these two. */
type OnActivity = (request: Request, response: Response) => Promise<void>;

export type MessagesOptions = Readonly<{
  guard: Guard;
  authentication: Pick<ChannelAuthentication, 'authenticate'>;
  onActivity: OnActivity;
  /** Told of every refusal, for the metrics. */
  onRefused?: (reason: RefusalReason) => void;
  bodies: BodyReader;
  /** Refusals per source; beyond it garbage is not even answered politely. */
  refusals: RateLimit;
  /** Requests per source that get as far as their body being read. */
  attempts: RateLimit;
  log: Log;
}>;

type Arrived = Readonly<{ kind: 'arrived'; activity: TeamsActivity }>;

/** `POST /api/messages`: cheap checks, then the body, then the signature, and only then botbuilder. */
export function createMessagesRoute(options: MessagesOptions) {
  const { onActivity, onRefused, refusals, log } = options;

  function turnAway(request: IncomingMessage, response: ServerResponse, { status, reason }: Refusal): void {
    const source = sourceOf(request);
    const tired = !refusals.take(source);
    if (tired || status === 408) response.setHeader('connection', 'close');
    const reference = sendError(response, tired && status === 401 ? 429 : status);
    drain(request);
    onRefused?.(reason);
    log.debug('request refused', { reason, source, reference });
  }

  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const arrival = await receive(request, options);
    if (arrival.kind === 'refuse') return turnAway(request, response, arrival);
    const reference = newReference();
    const { headers, method = 'POST' } = request;
    try {
      await onActivity({ body: arrival.activity, headers, method }, createBotReply(response, reference));
    } catch (error) {
      log.error('turn failed', { reference, error });
      sendError(response, 500, reference);
    }
  };
}

async function receive(request: IncomingMessage, options: MessagesOptions): Promise<Arrived | Refusal> {
  const { guard, authentication, bodies, attempts } = options;
  const { headers } = request;
  const verdict = guard.inspectHeaders(headers);
  if (verdict.kind === 'refuse') return verdict;
  if (!attempts.take(sourceOf(request))) return refuse(429, 'too-many');
  const read = await bodies.read(request);
  if (read.kind === 'refuse') return read;
  const parsed = parseJsonBody(read.bytes);
  if (parsed.kind !== 'json') return refuse(400, parsed.kind);
  const passed = guard.inspect({ headers, body: parsed.value });
  if (passed.kind === 'refuse') return passed;
  const believed = await authentication.authenticate(passed.activity, headers.authorization);
  return believed.kind === 'refuse' ? believed : { kind: 'arrived', activity: passed.activity };
}

function sourceOf(request: IncomingMessage): string {
  return sourceAddress({ headers: request.headers, remoteAddress: request.socket.remoteAddress });
}
