/** Deepest nesting of a body. Cards inside activities stay below 30. */
const MAX_DEPTH = 64;
/** Most members and elements in one body. The largest genuine activity seen has a few hundred. */
const MAX_ITEMS = 8_000;

export type ParsedBody = Readonly<{ kind: 'json'; value: unknown }> | Readonly<{ kind: 'bad-json' | 'too-complex' }>;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPENERS = new Set([0x5b, 0x7b]);
const CLOSERS = new Set([0x5d, 0x7d]);
const COLON = 0x3a;
const COMMA = 0x2c;

/** Parses JSON that strangers send: strict UTF-8, bounded in depth and number of members before anything is built. */
export function parseJsonBody(bytes: Uint8Array): ParsedBody {
  if (isTooComplex(bytes)) return { kind: 'too-complex' };
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    return hasPrototypeKey(value) ? { kind: 'bad-json' } : { kind: 'json', value };
  } catch {
    return { kind: 'bad-json' };
  }
}

/** One pass over the bytes; wrong for text that is no JSON, which the parser then refuses anyway. */
function isTooComplex(bytes: Uint8Array): boolean {
  let depth = 0;
  let items = 0;
  let inString = false;
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i] ?? 0;
    if (inString) {
      if (byte === BACKSLASH) i++;
      else if (byte === QUOTE) inString = false;
    } else if (byte === QUOTE) inString = true;
    else if (OPENERS.has(byte)) depth++;
    else if (CLOSERS.has(byte)) depth--;
    else if (byte === COLON || byte === COMMA) items++;
    if (depth > MAX_DEPTH || items > MAX_ITEMS) return true;
  }
  return false;
}

/** Such keys become an object's prototype as soon as somebody copies the object member by member. */
function hasPrototypeKey(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (Object.hasOwn(value, '__proto__')) return true;
  return Object.values(value).some(hasPrototypeKey);
}
