import type { z } from 'zod';
import type { Wording } from '../../cards/wording/wording.ts';
import type { ListInput } from '../../services/devices/ports.ts';
import type { Deciding } from '../../services/relationships/relationship.ts';
import type { Caller } from './callers.ts';

/** What a handler is given: everything read already, by the shapes of its route. */
type Given<Query, Body> = Readonly<{
  caller: Caller;
  /** Whatever stands in the path for `{id}`. */
  id: string;
  query: Query;
  body: Body;
  /** Words in the caller's language. */
  wording: Wording;
}>;

/** Somebody acts in their own name. */
type Acted<Query, Body> = Given<Query, Body> & Readonly<{ by: Deciding }>;

type Described<Query extends z.ZodType, Answer extends z.ZodType> = Readonly<{
  method: 'GET' | 'POST';
  /** Below `/api/v1`; may have one `{id}`. */
  path: string;
  /** Name of the operation in the OpenAPI document. */
  name: string;
  summary: string;
  query: Query;
  answer: Answer;
}>;

/** One address and method. `run` gets what was parsed with `query` and `body`. */
export type Route = Described<z.ZodType, z.ZodType> &
  Readonly<{
    /** `caller`: whoever has a token; `reader`: reps and applications; `rep`: reps, in their own name. */
    audience: 'caller' | 'reader' | 'rep';
    /** The role is read from Entra at this moment: what is done cannot be undone. */
    freshly?: boolean;
    /** Says how it is, and changes nothing: needs no idempotency key though it is a POST. */
    isSafe?: boolean;
    status: 200 | 201;
    body?: z.ZodType;
    /** Takes any other type of content as a file, too. */
    takesFiles?: boolean;
    run: (given: Acted<unknown, unknown>) => Promise<unknown>;
  }>;

/** A route that only looks. */
export function looking<Query extends z.ZodType, Answer extends z.ZodType>(
  route: Described<Query, Answer> &
    Readonly<{
      audience: 'caller' | 'reader';
      run: (given: Given<z.output<Query>, undefined>) => Promise<z.input<Answer>>;
    }>,
): Route {
  return {
    ...route,
    status: 200,
    run: (given) => route.run({ ...given, query: route.query.parse(given.query), body: undefined }),
  };
}

/** A route by which a rep does something. */
export function acting<Query extends z.ZodType, Body extends z.ZodType, Answer extends z.ZodType>(
  route: Described<Query, Answer> &
    Pick<Route, 'status' | 'freshly' | 'isSafe'> &
    Readonly<{ body: Body; run: (given: Acted<z.output<Query>, z.output<Body>>) => Promise<z.input<Answer>> }>,
): Route {
  return {
    ...route,
    audience: 'rep',
    run: (given) => route.run({ ...given, query: route.query.parse(given.query), body: route.body.parse(given.body) }),
  };
}

/** A route that takes a list: as JSON, or any other content as a file. */
export function takingLists<Query extends z.ZodType, Body extends z.ZodType, Answer extends z.ZodType>(
  route: Described<Query, Answer> &
    Pick<Route, 'status'> &
    Readonly<{
      body: Body;
      read: (body: z.output<Body>) => ListInput;
      run: (given: Acted<z.output<Query>, ListInput>) => Promise<z.input<Answer>>;
    }>,
): Route {
  return {
    ...route,
    audience: 'rep',
    takesFiles: true,
    run: (given) => {
      const query = route.query.parse(given.query);
      const body =
        given.body instanceof Uint8Array ? fileOf(given.body, given.query) : route.read(route.body.parse(given.body));
      return route.run({ ...given, query, body });
    },
  };
}

function fileOf(bytes: Uint8Array, query: unknown): ListInput {
  const name = typeof query === 'object' && query !== null && 'name' in query ? String(query.name) : '';
  return { kind: 'file', source: name || 'HTTP API', bytes };
}

/** The route of an address, and what stands for `{id}` in it. */
export function findRoutes(routes: readonly Route[], path: string): readonly Readonly<{ route: Route; id: string }>[] {
  return routes.flatMap((route) => {
    const id = matchPath(route.path, path);
    return id === undefined ? [] : [{ route, id }];
  });
}

const ID = /^[A-Za-z0-9-]{1,64}$/;

/** What stands for `{id}`; empty where the template has none; `undefined` when the path is another. */
function matchPath(template: string, path: string): string | undefined {
  const [before = '', after] = template.split('{id}');
  if (after === undefined) return path === template ? '' : undefined;
  if (!path.startsWith(before) || !path.endsWith(after) || path.length < before.length + after.length) return undefined;
  const id = path.slice(before.length, path.length - after.length);
  return ID.test(id) ? id : undefined;
}

/** One page out of items of which one more than the page was asked for. */
export function page<Item>(items: readonly Item[], { limit, offset }: { limit: number; offset: number }) {
  return { items: items.slice(0, limit), ...(items.length > limit && { next: offset + limit }) };
}
