import { z } from 'zod';
import { APP_ROLE, SCOPE } from './callers.ts';
import type { Route } from './route.ts';
import { problemShape, SHAPES } from './shapes.ts';

type Json = Record<string, unknown>;

/** Where the API begins, and where its description is. */
export const BASE = '/api/v1';
export const DOCUMENT_PATH = '/openapi.json';

/** The OpenAPI 3.1 document of these routes, drawn from the very shapes they parse with. */
export function openApiDocument(
  routes: readonly Route[],
  { appId, login, tenantId }: { appId: string; login: string; tenantId: string },
): Json {
  const paths: Record<string, Json> = {
    [DOCUMENT_PATH]: {
      get: {
        operationId: 'readDocument',
        summary: 'This document',
        security: [],
        responses: { 200: { description: 'OpenAPI 3.1', content: json({ type: 'object' }) } },
      },
    },
  };
  for (const route of routes) {
    paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: operationOf(route) };
  }
  const scope = `api://${appId}/${SCOPE}`;
  return {
    openapi: '3.1.1',
    info: {
      title: 'Tarmac',
      version: '1',
      description: `What the chat can do, by HTTP. People need the delegated permission ${SCOPE}; applications, which may only look, the app role ${APP_ROLE}. Requests are answered in Teams and nowhere else.`,
    },
    servers: [{ url: BASE }],
    security: [{ entra: [scope] }],
    paths,
    components: {
      schemas: schemas(),
      securitySchemes: {
        entra: {
          type: 'oauth2',
          flows: {
            authorizationCode: {
              authorizationUrl: `${login}/${tenantId}/oauth2/v2.0/authorize`,
              tokenUrl: `${login}/${tenantId}/oauth2/v2.0/token`,
              scopes: { [scope]: 'Use Tarmac in your own name' },
            },
          },
        },
      },
    },
  };
}

function operationOf(route: Route): Json {
  const { name, summary, status, answer, body, takesFiles, method, isSafe } = route;
  const parameters = [
    ...(route.path.includes('{id}') ? [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }] : []),
    ...queryParameters(route.query),
    ...(method === 'POST' && !isSafe ? [IDEMPOTENCY_KEY] : []),
  ];
  const file = { '*/*': { schema: { type: 'string', format: 'binary' } } };
  return {
    operationId: name,
    summary,
    ...(parameters.length > 0 && { parameters }),
    ...(body && { requestBody: { required: true, content: { ...json(refTo(body)), ...(takesFiles && file) } } }),
    responses: {
      [status]: { description: 'Done', content: json(refTo(answer)) },
      default: { description: 'Refused', content: { 'application/problem+json': { schema: refTo(problemShape) } } },
    },
  };
}

const IDEMPOTENCY_KEY = {
  name: 'Idempotency-Key',
  in: 'header',
  required: true,
  description:
    'Yours to choose, new for each thing you want: a repeat with the same key gets the first answer, for two days.',
  schema: { type: 'string', pattern: '^[A-Za-z0-9._:-]{8,200}$' },
};

function queryParameters(query: z.ZodType): readonly Json[] {
  const { properties = {}, required = [] } = drawn(query, 'input') as {
    properties?: Record<string, Json>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, { description, ...schema }]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    ...(description !== undefined && { description }),
    schema,
  }));
}

function refTo(shape: z.ZodType): Json {
  const named = SHAPES.get(shape);
  if (!named) throw new Error('a shape without a name');
  return { $ref: refOf(named.id) };
}

function refOf(id: string): string {
  return `#/components/schemas/${id}`;
}

function schemas(): Json {
  const { schemas } = z.toJSONSchema(SHAPES, { uri: refOf, io: 'output', override: simplify });
  return Object.fromEntries(Object.entries(schemas).map(([id, { $schema: _, $id: __, ...schema }]) => [id, schema]));
}

function drawn(shape: z.ZodType, io: 'input' | 'output'): Json {
  return z.toJSONSchema(shape, { io, override: simplify });
}

/** The pattern of a date says no more than its format, in 400 characters. */
function simplify({ jsonSchema }: { jsonSchema: { format?: string; pattern?: string; maximum?: number } }): void {
  if (jsonSchema.format) delete jsonSchema.pattern;
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
}

function json(schema: Json): Json {
  return { 'application/json': { schema } };
}
