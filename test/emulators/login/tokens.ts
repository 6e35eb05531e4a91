import { randomUUID } from 'node:crypto';
import { type CryptoKey, createLocalJWKSet, errors, type JWTPayload, jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';
import { type KeyPair, type KeyRing, privateKeyOf, publishedKeys } from './keys.ts';

/** Access tokens live one hour. [P26][P27] */
export const ACCESS_TOKEN_SECONDS = 3600;

/** Issuer and bot audience of the Bot Framework's public cloud. [bot connector authentication article] */
export const BOT_FRAMEWORK = 'https://api.botframework.com';

/** What the emulators read from an access token. App-only tokens have neither `scp` nor `amr`. [M19][G14] */
const VerifiedTokenSchema = z.object({
  aud: z.string(),
  tid: z.string(),
  appid: z.string(),
  oid: z.string().optional(),
  upn: z.string().optional(),
  scp: z.string().optional(),
  amr: z.array(z.string()).optional(),
  name: z.string().optional(),
  /** Identity provider: of a guest, another organisation's. */
  idp: z.string().optional(),
  /** App roles. */
  roles: z.array(z.string()).optional(),
  /** Another issuer than that of version 1. */
  iss: z.string().optional(),
});
export type VerifiedToken = z.output<typeof VerifiedTokenSchema>;

export type Verification =
  | Readonly<{ ok: true; token: VerifiedToken }>
  | Readonly<{ ok: false; reason: 'missing' | 'expired' | 'invalid' }>;

/** Signs an Entra access token; times are the emulator's. */
export async function signAccessToken(ring: KeyRing, claims: VerifiedToken, nowMs: number): Promise<string> {
  const iat = Math.floor(nowMs / 1000);
  const times = { iat, nbf: iat, exp: iat + ACCESS_TOKEN_SECONDS };
  const names = { iss: `https://sts.windows.net/${claims.tid}/`, ver: '1.0', uti: randomUUID() };
  return sign(newest(ring.entra), { ...names, ...claims, ...times });
}

/** Reads `Authorization: Bearer …` as one of Microsoft's services would. */
export async function verifyAccessToken(
  ring: KeyRing,
  authorization: string | undefined,
  nowMs: number,
): Promise<Verification> {
  const jwt = /^Bearer (\S+)$/i.exec(authorization ?? '')?.[1];
  if (jwt === undefined) return { ok: false, reason: 'missing' };
  try {
    const keys = createLocalJWKSet(publishedKeys(ring.entra));
    const { payload } = await jwtVerify(jwt, keys, { algorithms: ['RS256'], currentDate: new Date(nowMs) });
    return { ok: true, token: VerifiedTokenSchema.parse(payload) };
  } catch (error) {
    return { ok: false, reason: error instanceof errors.JWTExpired ? 'expired' : 'invalid' };
  }
}

/** Overrides of a channel token. A claim or header set to `undefined` is left out; `alg: 'none'` leaves it unsigned. */
export type ChannelTokenOptions = Readonly<{
  serviceUrl: string;
  appId: string;
  claims?: Readonly<Record<string, unknown>>;
  header?: Readonly<{ alg?: string; kid?: string | undefined } & Record<string, unknown>>;
  /** Signs instead of the published key: for tokens that must be refused. */
  key?: CryptoKey | Uint8Array;
}>;

/** A token as Teams' channel service sends it to a bot: `aud` is the bot, `serviceurl` the connector. */
export async function signChannelToken(ring: KeyRing, options: ChannelTokenOptions, nowMs: number): Promise<string> {
  const { serviceUrl, appId, claims, header, key } = options;
  const iat = Math.floor(nowMs / 1000);
  const standard = {
    iss: BOT_FRAMEWORK,
    aud: appId,
    serviceurl: serviceUrl,
    nbf: iat,
    exp: iat + ACCESS_TOKEN_SECONDS,
  };
  const payload = withoutUndefined({ ...standard, ...claims });
  const pair = newest(ring.channel);
  const fullHeader = { alg: 'RS256', typ: 'JWT', kid: pair.kid, x5t: pair.kid, ...header };
  if (fullHeader.alg === 'none') return unsigned(fullHeader, payload);
  const signer = new SignJWT(payload).setProtectedHeader({ ...withoutUndefined(fullHeader), alg: fullHeader.alg });
  return signer.sign(key ?? (await privateKeyOf(pair)));
}

async function sign(pair: KeyPair, payload: JWTPayload): Promise<string> {
  const header = { alg: 'RS256', typ: 'JWT', kid: pair.kid, x5t: pair.kid };
  return new SignJWT(payload).setProtectedHeader(header).sign(await privateKeyOf(pair));
}

function unsigned(header: object, payload: object): string {
  const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
  return `${encode(header)}.${encode(payload)}.`;
}

function newest(pairs: readonly KeyPair[]): KeyPair {
  const [first] = pairs;
  if (!first) throw new Error('the key ring is empty');
  return first;
}

function withoutUndefined(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
