import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { z } from 'zod';
import type { BodyReader } from '../endpoint/body-reader.ts';
import { parseJsonBody } from '../endpoint/json-body.ts';
import { type Problem, problem } from './problem.ts';
import type { Route } from './route.ts';

/** What came in, judged by the route's shapes. `bytes` is the body as it came, to tell repeats by. */
export type Sent = Readonly<{ query: unknown; body: unknown; bytes: Uint8Array; headers: IncomingHttpHeaders }>;

/** Reads the query; a name twice, or one the route does not know, is a mistake worth telling. */
export function readQuery({ query: shape }: Route, url: string): Readonly<{ query: unknown }> | Problem {
  const parameters = [...new URLSearchParams(url.split('?')[1] ?? '')];
  if (new Set(parameters.map(([name]) => name)).size !== parameters.length) return problem('bad-request');
  const query = Object.fromEntries(parameters);
  return fits(shape, query) ?? { query };
}

type Bodies = Readonly<Record<'json' | 'file', BodyReader>>;
type Body = Readonly<{ body: unknown; bytes: Uint8Array }>;

/** Reads the body the route asks for: JSON of its shape, or a file where it takes one. */
export async function readBody(request: IncomingMessage, route: Route, bodies: Bodies): Promise<Body | Problem> {
  if (!route.body) return { body: undefined, bytes: new Uint8Array() };
  const type = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase() ?? '';
  const isJson = type === 'application/json';
  if (!isJson && (!route.takesFiles || type === '' || type.startsWith('multipart/'))) return problem('unsupported');
  const read = await bodies[isJson ? 'json' : 'file'].read(request);
  if (read.kind === 'refuse') return problem(CODES[read.status]);
  if (!isJson) return { body: new Uint8Array(read.bytes), bytes: read.bytes };
  const parsed = parseJsonBody(read.bytes);
  if (parsed.kind !== 'json') return problem('bad-request');
  return fits(route.body, parsed.value) ?? { body: parsed.value, bytes: read.bytes };
}

const CODES = {
  400: 'bad-request',
  401: 'unauthorized',
  408: 'timeout',
  413: 'too-large',
  415: 'unsupported',
  429: 'too-many-requests',
} as const;

/** Nothing when it fits. Otherwise which members do not: their names, never what stands in them. */
function fits(shape: z.ZodType, value: unknown): Problem | undefined {
  try {
    const { error } = shape.safeParse(value);
    if (!error) return undefined;
    const members = [
      ...new Set(error.issues.map(({ path }) => path.filter((part) => typeof part === 'string').join('.'))),
    ];
    const named = members.filter(Boolean).slice(0, 5).join(', ');
    return problem(
      'bad-request',
      named ? { detail: `This does not fit: ${named.slice(0, 200)}. See /api/v1/openapi.json.` } : {},
    );
  } catch {
    return problem('bad-request'); // an object with a hostile length, where a text belongs
  }
}
