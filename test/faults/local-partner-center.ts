import { randomUUID } from 'node:crypto';
import type { Fetch } from '../../services/login/exchange.ts';
import type { TokenSupply } from '../../services/login/tokens.ts';
import type { Verification } from '../emulators/login/tokens.ts';
import { batchRoutes } from '../emulators/partner-center/batches.ts';
import { type Behaviour, defaultBehaviour } from '../emulators/partner-center/behaviour.ts';
import type { Context } from '../emulators/partner-center/context.ts';
import { customerRoutes, endRelationship } from '../emulators/partner-center/customers.ts';
import { jobStatusRoutes } from '../emulators/partner-center/job-status.ts';
import { settle, startJob } from '../emulators/partner-center/jobs.ts';
import { policyRoutes } from '../emulators/partner-center/policies.ts';
import { relationshipRoutes, startRelationship } from '../emulators/partner-center/relationships.ts';
import { emptyState, type KnownTenant } from '../emulators/partner-center/state.ts';
import { uploadRoutes } from '../emulators/partner-center/uploads.ts';
import { matchRoute } from '../emulators/routes.ts';
import { DEFAULT_WORLD } from '../emulators/world.ts';
import { ANSWER_MS, broken, type LineFault, respond } from './line.ts';
import type { LocalLogin } from './local-login.ts';

/** Where this Partner Center is, as the bot believes. */
export const ORIGIN = 'http://127.0.0.1:9';

export type Call = Readonly<{
  atMs: number;
  method: string;
  path: string;
  requestId: string;
  token: string;
  body: string;
  status: number;
}>;

export type LocalPartnerCenter = ReturnType<typeof createLocalPartnerCenter>;

/**
 * The emulator of Partner Center without a network: the same routes, called by the adapter through its `fetch`. `faults`
 * is asked about each request.
 */
export function createLocalPartnerCenter(parts: {
  clock: { ms: number };
  tenant: KnownTenant;
  /** Whose tokens count beside `TOKENS`. */
  login?: Pick<LocalLogin, 'verify'>;
  behaviour?: Partial<Behaviour>;
  faults?: (method: string, path: string) => LineFault | undefined;
}) {
  const { clock, tenant, login, faults = () => undefined } = parts;
  const context: Context = {
    world: DEFAULT_WORLD,
    behaviour: { ...defaultBehaviour(), ...parts.behaviour },
    state: emptyState([tenant]),
    now: () => clock.ms,
    origin: () => ORIGIN,
    verify: async (authorization) =>
      KNOWN_TOKENS.get(authorization) ?? login?.verify(authorization) ?? { ok: false, reason: 'invalid' },
  };
  const routes = [
    ...relationshipRoutes(context),
    ...customerRoutes(context),
    ...uploadRoutes(context),
    ...batchRoutes(context),
    ...jobStatusRoutes(context),
    ...policyRoutes(context),
  ];
  const calls: Call[] = [];

  async function act(url: URL, method: string, headers: Readonly<Record<string, string>>, body: string) {
    const found = matchRoute(routes, method, url.pathname);
    if (!found) return { status: 404, headers: {}, body: '' };
    const { params } = found;
    const answer = await found.route.handle({ method, url, params, headers, body: Buffer.from(body) });
    const text = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body ?? '');
    return { status: answer.status, headers: answer.headers ?? {}, body: answer.body === undefined ? '' : text };
  }

  const fetch: Fetch = async (input, init = {}) => {
    const url = new URL(String(input));
    const { method = 'GET' } = init;
    const headers = received(init.headers);
    const body = typeof init.body === 'string' ? init.body : '';
    const note = (status: number) =>
      calls.push({
        atMs: clock.ms,
        method,
        path: url.pathname,
        requestId: headers['ms-requestid'] ?? '',
        token: (headers.authorization ?? '').replace(/^Bearer /, ''),
        body,
        status,
      });
    const fault = faults(method, url.pathname);
    clock.ms += ANSWER_MS;
    if (fault?.kind === 'never-left') throw broken('ECONNREFUSED', 'connect');
    if (fault?.kind === 'status') {
      note(fault.status);
      const { retryAfterS } = fault;
      return respond(fault.status, retryAfterS === undefined ? {} : { 'retry-after': String(retryAfterS) }, '');
    }
    if (fault?.kind === 'cut-before') {
      note(0);
      throw broken('ECONNRESET');
    }
    const answer = await act(url, method, headers, body);
    note(fault ? 0 : answer.status);
    if (fault?.kind === 'cut-after') throw broken('ECONNRESET');
    return fault ? respond(200, {}, '<html>') : respond(answer.status, answer.headers, answer.body);
  };

  return {
    fetch,
    calls,
    behaviour: context.behaviour,
    accept: (customer: Pick<KnownTenant, 'tenantId'> = tenant) =>
      startRelationship(context, customer.tenantId, 'direct'),
    /** The customer, or Microsoft, ends the relationship. */
    end: () => endRelationship(context, tenant.tenantId),
    /** Another tenant of Microsoft's that Partner Center has heard of. */
    know: (tenant: KnownTenant) => void context.state.tenants.push(tenant),
    /** Devices that somebody registered a day ago, in a batch of this name. */
    hold(batchId: string, pkids: readonly string[]): void {
      const uploadedAt = clock.ms - DAY_MS;
      const devices = pkids.map((productKey) => ({ id: randomUUID(), device: { productKey }, uploadedAt }));
      const batch = { customerId: tenant.tenantId, batchId, createdAt: uploadedAt, submitted: devices.length, devices };
      context.state.batches.push(batch);
      const job = startJob(context, { ...batch, kind: 'upload', devices: devices.map(({ device }) => device) });
      Object.assign(job, { acceptedAt: uploadedAt, startsAt: uploadedAt, endsAt: uploadedAt });
      job.verdicts = devices.map(({ id }) => ({ deviceId: id }));
    },
    /** What Partner Center has done, once everything it was given has come to its end. */
    state() {
      settle(context);
      return context.state;
    },
  };
}

const DAY_MS = 86_400_000;

/** Headers as a server sees them: the adapter names them in a plain object. */
function received(sent: RequestInit['headers']): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(sent ?? {}).map(([name, value]) => [name.toLowerCase(), String(value)]));
}

/** Tokens for those who have no login: they say which identity they stand for, and never end. */
export const TOKENS: Readonly<Record<'userToken' | 'appToken', TokenSupply>> = {
  userToken: { get: async () => 'user', drop() {} },
  appToken: { get: async () => 'app', drop() {} },
};

const APP = { aud: 'https://api.partnercenter.microsoft.com', tid: DEFAULT_WORLD.partner.tenantId, appid: 'app' };
const KNOWN_TOKENS: ReadonlyMap<string | undefined, Verification> = new Map([
  ['Bearer app', { ok: true, token: APP }],
  ['Bearer user', { ok: true, token: { ...APP, scp: 'user_impersonation', amr: ['pwd', 'mfa'] } }],
]);
