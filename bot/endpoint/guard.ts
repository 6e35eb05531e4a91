import type { IncomingHttpHeaders } from 'node:http';
import { z } from 'zod';
import { parseTenantId } from '../../services/identity.ts';
import { bearerToken, decodeUnverified, type Expected, tokenProblem } from './channel-claims.ts';
import type { AllowedHosts } from './hosts.ts';
import { type Refusal, refuse } from './refusal.ts';

/** What we insist on before anything of botbuilder sees an activity. Everything else in it is the parsed JSON as it came. */
export type TeamsActivity = z.infer<typeof ACTIVITY>;

export interface Guard {
  /** Judges what can be judged without reading the body. */
  inspectHeaders(headers: IncomingHttpHeaders): Readonly<{ kind: 'pass' }> | Refusal;
  /** Judges headers and body; the activity that passes is the very object given as `body`. Pure and without crypto. */
  inspect(request: GuardedRequest): Readonly<{ kind: 'pass'; activity: TeamsActivity }> | Refusal;
}

type GuardedRequest = Readonly<{ headers: IncomingHttpHeaders; body: unknown }>;

export type GuardOptions = Expected & Readonly<{ serviceHosts: AllowedHosts; now: () => Date }>;

const JSON_CONTENT = /^application\/json(?: ?; ?charset="?utf-8"?)?$/i;
const id = z.string().min(1).max(512);
const account = z.looseObject({ id, tenantId: z.string().nullish() });
const ACTIVITY = z.looseObject({
  type: z.string().regex(/^[A-Za-z]{1,40}$/),
  channelId: z.string(),
  serviceUrl: z.string(),
  from: account,
  recipient: account,
  conversation: account.nullish(),
  channelData: z.looseObject({ tenant: z.looseObject({ id: z.string().nullish() }).nullish() }).nullish(),
  timestamp: z.string().max(64).nullish(),
  localTimestamp: z.string().max(64).nullish(),
  expiration: z.string().max(64).nullish(),
  id: id.nullish(),
  name: z.string().max(256).nullish(),
  text: z.string().nullish(),
  replyToId: z.string().max(512).nullish(),
  deliveryMode: z.string().max(64).nullish(),
  attachments: z.array(z.looseObject({})).nullish(),
  entities: z.array(z.looseObject({ type: z.string().nullish() })).nullish(),
});

/** The cheap half of the front door: what is refused here has cost microseconds and left nothing behind. */
export function createGuard({ issuer, appId, serviceHosts, now }: GuardOptions): Guard {
  function inspectHeaders(headers: IncomingHttpHeaders): Readonly<{ kind: 'pass' }> | Refusal {
    if (headers['content-encoding'] !== undefined) return refuse(415, 'content-encoding');
    if (!JSON_CONTENT.test(headers['content-type'] ?? '')) return refuse(415, 'content-type');
    const token = bearerToken(headers.authorization);
    if (token === undefined) return refuse(401, 'no-bearer-token');
    const decoded = decodeUnverified(token);
    if (!decoded) return refuse(401, 'token-form');
    const problem = tokenProblem(decoded, { issuer, appId }, now());
    return problem ? refuse(401, problem) : { kind: 'pass' };
  }

  return {
    inspectHeaders,
    inspect({ headers, body }) {
      const verdict = inspectHeaders(headers);
      if (verdict.kind === 'refuse') return verdict;
      if (!isActivity(body)) return refuse(400, 'fields');
      if (!body.conversation && !mayBePlaceless(body)) return refuse(400, 'fields');
      if (body.channelId !== 'msteams') return refuse(401, 'channel');
      if (!isServiceUrl(body.serviceUrl, serviceHosts)) return refuse(401, 'service-url');
      return agreedTenant(body) === undefined ? refuse(401, 'tenant') : { kind: 'pass', activity: body };
    },
  };
}

/** The parser compares lengths before it knows that a text is one; an object with a hostile `length` makes it throw. */
function isActivity(body: unknown): body is TeamsActivity {
  try {
    return ACTIVITY.safeParse(body).success;
  } catch {
    return false;
  }
}

/**
 * Calls of a message extension out of a chat of two people bear no conversation.
 *
 * @see Teams: create and send dialogs, payload when invoked from a 1:1 chat
 */
function mayBePlaceless({ type, name }: TeamsActivity): boolean {
  return type === 'invoke' && (name ?? '').startsWith('composeExtension/');
}

/** True for the URL of a connector we know, written plainly: no query, no fragment, nothing the URL parser would change. */
function isServiceUrl(text: string, hosts: AllowedHosts): boolean {
  const href = hosts.admit(text)?.url.href;
  return href !== undefined && (href === text || href === `${text}/`) && !/[?#]/.test(text);
}

/** The tenant every statement of the activity agrees on. The channel vouches for these fields, so silence is not agreement. */
function agreedTenant({ conversation, channelData, from, recipient }: TeamsActivity): string | undefined {
  const named = [conversation?.tenantId, channelData?.tenant?.id, from.tenantId, recipient.tenantId];
  const tenants = named.filter((name) => name !== undefined && name !== null).map((name) => parseTenantId(name));
  return tenants.every((tenant) => tenant === tenants[0]) ? tenants[0] : undefined;
}
