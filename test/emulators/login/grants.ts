import { createHash, randomUUID } from 'node:crypto';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { z } from 'zod';
import type { Answer, Received } from '../http.ts';
import type { EmulatedApp, EmulatedPerson, World } from '../world.ts';
import { ACCESS_TOKEN_SECONDS, type VerifiedToken } from './tokens.ts';

/** Tenant in which multi-tenant bots get their tokens. [bot connector authentication article] */
const BOT_FRAMEWORK_TENANT_ID = 'd6d49420-f39b-4df7-a1dc-d59a935871db';

export const RefreshTokenSchema = z.object({ token: z.string(), appId: z.string(), withMfa: z.boolean() });
type RefreshToken = z.output<typeof RefreshTokenSchema>;

/** Switches a test may turn while the emulator runs. */
export type LoginSettings = {
  /** `expired`: AADSTS700082. `mfa-required`: AADSTS50076. */
  refresh: 'works' | 'expired' | 'mfa-required';
  /** Tokens from now on come from a sign-in without a second factor. */
  withoutMfa: boolean;
};

/** A code that the sign-in page gave to a browser. Good once. */
export type GivenCode = Readonly<{
  code: string;
  appId: string;
  redirectUri: string;
  challenge: string;
  withMfa: boolean;
}>;

export type GrantParts = Readonly<{
  world: World;
  settings: LoginSettings;
  /** Every refresh token handed out; using one does not end it. [P29] reads "renewed on each use"; old stays valid. */
  refreshTokens: RefreshToken[];
  /** Codes that no app has traded in yet. */
  codes: GivenCode[];
  sign(claims: VerifiedToken): Promise<string>;
  now(): number;
}>;

/** `POST /{tenant}/oauth2/v2.0/token` and, for resources of version 1, `/{tenant}/oauth2/token`. [P26][P27] */
export async function answerTokenRequest(request: Received, parts: GrantParts): Promise<Answer> {
  const form = new URLSearchParams(request.body.toString('utf8'));
  const tenantId = resolveTenant(request.params.tenant ?? '', parts.world);
  if (!tenantId) return refuse(parts, 400, 'invalid_request', 90002, 'The tenant was not found.');
  const app = appOf(form, parts.world);
  if (!app) return refuse(parts, 400, 'unauthorized_client', 700016, 'The application was not found in the directory.');
  const doubt = doubtAboutClient(form, app, parts.now());
  if (doubt) return refuse(parts, 401, 'invalid_client', doubt, 'The client could not prove who it is.');
  const audience = audienceOf(form);
  if (!audience) return refuse(parts, 400, 'invalid_scope', 70011, 'The scope is not valid.');
  const grant = { form, tenantId, app, audience };
  if (form.get('grant_type') === 'client_credentials') return grantToApp(grant, parts);
  if (form.get('grant_type') === 'refresh_token') return grantToUser(grant, parts);
  if (form.get('grant_type') === 'authorization_code') return grantForCode(grant, parts);
  return refuse(parts, 400, 'unsupported_grant_type', 70003, 'The grant type is not supported.');
}

type Grant = Readonly<{ form: URLSearchParams; tenantId: string; app: EmulatedApp; audience: string }>;

async function grantToApp({ tenantId, app, audience, form }: Grant, parts: GrantParts): Promise<Answer> {
  const accessToken = await parts.sign({ aud: audience, tid: tenantId, appid: app.appId, oid: servicePrincipal(app) });
  return { status: 200, body: tokenBody({ accessToken, form, audience, now: parts.now() }) };
}

async function grantToUser({ form, tenantId, app, audience }: Grant, parts: GrantParts): Promise<Answer> {
  const { settings, refreshTokens } = parts;
  const presented = refreshTokens.find((one) => one.token === form.get('refresh_token') && one.appId === app.appId);
  if (!presented) return refuse(parts, 400, 'invalid_grant', 9002313, 'The refresh token is malformed or not valid.');
  if (settings.refresh === 'expired') {
    return refuse(parts, 400, 'invalid_grant', 700082, 'The refresh token has expired due to inactivity.');
  }
  if (settings.refresh === 'mfa-required') {
    return refuse(parts, 400, 'invalid_grant', 50076, 'You must use multi-factor authentication.', 'basic_action');
  }
  const withMfa = presented.withMfa && !settings.withoutMfa;
  return { ...(await signedIn({ form, tenantId, app, audience }, withMfa, parts)), effect: 'refresh token rotated' };
}

/** Trades in a code: once, by the app and for the address it was given to, with the verifier of its challenge. */
async function grantForCode(grant: Grant, parts: GrantParts): Promise<Answer> {
  const { form, app } = grant;
  const at = parts.codes.findIndex(({ code }) => code === form.get('code'));
  const [given] = at < 0 ? [] : parts.codes.splice(at, 1);
  if (!given || given.appId !== app.appId || given.redirectUri !== form.get('redirect_uri')) {
    return refuse(parts, 400, 'invalid_grant', 54005, 'The authorization code was redeemed already or is not valid.');
  }
  const verifier = createHash('sha256')
    .update(form.get('code_verifier') ?? '')
    .digest('base64url');
  if (verifier !== given.challenge)
    return refuse(parts, 400, 'invalid_grant', 501481, 'The code verifier does not fit.');
  return { ...(await signedIn(grant, given.withMfa, parts)), effect: 'signed in' };
}

async function signedIn(
  { form, tenantId, app, audience }: Grant,
  withMfa: boolean,
  parts: GrantParts,
): Promise<Answer> {
  const renewed = { token: `rt-${randomUUID()}`, appId: app.appId, withMfa };
  parts.refreshTokens.push(renewed);
  const user = parts.world.partnerCenterApp.user;
  const accessToken = await parts.sign(userClaims({ user, tenantId, app, audience, withMfa }));
  return {
    status: 200,
    body: tokenBody({ accessToken, form, audience, now: parts.now(), refreshToken: renewed.token }),
  };
}

/** The sign-in page, answered as if the service account had come through it: the browser is sent on with a code. */
export function answerAuthorize({ url }: Received, parts: Pick<GrantParts, 'world' | 'settings' | 'codes'>): Answer {
  const asked = (name: string) => url.searchParams.get(name) ?? '';
  const redirect = new URL(asked('redirect_uri'));
  const given = {
    ...{ code: randomUUID(), appId: asked('client_id'), redirectUri: asked('redirect_uri') },
    ...{ challenge: asked('code_challenge'), withMfa: !parts.settings.withoutMfa },
  };
  parts.codes.push(given);
  redirect.searchParams.set('code', given.code);
  redirect.searchParams.set('state', asked('state'));
  return { status: 302, headers: { location: redirect.href }, effect: 'code given' };
}

/** Claims of an App+User token. [M19] */
function userClaims(of: {
  user: EmulatedPerson;
  tenantId: string;
  app: EmulatedApp;
  audience: string;
  withMfa: boolean;
}): VerifiedToken {
  const { user, tenantId, app, audience, withMfa } = of;
  const amr = withMfa ? ['pwd', 'mfa'] : ['pwd'];
  return {
    aud: audience,
    tid: tenantId,
    appid: app.appId,
    oid: user.id,
    upn: user.upn,
    scp: 'user_impersonation',
    amr,
  };
}

/** Version 1 counts seconds in strings and names the resource; version 2 does neither. [P26][P27] */
function tokenBody(of: {
  accessToken: string;
  form: URLSearchParams;
  audience: string;
  now: number;
  refreshToken?: string;
}): object {
  const { accessToken, form, audience, now, refreshToken } = of;
  const common = {
    token_type: 'Bearer',
    access_token: accessToken,
    ...(refreshToken && { refresh_token: refreshToken }),
  };
  if (!form.has('resource')) {
    const lifetime = { expires_in: ACCESS_TOKEN_SECONDS, ext_expires_in: ACCESS_TOKEN_SECONDS };
    return { ...common, ...lifetime, ...(refreshToken && { scope: form.get('scope') }) };
  }
  const seconds = Math.floor(now / 1000);
  return {
    ...common,
    expires_in: String(ACCESS_TOKEN_SECONDS),
    ext_expires_in: String(ACCESS_TOKEN_SECONDS),
    not_before: String(seconds),
    expires_on: String(seconds + ACCESS_TOKEN_SECONDS),
    resource: audience,
  };
}

/** Body of a refused token request. Codes by name from "Microsoft Entra authentication and authorization error codes". */
function refuse(
  { now }: GrantParts,
  status: number,
  error: string,
  code: number,
  text: string,
  suberror?: string,
): Answer {
  const timestamp = new Date(now()).toISOString().replace('T', ' ').slice(0, 19);
  const ids = { timestamp: `${timestamp}Z`, trace_id: randomUUID(), correlation_id: randomUUID() };
  const description = `AADSTS${code}: ${text} Trace ID: ${ids.trace_id} Correlation ID: ${ids.correlation_id}`;
  const body = { error, error_description: description, error_codes: [code], ...ids, ...(suberror && { suberror }) };
  return { status, body, effect: `AADSTS${code}` };
}

/** Apps here are known to the partner's tenant only; asked elsewhere, Entra would not find them. (inferred) */
function resolveTenant(named: string, world: World): string | undefined {
  const name = named.toLowerCase();
  if (name === 'botframework.com' || name === BOT_FRAMEWORK_TENANT_ID) return BOT_FRAMEWORK_TENANT_ID;
  const { tenantId, domain, defaultDomain } = world.partner;
  return [tenantId, domain, defaultDomain].includes(name) ? tenantId : undefined;
}

function appOf(form: URLSearchParams, world: World): EmulatedApp | undefined {
  const appId = form.get('client_id')?.toLowerCase();
  return [world.botApp, world.partnerCenterApp].find((app) => app.appId === appId);
}

/** `undefined` when secret or assertion will do, else the AADSTS number. */
function doubtAboutClient(form: URLSearchParams, app: EmulatedApp, now: number): number | undefined {
  const assertion = form.get('client_assertion');
  if (assertion !== null) return isAssertionOf(app, assertion, now) ? undefined : 700027;
  const secret = form.get('client_secret');
  if (secret === null) return 7000218;
  return secret === app.secret ? undefined : 7000215;
}

const AssertionSchema = z.object({ iss: z.string(), sub: z.string(), aud: z.string().min(1), exp: z.number() });

/** Judges the shape only: no certificate is registered here. [certificate credentials article] */
function isAssertionOf(app: EmulatedApp, assertion: string, now: number): boolean {
  try {
    const header = decodeProtectedHeader(assertion);
    const claims = AssertionSchema.parse(decodeJwt(assertion));
    const namesCertificate = 'x5t' in header || 'x5t#S256' in header;
    const signed = ['RS256', 'PS256'].includes(header.alg ?? '') && (assertion.split('.')[2] ?? '') !== '';
    return (
      namesCertificate && signed && claims.iss === app.appId && claims.sub === app.appId && claims.exp * 1000 > now
    );
  } catch {
    return false;
  }
}

/** Version 1 names a `resource`, version 2 scopes that begin with it. One token has one audience. [P28] */
function audienceOf(form: URLSearchParams): string | undefined {
  const resource = form.get('resource');
  if (resource !== null) return resource.replace(/\/$/, '');
  const scopes = (form.get('scope') ?? '').split(' ');
  return scopes.map((scope) => /^(https:\/\/[^/]+)\/.+$/.exec(scope)?.[1]).find((audience) => audience !== undefined);
}

/** Object id of the app's service principal, stable per app. (inferred shape) */
function servicePrincipal({ appId }: EmulatedApp): string {
  return appId.replace(/^./, 'd');
}
