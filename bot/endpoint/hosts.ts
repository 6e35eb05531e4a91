/** One URL an allow-list let through. `loopback` is true only for a host listed as such, for emulators on this machine. */
export type Admitted = Readonly<{ url: URL; loopback: boolean }>;

/** Hosts we may talk to. */
export interface AllowedHosts {
  /** Reads a URL somebody else wrote; `undefined` when we must not connect to it. */
  admit(text: string): Admitted | undefined;
}

type HostRule = Readonly<{ name: string; subdomains: boolean; port: string | undefined; loopback: boolean }>;

/** Longest URL we look at, in characters. Pre-authenticated SharePoint links run to some 2,500. */
const MAX_URL_CHARS = 8_192;
const AUTHORITY = /^https?:\/\/([^/?#]+)(?:[/?#]|$)/i;
const FORBIDDEN_CHARACTERS = /[\x00-\x20\x7f\\]/;
const ENTRY = /^(\*\.)?(\[::1\]|[a-z0-9.-]+)(?::(\d{1,5}))?$/;
const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
const LOOPBACK = /^(?:localhost|127\.\d{1,3}\.\d{1,3}\.\d{1,3}|\[::1\])$/;

/**
 * Builds the one matcher for service URLs and file downloads.
 *
 * An entry is `host`, `host:port` or `*.suffix`; a suffix begins at a label and needs something in front of it. Without
 * a port only https on 443 matches, except for a loopback host, where any port does (emulators choose theirs). Plain
 * http is for loopback hosts. Loopback entries count only with `allowLoopback`; other IP addresses never.
 *
 * @throws Error naming the entries that are no hosts, because a list that silently shrinks or grows is worse than no start.
 */
export function createAllowedHosts(entries: readonly string[], allowLoopback: boolean): AllowedHosts {
  const wrong = entries.filter((entry) => !isHostEntry(entry, allowLoopback));
  if (wrong.length > 0) throw new Error(`not a host: ${wrong.join(', ')}`);
  const rules = entries.flatMap((entry) => parseEntry(entry) ?? []);
  return { admit: (text) => admit(text, rules) };
}

/** True when the entry can be listed: a host name, with subdomains or a port, or a loopback host where those are allowed. */
export function isHostEntry(entry: string, allowLoopback: boolean): boolean {
  const rule = parseEntry(entry);
  return rule !== undefined && (!rule.loopback || allowLoopback);
}

function parseEntry(entry: string): HostRule | undefined {
  const [, star, name, port] = ENTRY.exec(entry.trim().toLowerCase()) ?? [];
  if (name === undefined || Number(port ?? 1) > 65_535 || Number(port ?? 1) < 1) return undefined;
  const loopback = LOOPBACK.test(name);
  if (loopback ? star !== undefined : !isHostName(name)) return undefined;
  return { name, subdomains: star !== undefined, port, loopback };
}

/** At least two labels, the last of which is not a number: `1.2.3.4` and `0x7f.1` are addresses, whoever lists them. */
function isHostName(name: string): boolean {
  const labels = name.split('.');
  return labels.length > 1 && labels.every((label) => LABEL.test(label)) && !/^(?:\d|0x)/.test(labels.at(-1) ?? '');
}

function admit(text: string, rules: readonly HostRule[]): Admitted | undefined {
  if (text.length > MAX_URL_CHARS || FORBIDDEN_CHARACTERS.test(text) || !URL.canParse(text)) return undefined;
  const url = new URL(text);
  // What stands in the text must be the host itself: user info, Unicode forms, odd spellings of addresses and explicit
  // default ports all differ from the host the URL parser arrives at.
  if (AUTHORITY.exec(text)?.[1]?.toLowerCase() !== url.host) return undefined;
  const rule = rules.find((candidate) => matches(candidate, url));
  if (!rule || (url.protocol !== 'https:' && !rule.loopback)) return undefined;
  return { url, loopback: rule.loopback };
}

function matches(rule: HostRule, url: URL): boolean {
  const sameName = rule.subdomains ? url.hostname.endsWith(`.${rule.name}`) : url.hostname === rule.name;
  if (!sameName || url.hostname.startsWith('.')) return false;
  if (rule.port === undefined) return url.port === '' || rule.loopback;
  return rule.port === (url.port || (url.protocol === 'https:' ? '443' : '80'));
}
