import type { IncomingMessage } from 'node:http';
import { type Refusal, refuse } from './refusal.ts';

type ReadBody = Readonly<{ kind: 'body'; bytes: Buffer }> | Refusal;

export type BodyReaderOptions = Readonly<{
  /** Largest body, in bytes on the wire. */
  maxBytes: number;
  /** From the first look at the body to its end, in milliseconds. */
  timeoutMs: number;
  /** Bytes of unfinished bodies held at once, over all requests. */
  maxHeldBytes?: number;
}>;

/** Reads whole bodies, and no more than it was told to. */
export interface BodyReader {
  read(request: IncomingMessage): Promise<ReadBody>;
}

const MAX_HELD_BYTES = 32 * 1_024 * 1_024;

/**
 * Makes a reader that counts what arrives on the wire and unpacks nothing: no compression, no forms, no files.
 * restify's own body parser inflates before it counts and writes uploads to disk, for anybody.
 */
export function createBodyReader(options: BodyReaderOptions): BodyReader {
  const { maxBytes, timeoutMs, maxHeldBytes = MAX_HELD_BYTES } = options;
  let held = 0;

  function collect(request: IncomingMessage): Promise<ReadBody> {
    return new Promise((resolve) => {
      const chunks: Buffer[] = [];
      let size = 0;
      const timer = setTimeout(() => finish(refuse(408, 'too-slow')), timeoutMs);

      function finish(outcome: ReadBody): void {
        clearTimeout(timer);
        request.off('data', onData).off('end', onEnd).off('error', onStop).off('close', onStop);
        held -= size;
        resolve(outcome);
      }
      function onData(chunk: Buffer): void {
        size += chunk.length;
        held += chunk.length;
        if (size > maxBytes) finish(refuse(413, 'too-large'));
        else if (held > maxHeldBytes) finish(refuse(429, 'too-many'));
        else chunks.push(chunk);
      }
      const onEnd = (): void => finish({ kind: 'body', bytes: Buffer.concat(chunks, size) });
      const onStop = (): void => finish(refuse(400, 'interrupted'));

      request.on('data', onData).on('end', onEnd).on('error', onStop).on('close', onStop);
    });
  }

  return {
    async read(request) {
      if (request.headers['content-encoding'] !== undefined) return refuse(415, 'content-encoding');
      if (Number(request.headers['content-length'] ?? 0) > maxBytes) return refuse(413, 'too-large');
      return collect(request);
    },
  };
}

/** How much of a refused body is still taken in, so that its sender gets to read the answer. */
const DRAIN_BYTES = 1_024 * 1_024;
const DRAIN_MS = 1_000;

/** Lets the rest of a refused request pass unread, and hangs up on whoever sends much or slowly. */
export function drain(request: IncomingMessage): void {
  if (request.complete || request.destroyed) return;
  let left = DRAIN_BYTES;
  const timer = setTimeout(() => request.destroy(), DRAIN_MS);
  request.on('error', () => clearTimeout(timer));
  request.on('close', () => clearTimeout(timer));
  request.on('end', () => clearTimeout(timer));
  request.on('data', (chunk: Buffer) => {
    left -= chunk.length;
    if (left < 0) request.destroy();
  });
  request.resume();
}
