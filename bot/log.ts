import { pino } from 'pino';
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
 * library hung on it, such as the request that failed with its headers.
 */
export function createLog(level: LogLevel, bindings: Readonly<Record<string, unknown>> = {}): Log {
  const lines = pino({
    level,
    base: bindings,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    serializers: { error: describeError },
    redact: { paths: SECRET_NAMES.flatMap((name) => [name, `*.${name}`]), censor: '[removed]' },
  });
  return {
    debug: (message, fields = {}) => lines.debug(fields, message),
    info: (message, fields = {}) => lines.info(fields, message),
    warn: (message, fields = {}) => lines.warn(fields, message),
    error: (message, fields = {}) => lines.error(fields, message),
  };
}

function describeError(error: unknown, depth = 0): unknown {
  if (!(error instanceof Error)) return String(error).slice(0, 500);
  const { name, message, stack, cause } = error;
  return {
    name,
    message: message.slice(0, 1_000),
    ...('code' in error && { code: String(error.code) }),
    stack: stack?.split('\n').slice(1, 12).join('\n'),
    ...(cause !== undefined && depth < 3 && { cause: describeError(cause, depth + 1) }),
  };
}
