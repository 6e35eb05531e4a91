import { escapeForRegExp } from './glob.ts';
import type { Answer, Received } from './http.ts';

/** One path of an emulator. `:name` stands for a part without slashes; letter case of the rest does not count. */
export type Route = Readonly<{
  method: string;
  path: string;
  handle(request: Received): Answer | Promise<Answer>;
}>;

/** The first route that fits, with the decoded parts of the path. */
export function matchRoute(
  routes: readonly Route[],
  method: string,
  path: string,
): { route: Route; params: Record<string, string> } | undefined {
  const plain = withPlainPunctuation(path);
  for (const route of routes) {
    if (route.method !== method) continue;
    const match = patternOf(route.path).exec(plain);
    if (match) return { route, params: decoded(match.groups ?? {}) };
  }
  return undefined;
}

const patterns = new Map<string, RegExp>();

function patternOf(path: string): RegExp {
  const known = patterns.get(path);
  if (known) return known;
  const source = path
    .split(/(:[a-zA-Z]+)/)
    .map((part) => (part.startsWith(':') ? `(?<${part.slice(1)}>[^/]+)` : escapeForRegExp(part)))
    .join('');
  const pattern = new RegExp(`^${source}/?$`, 'i');
  patterns.set(path, pattern);
  return pattern;
}

/** OData functions carry quotes, parentheses and equals signs, which some clients escape. */
function withPlainPunctuation(path: string): string {
  if (!path.includes('%')) return path;
  return path.replace(/%(27|28|29|3d)/gi, (code) => decodeURIComponent(code));
}

function decoded(groups: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(groups).map(([name, value]) => [name, decodePart(value)]));
}

function decodePart(value: string): string {
  if (!value.includes('%')) return value;
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
