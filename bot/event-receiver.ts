import { type LookupAddress, lookup as systemLookup } from 'node:dns';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { promisify } from 'node:util';
import { ServiceError } from '../services/errors.ts';
import type { EventReceiver } from '../services/events/ports.ts';
import { checkedAddresses, pinnedLookup } from './endpoint/file-download.ts';

export type EventReceiverOptions = Readonly<{
  url: URL;
  /** With emulators only: a receiver on this machine. */
  allowLoopback: boolean;
  /** All addresses of a host name; the system's resolver unless told otherwise. */
  lookup?: (host: string) => Promise<readonly LookupAddress[]>;
  timeoutMs?: number;
}>;

/** From the first look at the name to the answer, in ms. @see Standard Webhooks, 15 to 30 seconds */
const TIMEOUT_MS = 15_000;

const lookupAll = promisify(systemLookup);

/**
 * POSTs events to the one configured address: no redirects, nothing read of the answer but its status, and no connection
 * into private networks, whatever the name leads to.
 */
export function createEventReceiver(options: EventReceiverOptions): EventReceiver {
  const { url, allowLoopback, timeoutMs = TIMEOUT_MS } = options;
  const lookup = options.lookup ?? ((host) => lookupAll(host, { all: true }));

  return async (headers, body) => {
    const signal = AbortSignal.timeout(timeoutMs);
    try {
      const addresses = await checkedAddresses({ url, loopback: allowLoopback }, lookup, signal);
      return { kind: 'answered', status: await post(url, addresses, { ...headers, ...headersOf(body) }, body, signal) };
    } catch (error) {
      return { kind: 'lost', reason: signal.aborted ? 'no answer in time' : reasonOf(error) };
    }
  };
}

function headersOf(body: string): Readonly<Record<string, string>> {
  return {
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(body)),
    'user-agent': 'Tarmac',
  };
}

function post(
  url: URL,
  addresses: readonly LookupAddress[],
  headers: Readonly<Record<string, string>>,
  body: string,
  signal: AbortSignal,
): Promise<number> {
  const request = url.protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    request(url, { method: 'POST', agent: false, lookup: pinnedLookup(addresses), signal, headers })
      .on('response', (response) => {
        response.destroy(); // the status is all we want to know
        resolve(response.statusCode ?? 0);
      })
      .on('error', reject)
      .end(body);
  });
}

/** Codes of Node and TLS name the trouble and nothing of ours. */
function reasonOf(error: unknown): string {
  if (error instanceof ServiceError) {
    return error.details.reason === 'address' ? 'the name leads into a private network' : 'the name has no address';
  }
  return error instanceof Error && 'code' in error ? String(error.code) : 'no connection';
}
