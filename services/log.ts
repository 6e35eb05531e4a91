/** Where the services say what happened. Fields are plain values; secrets and payloads stay out. */
export interface Log {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields & { error?: unknown }): void;
}

export type LogFields = Readonly<Record<string, unknown>>;
