export type Fetch = typeof globalThis.fetch;

export type ExchangeRequest = Readonly<{
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  url: string;
  headers?: Readonly<Record<string, string>>;
  body?: string;
  /** For the whole exchange, from connecting to the last byte of the answer. */
  timeoutMs: number;
  /** Longest answer that is read, in bytes after decompression. */
  maxBytes: number;
}>;

/** How one HTTP exchange ended. `broken` means that nobody can say whether the other side acted on it. */
export type Exchange =
  | Readonly<{ kind: 'answered' } & Answer>
  | Readonly<{ kind: 'not-sent'; reason: string }>
  | Readonly<{ kind: 'broken'; reason: string }>;

export type Answer = Readonly<{ status: number; statusText: string; headers: Headers; bytes: Uint8Array }>;

/**
 * One request and its whole answer, as a value: nothing is thrown, no redirect is followed, nothing is tried again.
 * `reason` is a short code such as `ECONNRESET`, `timeout` or `too-large`; it never holds a URL or a header.
 */
export async function exchange(request: ExchangeRequest, fetch: Fetch = globalThis.fetch): Promise<Exchange> {
  const { method, url, headers = {}, body, timeoutMs, maxBytes } = request;
  const { signal, release } = deadline(timeoutMs);
  try {
    const response = await fetch(url, { method, headers, body, signal, redirect: 'manual' });
    const bytes = await readCapped(response, maxBytes);
    if (!bytes) return { kind: 'broken', reason: 'too-large' };
    const { status, statusText } = response;
    return { kind: 'answered', status, statusText, headers: response.headers, bytes };
  } catch (error) {
    if (signal.aborted) return { kind: 'broken', reason: 'timeout' };
    const cause = deepestCause(error);
    return { kind: neverLeft(cause) ? 'not-sent' : 'broken', reason: cause.code ?? cause.name ?? 'unknown' };
  } finally {
    release();
  }
}

/** A signal that aborts in time; unlike that of `AbortSignal.timeout`, its timer goes as soon as it is not needed. */
function deadline(timeoutMs: number): Readonly<{ signal: AbortSignal; release(): void }> {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), timeoutMs);
  timer.unref();
  return { signal: controller.signal, release: () => clearTimeout(timer) };
}

/** The answer as text, without a byte-order mark. */
function textOf(answer: Pick<Answer, 'bytes'>): string {
  return UTF8.decode(answer.bytes);
}

/** Made once: making one costs more than reading a short answer with it. */
const UTF8 = new TextDecoder();

/** The answer as JSON, `undefined` when it is none: an error page, a truncated body, nothing at all. */
export function jsonOf(answer: Pick<Answer, 'bytes'>): unknown {
  try {
    return JSON.parse(textOf(answer));
  } catch {
    return undefined;
  }
}

async function readCapped(response: Response, maxBytes: number): Promise<Uint8Array | undefined> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    if (size > maxBytes) return undefined; // leaving the loop cancels the rest
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

type Cause = { code?: string; name?: string; syscall?: string; errors?: readonly unknown[] };

/** fetch says only "fetch failed"; what happened is in the innermost cause. */
function deepestCause(error: unknown): Cause {
  let found = error;
  while (found instanceof Error && found.cause instanceof Error) found = found.cause;
  if (!(found instanceof Error)) return {};
  const { code, syscall, errors } = found as Error & { code?: unknown; syscall?: unknown; errors?: unknown };
  return {
    name: found.name,
    code: typeof code === 'string' ? code : undefined,
    syscall: typeof syscall === 'string' ? syscall : undefined,
    errors: Array.isArray(errors) ? errors : undefined,
  };
}

/** True when the failure came before the first byte of the request: name lookup, connecting, the TLS handshake. */
function neverLeft({ code = '', syscall, errors }: Cause): boolean {
  if (errors && errors.length > 0) return errors.every((each) => neverLeft(deepestCause(each)));
  return syscall === 'connect' || syscall === 'getaddrinfo' || code === 'UND_ERR_CONNECT_TIMEOUT' || TLS.test(code);
}

const TLS = /CERT|^ERR_TLS_|^UNABLE_TO_/;
