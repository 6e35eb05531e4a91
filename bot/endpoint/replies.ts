import { randomBytes } from 'node:crypto';
import type { ServerResponse } from 'node:http';

/** The few words we say to strangers, by status. */
const WORDS = {
  400: 'bad-request',
  401: 'unauthorized',
  404: 'not-found',
  405: 'method-not-allowed',
  408: 'timeout',
  413: 'too-large',
  415: 'unsupported',
  429: 'too-many-requests',
  500: 'failed',
  503: 'unavailable',
} as const;

/** Nothing we send is a page, to be guessed at, kept or framed. */
const SECURITY_HEADERS = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=31536000',
  'x-content-type-options': 'nosniff',
} as const;

/** Sets what every answer carries. */
export function setSecurityHeaders(response: ServerResponse): void {
  for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.setHeader(name, value);
}

/** Ends a response with JSON; does nothing when it has ended or its connection has gone. */
export function sendJson(response: ServerResponse, status: number, body?: unknown): void {
  if (response.headersSent || response.destroyed) return;
  const text = body === undefined ? '' : JSON.stringify(body);
  response.statusCode = status;
  if (text !== '') response.setHeader('content-type', 'application/json; charset=utf-8');
  response.setHeader('content-length', Buffer.byteLength(text));
  response.end(text);
}

/**
 * Ends a response with the one error body there is: a word and a reference, which the log has as well.
 *
 * @returns the reference.
 */
export function sendError(response: ServerResponse, status: number, reference = newReference()): string {
  sendJson(response, status, { error: wordFor(status), reference });
  return reference;
}

/** A short id for people to quote and for us to find in the log. */
export function newReference(): string {
  return randomBytes(6).toString('hex');
}

function wordFor(status: number): string {
  return Object.hasOwn(WORDS, status) ? WORDS[status as keyof typeof WORDS] : status < 500 ? WORDS[400] : WORDS[500];
}
