import { type LookupAddress, lookup as systemLookup } from 'node:dns';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { LookupFunction } from 'node:net';
import { promisify } from 'node:util';
import { ServiceError } from '../../services/errors.ts';
import type { Admitted, AllowedHosts } from './hosts.ts';
import { isPrivateAddress } from './private-address.ts';

export type FileKind = 'list' | 'image';

/** Fetches what a person attached, by the pre-authenticated link Teams gave us. */
export type FileDownload = (url: string, kind: FileKind) => Promise<Buffer>;

export type FileDownloadOptions = Readonly<{
  hosts: AllowedHosts;
  /** All addresses of a host name; the system's resolver unless told otherwise. */
  lookup?: (host: string) => Promise<readonly LookupAddress[]>;
  timeoutMs?: number;
  maxBytes?: Readonly<Record<FileKind, number>>;
  /**
   * The bot's token, for pictures pasted into a chat: those lie on the connector and are given to the bot only. Never
   * together with file hosts.
   */
  token?: () => Promise<string>;
}>;

/** Largest file of each kind, in bytes. Photos from phones outgrow lists. */
const MAX_FILE_BYTES: Readonly<Record<FileKind, number>> = { list: 20_000_000, image: 25_000_000 };
/** From the first look at the link to the last byte, in milliseconds. */
const DOWNLOAD_TIMEOUT_MS = 10_000;

const lookupAll = promisify(systemLookup);

/**
 * Downloads an attachment. No Authorization header goes along to file hosts: the link itself is the permission, and a bot
 * token sent there would be a token given away. Redirects are refused, and so are names that lead into private networks;
 * the connection is made to the very addresses that were checked.
 *
 * The returned function throws ServiceError
 * - `file-refused` (`details.reason`: `host`, `address`, `redirect`): we do not go there;
 * - `file-too-large` (`details.limitMb`);
 * - `file-unreadable` (`details.reason`: `sharing-page`, `expired`, `timeout`, `unavailable`). A sharing page is what
 *   links from some phones lead to: a web page instead of the file.
 *
 * @see Teams platform: Send and receive files with a bot
 */
export function createFileDownload(options: FileDownloadOptions): FileDownload {
  const { hosts, timeoutMs = DOWNLOAD_TIMEOUT_MS, maxBytes = MAX_FILE_BYTES } = options;
  const lookup = options.lookup ?? ((host) => lookupAll(host, { all: true }));

  return async (text, kind) => {
    const admitted = hosts.admit(text);
    if (!admitted) throw refused('host');
    const signal = AbortSignal.timeout(timeoutMs);
    try {
      const addresses = await checkedAddresses(admitted, lookup, signal);
      const authorization = options.token && { authorization: `Bearer ${await options.token()}` };
      const response = await get(admitted.url, addresses, signal, authorization);
      return await readFile(response, maxBytes[kind]);
    } catch (error) {
      if (error instanceof ServiceError) throw error;
      throw unreadable(signal.aborted ? 'timeout' : 'unavailable', error);
    }
  };
}

/** Answers every question with the addresses that were checked, so that a second DNS answer cannot lead elsewhere. */
export function pinnedLookup(addresses: readonly LookupAddress[]): LookupFunction {
  return (_host, { all }, callback) => {
    const [first] = addresses;
    if (!first) return callback(new Error('no address'), '');
    if (all) return callback(null, [...addresses]);
    return callback(null, first.address, first.family);
  };
}

/** The addresses of a host, none of them private. @throws ServiceError `file-refused` or `file-unreadable`. */
export async function checkedAddresses(
  { url, loopback }: Admitted,
  lookup: NonNullable<FileDownloadOptions['lookup']>,
  signal: AbortSignal,
): Promise<readonly LookupAddress[]> {
  const aborted = new Promise<never>((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
  const addresses = await Promise.race([lookup(url.hostname.replace(/^\[|\]$/g, '')), aborted]);
  if (addresses.length === 0) throw unreadable('unavailable');
  if (!loopback && addresses.some(({ address }) => isPrivateAddress(address))) throw refused('address');
  return addresses;
}

function get(
  url: URL,
  addresses: readonly LookupAddress[],
  signal: AbortSignal,
  authorization?: Readonly<{ authorization: string }>,
): Promise<IncomingMessage> {
  const request = url.protocol === 'https:' ? httpsRequest : httpRequest;
  const headers = { accept: '*/*', 'accept-encoding': 'identity', ...authorization };
  return new Promise((resolve, reject) => {
    request(url, { agent: false, lookup: pinnedLookup(addresses), signal, headers })
      .on('response', resolve)
      .on('error', reject)
      .end();
  });
}

async function readFile(response: IncomingMessage, maxBytes: number): Promise<Buffer> {
  try {
    checkAnswer(response, maxBytes);
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of response) {
      size += chunk.length;
      if (size > maxBytes) throw tooLarge(maxBytes);
      chunks.push(chunk);
    }
    return Buffer.concat(chunks, size);
  } finally {
    response.destroy();
  }
}

function checkAnswer({ statusCode = 0, headers }: IncomingMessage, maxBytes: number): void {
  if (statusCode >= 300 && statusCode < 400) throw refused('redirect');
  if ([401, 403, 404, 410].includes(statusCode)) throw unreadable('expired');
  if (statusCode !== 200) throw unreadable('unavailable');
  if ((headers['content-encoding'] ?? 'identity') !== 'identity') throw unreadable('unavailable');
  if (isWebPage(headers)) throw unreadable('sharing-page');
  if (Number(headers['content-length'] ?? 0) > maxBytes) throw tooLarge(maxBytes);
}

/** A page to look at; an HTML file that somebody attached comes as an attachment. */
function isWebPage(headers: IncomingMessage['headers']): boolean {
  const attached = /^attachment\b/i.test(headers['content-disposition'] ?? '');
  return /^text\/html\b/i.test(headers['content-type'] ?? '') && !attached;
}

function refused(reason: 'host' | 'address' | 'redirect'): ServiceError {
  return new ServiceError('file-refused', `file link refused: ${reason}`, { reason });
}

function unreadable(reason: 'sharing-page' | 'expired' | 'timeout' | 'unavailable', cause?: unknown): ServiceError {
  return new ServiceError('file-unreadable', `file not readable: ${reason}`, { reason }, { cause });
}

function tooLarge(maxBytes: number): ServiceError {
  return new ServiceError('file-too-large', 'file larger than allowed', { limitMb: Math.floor(maxBytes / 1_000_000) });
}
