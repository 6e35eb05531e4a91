import { type DestinationStream, pino } from 'pino';
import type { Log } from '../services/log.ts';
import type { LogLevel } from './config.ts';

/** Names under which something secret could come by, whoever logs it. */
const SECRET_NAMES = [
  'authorization',
  'password',
  'secret',
  'token',
  'refreshToken',
  'accessToken',
  'assertion',
  'hash',
];

/**
 * JSON lines on standard output. An error is logged with its name, code, message, stack and cause; never with members a
 * library hung on it, such as the request that failed with its headers. Texts lose what looks like a token or like the
 * secret part of a link, because messages of libraries quote what they were given.
 */
export function createLog(
  level: LogLevel,
  bindings: Readonly<Record<string, unknown>> = {},
  destination?: DestinationStream,
): Log {
  const options = {
    level,
    base: bindings,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }), log: withoutSecrets },
    serializers: { error: describeError },
    redact: { paths: SECRET_NAMES.flatMap((name) => [name, `*.${name}`]), censor: '[removed]' },
  };
  const lines = destination ? pino(options, destination) : pino(options);
  return {
    debug: (message, fields = {}) => lines.debug(fields, redacted(message)),
    info: (message, fields = {}) => lines.info(fields, redacted(message)),
    warn: (message, fields = {}) => lines.warn(fields, redacted(message)),
    error: (message, fields = {}) => lines.error(fields, redacted(message)),
  };
}

/** Tokens (JWTs and whatever follows "Bearer"), passwords in addresses, and the query of a link: downloads are signed there. */
const SECRETS: readonly (readonly [RegExp, string])[] = [
  [/\beyJ[\w-]+\.[\w-]+(?:\.[\w-]*)*/g, '[removed]'],
  [/\b(Bearer|Basic)\s+[^\s"']+/gi, '$1 [removed]'],
  [/(:\/\/)[^\s/@"']+@/g, '$1[removed]@'],
  [/(\bhttps?:\/\/[^\s?#"']+)\?[^\s"']*/g, '$1?[removed]'],
  [/\b(refresh_token|client_secret|client_assertion|assertion|password)=[^\s&"']+/gi, '$1=[removed]'],
];

function redacted(text: string): string {
  return SECRETS.reduce((shown, [pattern, instead]) => shown.replace(pattern, instead), text);
}

function withoutSecrets(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, typeof value === 'string' ? redacted(value) : value]),
  );
}

function describeError(error: unknown, depth = 0): unknown {
  if (!(error instanceof Error)) return redacted(String(error).slice(0, 500));
  const { name, message, stack, cause } = error;
  return {
    name,
    message: redacted(message.slice(0, 1_000)),
    ...('code' in error && { code: redacted(String(error.code)) }),
    stack: stack && redacted(stack.split('\n').slice(1, 12).join('\n')),
    ...(cause !== undefined && depth < 3 && { cause: describeError(cause, depth + 1) }),
  };
}
