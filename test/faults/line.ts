/** What happens to one request on its way, besides a plain answer. */
export type LineFault =
  | Readonly<{ kind: 'status'; status: number; retryAfterS?: number }>
  | Readonly<{ kind: 'cut-before' | 'cut-after' | 'garbage-after' | 'never-left' }>;

/** How long each answer takes, in virtual milliseconds. */
export const ANSWER_MS = 120;

/** What `fetch` throws when a connection fails. */
export function broken(code: string, syscall?: string): Error {
  return new TypeError('fetch failed', {
    cause: Object.assign(new Error(code), { code, ...(syscall && { syscall }) }),
  });
}

/** As much of a Response as our adapters read; a real one would cost more than the whole trial. */
export function respond(status: number, sent: Readonly<Record<string, string>>, body: string): Response {
  const headers = { get: (name: string) => sent[name.toLowerCase()] ?? null };
  const response = { status, statusText: '', headers, body: body ? [Buffer.from(body)] : [] };
  return response as unknown as Response;
}
