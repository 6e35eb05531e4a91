import { type LookupAddress, lookup as systemLookup } from 'node:dns';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { promisify } from 'node:util';
import { ServiceError } from '../../services/errors.ts';
import { checkedAddresses, pinnedLookup } from './file-download.ts';
import type { AllowedHosts } from './hosts.ts';

/** Puts a file where Teams said that a person agreed to have it. */
export type FileUpload = (url: string, bytes: Uint8Array) => Promise<void>;

export type FileUploadOptions = Readonly<{
  hosts: AllowedHosts;
  lookup?: (host: string) => Promise<readonly LookupAddress[]>;
  timeoutMs?: number;
}>;

/** Within the time Teams waits for the answer to the consent. */
const UPLOAD_TIMEOUT_MS = 10_000;
/** Largest file that goes out in one request. @see OneDrive: upload sessions, 60 MiB per fragment */
const MAX_BYTES = 60 * 1024 * 1024;

const lookupAll = promisify(systemLookup);

/**
 * Uploads a whole file in one request of an upload session. The address is the permission: no Authorization header goes
 * along, only listed hosts are asked, redirects are refused, and the connection is made to the addresses that were checked.
 *
 * The returned function throws ServiceError `file-not-saved` (`details.reason`: `host`, `address`, `redirect`, `refused`,
 * `timeout`, `unavailable`).
 *
 * @see Teams platform: Send and receive files with a bot; OneDrive: createUploadSession
 */
export function createFileUpload(options: FileUploadOptions): FileUpload {
  const { hosts, timeoutMs = UPLOAD_TIMEOUT_MS } = options;
  const lookup = options.lookup ?? ((host: string) => lookupAll(host, { all: true }));

  return async (text, bytes) => {
    const admitted = hosts.admit(text);
    if (!admitted) throw notSaved('host');
    if (bytes.length === 0 || bytes.length > MAX_BYTES) throw new RangeError('1 byte to 60 MiB');
    const signal = AbortSignal.timeout(timeoutMs);
    try {
      const addresses = await checkedAddresses(admitted, lookup, signal);
      const response = await put(admitted.url, addresses, bytes, signal);
      response.destroy();
      const { statusCode = 0 } = response;
      if (statusCode >= 300 && statusCode < 400) throw notSaved('redirect');
      if (statusCode !== 200 && statusCode !== 201) throw notSaved('refused');
    } catch (error) {
      if (error instanceof ServiceError && error.code === 'file-not-saved') throw error;
      if (error instanceof ServiceError) throw notSaved('address', error);
      throw notSaved(signal.aborted ? 'timeout' : 'unavailable', error);
    }
  };
}

function put(
  url: URL,
  addresses: readonly LookupAddress[],
  bytes: Uint8Array,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const request = url.protocol === 'https:' ? httpsRequest : httpRequest;
  const headers = {
    'content-length': bytes.length,
    'content-range': `bytes 0-${bytes.length - 1}/${bytes.length}`,
    'content-type': 'application/octet-stream',
  };
  return new Promise((resolve, reject) => {
    request(url, { method: 'PUT', agent: false, lookup: pinnedLookup(addresses), signal, headers })
      .on('response', resolve)
      .on('error', reject)
      .end(bytes);
  });
}

function notSaved(
  reason: 'host' | 'address' | 'redirect' | 'refused' | 'timeout' | 'unavailable',
  cause?: unknown,
): ServiceError {
  return new ServiceError('file-not-saved', `file not saved: ${reason}`, { reason }, { cause });
}
