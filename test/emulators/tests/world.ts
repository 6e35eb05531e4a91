import { type EmulatorOptions, type Emulators, startEmulators } from '../index.ts';
import { CONTOSO_TENANT_ID } from '../world.ts';

export type Reply = Readonly<{
  status: number;
  headers: Headers;
  text: string;
  json: () => ReturnType<typeof JSON.parse>;
}>;

export type Asked = Readonly<{
  method?: string;
  body?: unknown;
  headers?: Readonly<Record<string, string>>;
  token?: string;
}>;

/** Emulators under a clock that stands still, and a client that signs in as the service account unless told otherwise. */
export async function startTestWorld(options: EmulatorOptions = {}) {
  const emulators = await startEmulators(options);
  emulators.partnerCenter.behaviour.timing = { queuedMs: 60_000, processingMs: 540_000 };
  const userToken = await partnerToken(emulators, {});
  return {
    ...emulators,
    userToken,
    appToken: await partnerToken(emulators, { scp: undefined, amr: undefined }),
    ask: (path: string, asked: Asked = {}) => ask(emulators.urls.partnerCenter + path, { token: userToken, ...asked }),
    /** Long enough for every job. */
    finishJobs: () => emulators.partnerCenter.advance(3_600_000),
  };
}

/** Path of Contoso's device batches and the rest. */
export const CONTOSO_PATH = `/v1/customers/${CONTOSO_TENANT_ID}`;

/** A Partner Center token with some claims changed. */
export async function partnerToken(
  { login, world }: Emulators,
  claims: Readonly<{ aud?: string; tid?: string; scp?: string | undefined; amr?: string[] | undefined }>,
): Promise<string> {
  const { partnerCenterApp, partner } = world;
  const standard = {
    aud: 'https://api.partnercenter.microsoft.com',
    tid: partner.tenantId,
    appid: partnerCenterApp.appId,
    oid: partnerCenterApp.user.id,
    upn: partnerCenterApp.user.upn,
    scp: 'user_impersonation',
    amr: ['pwd', 'mfa'],
  };
  return login.accessToken({ ...standard, ...claims });
}

export async function ask(url: string, { method, body, headers, token }: Asked): Promise<Reply> {
  const authorization = token === undefined ? undefined : { authorization: `Bearer ${token}` };
  const answer = await fetch(url, {
    method: method ?? (body === undefined ? 'GET' : 'POST'),
    headers: { 'content-type': 'application/json', ...authorization, ...headers },
    body: body === undefined ? undefined : JSON.stringify(body),
    redirect: 'manual',
  });
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, text, json: () => JSON.parse(text) };
}
