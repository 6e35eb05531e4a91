import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { z } from 'zod';
import type { VerifiedToken } from '../emulators/login/tokens.ts';
import { BOT_APP_ID, type EmulatedPerson, PARTNER_TENANT_ID } from '../emulators/world.ts';
import type { Stage } from '../whole/stage.ts';

export type Answer = Readonly<{ status: number; body: unknown; headers: Headers }>;
export type Sent = Readonly<{
  json?: unknown;
  file?: Uint8Array;
  type?: string;
  key?: string;
  headers?: Record<string, string>;
}>;
type Claims = Partial<VerifiedToken>;

/** An app of the partner that calls the API. */
const CALLING_APP = 'b0000000-0000-4000-8000-0000000000aa';

const DOCUMENT = z.object({
  paths: z.record(z.string(), z.record(z.string(), z.object({ responses: z.record(z.string(), z.unknown()) }).loose())),
});
export type Document = z.output<typeof DOCUMENT>;

/** Calls the API of a running bot, and holds every answer against its OpenAPI document. */
export async function openCaller(stage: Stage) {
  const base = () => `${stage.url()}/api/v1`;
  const whole: unknown = await (await fetch(`${base()}/openapi.json`)).json();
  const document = DOCUMENT.parse(whole);
  const ajv = addFormats.default(new Ajv2020({ strict: false, allErrors: true }));
  ajv.addSchema(whole as object, 'openapi');
  let keys = 0;

  async function raw(
    method: string,
    path: string,
    authorization: string | undefined,
    sent: Sent = {},
  ): Promise<Answer> {
    const { json, file, type = json === undefined ? 'application/octet-stream' : 'application/json', key } = sent;
    const body = json === undefined ? file && Buffer.from(file) : JSON.stringify(json);
    const response = await fetch(`${base()}${path}`, {
      method,
      headers: {
        ...(authorization !== undefined && { authorization }),
        ...(body !== undefined && { 'content-type': type }),
        ...(method === 'POST' && { 'idempotency-key': key ?? `test-key-${keys++}` }),
        ...sent.headers,
      },
      ...(body !== undefined && { body }),
    });
    const answer = { status: response.status, body: await bodyOf(response), headers: response.headers };
    check(document, ajv, method, path, answer);
    return answer;
  }

  return {
    document,
    raw,
    /** A token of a person for this app, with the permission to call. */
    token: (who: EmulatedPerson, claims: Claims = {}): Promise<string> =>
      bearer(stage, { oid: who.id, upn: who.upn, name: who.name, scp: 'openid Tarmac.Use', ...claims }),
    /** A token of an application, without anybody signed in. */
    appToken: (roles: readonly string[], claims: Claims = {}): Promise<string> =>
      bearer(stage, { oid: 'a9000000-0000-4000-8000-000000000001', roles: [...roles], ...claims }),
    async get(who: EmulatedPerson, path: string, headers: Record<string, string> = {}): Promise<Answer> {
      return raw('GET', path, await this.token(who), { headers });
    },
    async post(who: EmulatedPerson, path: string, json: unknown, sent: Sent = {}): Promise<Answer> {
      return raw('POST', path, await this.token(who), { ...sent, ...(sent.file ? {} : { json }) });
    },
  };
}

export type ApiCaller = Awaited<ReturnType<typeof openCaller>>;

async function bearer(stage: Stage, claims: Claims): Promise<string> {
  const whose = { aud: `api://${BOT_APP_ID}`, tid: PARTNER_TENANT_ID, appid: CALLING_APP };
  return `Bearer ${await stage.login.accessToken({ ...whose, ...claims })}`;
}

async function bodyOf(response: Response): Promise<unknown> {
  const text = await response.text();
  return text === '' ? undefined : JSON.parse(text);
}

/** @throws Error when an answer is not what the document promises. */
function check(
  document: Document,
  ajv: InstanceType<typeof Ajv2020>,
  method: string,
  path: string,
  answer: Answer,
): void {
  if (answer.status >= 400) {
    const isProblem = ajv.validate({ $ref: 'openapi#/components/schemas/Problem' }, answer.body);
    const type = answer.headers.get('content-type');
    if (!isProblem || type !== 'application/problem+json')
      throw new Error(`no problem: ${type} ${JSON.stringify(answer.body)}`);
    return;
  }
  const [plain = ''] = path.split('?');
  const template = Object.keys(document.paths).find(
    (one) =>
      new RegExp(`^${one.replace('{id}', '[^/]+')}$`).test(plain) && (one === plain || !(plain in document.paths)),
  );
  const described = template && document.paths[template]?.[method.toLowerCase()]?.responses[String(answer.status)];
  if (!described) throw new Error(`${method} ${path} answered ${answer.status}, which the document does not know`);
  const pointer = `openapi#/paths/${template.replaceAll('~', '~0').replaceAll('/', '~1').replaceAll('{', '%7B').replaceAll('}', '%7D')}/${method.toLowerCase()}/responses/${answer.status}/content/application~1json/schema`;
  if (!ajv.validate({ $ref: pointer }, answer.body))
    throw new Error(`${method} ${path}: ${ajv.errorsText()} in ${JSON.stringify(answer.body)}`);
}
