import type { IncomingHttpHeaders } from 'node:http';
import { isPrivateAddress } from './private-address.ts';

export type Sender = Readonly<{ headers: IncomingHttpHeaders; remoteAddress: string | undefined }>;

/**
 * The address to hold a request against.
 *
 * A proxy in front of the bot connects from a private address and appends the address it saw; only then is the last hop
 * of `X-Forwarded-For` believed. Anybody on the internet can write that header, but not from a private address.
 */
export function sourceAddress({ headers, remoteAddress = 'unknown' }: Sender): string {
  const lastHop = String(headers['x-forwarded-for'] ?? '')
    .split(',')
    .at(-1)
    ?.trim();
  const proxied = lastHop !== undefined && lastHop !== '' && lastHop.length <= 64;
  return proxied && isPrivateAddress(remoteAddress) ? lastHop : remoteAddress;
}

/** True when the request was made on this machine and no proxy passed it on: who may read the metrics. */
export function isLocal({ headers, remoteAddress }: Sender): boolean {
  const forwarded = headers['x-forwarded-for'] ?? headers.forwarded ?? headers['x-real-ip'];
  return forwarded === undefined && /^(?:::1|(?:::ffff:)?127\.\d+\.\d+\.\d+)$/.test(remoteAddress ?? '');
}
