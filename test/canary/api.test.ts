import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createLog } from '../../bot/log.ts';
import { openCaller } from '../api/caller.ts';
import { startEventReceiver } from '../emulators/event-receiver.ts';
import { ANNA, CONTOSO_TENANT_ID, NILS, ROBIN } from '../emulators/world.ts';
import { makeHash } from '../intake/make/hash.ts';
import { openStage, type Stage } from '../whole/stage.ts';

/**
 * The job by HTTP with everything logged, with wrong tokens, wrong bodies and a receiver of events that does not want
 * them; then secrets and what is confidential are looked for in the log, in the answers, in the events and in the metrics.
 */
const SECRET = `whsec_${randomBytes(32).toString('base64')}`;
const HASH = makeHash({ serial: 'SN1CANARY' });
const PKID = '3300000000042';
const NOTE = 'canary note by http';
const KEY = 'canary-idempotency-key';
const WRONG = 'Bearer eyJhbGciOiJSUzI1NiJ9.eyJjYW5hcnkiOjF9.c2lnbmF0dXJl';
const folder = mkdtempSync(join(tmpdir(), 'tarmac-canary-api-'));

let stage: Stage;
let tickets: Awaited<ReturnType<typeof startEventReceiver>>;
let logged = '';
let metrics = '';
const answers: string[] = [];
const tokens: string[] = [];

beforeAll(async () => {
  tickets = await startEventReceiver(SECRET);
  tickets.script.push(500, 302);
  const write = (line: string) => {
    logged += line;
  };
  stage = await openStage({
    log: createLog('debug', {}, { write }),
    settings: {
      ...{ API_ENABLED: 'true', WEBHOOK_OUT_URL: tickets.url, WEBHOOK_OUT_SECRET: SECRET, LOG_LEVEL: 'debug' },
      DATA_DIR: join(folder, 'data'),
    },
  });
  stage.partnerCenter.behaviour.timing = { queuedMs: 200, processingMs: 200 };
  await tellStory();
  await stage.close();
});

afterAll(async () => {
  await tickets?.close();
  rmSync(folder, { recursive: true, force: true });
});

async function tellStory(): Promise<void> {
  const api = await openCaller(stage);
  const anna = stage.person(ANNA, { tenantId: CONTOSO_TENANT_ID });
  await anna.install();
  const call = async (method: string, path: string, authorization: string, sent = {}) => {
    tokens.push(authorization);
    const { status, body } = await api.raw(method, path, authorization, sent);
    answers.push(JSON.stringify(body ?? ''));
    return { status, id: String((body as { id?: unknown } | undefined)?.id ?? ''), body };
  };
  const robin = await api.token(ROBIN);
  await call('GET', '/requests', WRONG);
  await call('GET', '/requests', await api.token(NILS));
  await call('POST', '/requests', robin, { json: { customer: 7, secret: NOTE } });
  const wish = { customer: 'contoso.example', approvers: [ANNA.upn], note: NOTE };
  await call('POST', '/requests', robin, { json: wish, key: KEY });
  await anna.press(await anna.nextMessage({ matching: 'relationship.approve' }), 'relationship.approve');
  stage.partnerCenter.accept(CONTOSO_TENANT_ID);
  await anna.nextMessage({ matching: /is active/ });
  const { id } = await call('POST', '/batches', robin, { json: { customerTenantId: CONTOSO_TENANT_ID } });
  const csv = `Device Serial Number,Windows Product ID,Hardware Hash\nSN1CANARY,,${HASH}\n,${PKID},\n`;
  await call('POST', `/batches/${id}/lists`, robin, { file: Buffer.from(csv.replaceAll('\\\n', '\n')) });
  stage.faults.add({ service: 'partner-center', effect: { kind: 'status', status: 500, body: { code: 'x' } } });
  await call('POST', '/batches', robin, { json: { customerTenantId: CONTOSO_TENANT_ID } });
  stage.faults.clear();
  const { body } = await call('GET', `/batches/${id}`, robin);
  const { digest } = (body as { draft: { digest: string } }).draft;
  await call('POST', `/batches/${id}/confirm`, robin, { json: { digest, name: 'Canaries' } });
  await vi.waitFor(() => expect(tickets.events.some(({ type }) => type.startsWith('batch.'))).toBe(true), {
    timeout: 30_000,
  });
  metrics = await (await fetch(`${stage.url()}/metrics`)).text();
}

describe('secrets of the HTTP API and of events', () => {
  const sinks = ['the log', 'answers', 'events', 'metrics', 'the database'] as const;
  const contents: Readonly<Record<string, () => string>> = {
    'the log': () => logged,
    answers: () => answers.join('\n'),
    events: () => JSON.stringify([tickets.events, tickets.refused]),
    metrics: () => metrics,
    'the database': () =>
      readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((file) => readFileSync(join(file.parentPath, file.name), 'latin1'))
        .join('\n'),
  };
  const outside = sinks.slice(0, 4);

  const hidden: readonly (readonly [string, readonly string[], () => string | RegExp])[] = [
    ['the secret of events', sinks, () => SECRET.slice(6)],
    ['the bot’s password', sinks, () => stage.world.botApp.secret],
    ['refresh tokens', sinks, () => /emulated-refresh-token|refresh_token/],
    ['tokens of callers, also refused ones', sinks, () => /eyJ[\w-]{10,}\.[\w-]{10,}/],
    ['a hardware hash', outside, () => HASH.slice(8, 100)],
    ['product ids', ['the log', 'events', 'metrics'], () => PKID],
    ['the note to an approver', ['the log', 'events', 'metrics'], () => NOTE],
    ['sign-in names', ['the log', 'events', 'metrics'], () => /(?:anna|robin|nils)@\w+\.example/],
    ['names of people', ['events', 'metrics'], () => /Anna Andersson|Robin Reyes/],
    ['idempotency keys', outside, () => KEY],
  ];

  it.each(hidden)('%s: nowhere in %j', (_what, where, secretOf) => {
    const secret = secretOf();
    for (const sink of where) {
      const text = contents[sink]?.() ?? '';
      expect(text.length, sink).toBeGreaterThan(0);
      const at = typeof secret === 'string' ? text.indexOf(secret) : text.search(secret);
      expect(at < 0 ? '' : text.slice(Math.max(0, at - 120), at + 40), sink).toBe('');
    }
  });

  it('were all there to be found: the story ran, and was logged', () => {
    expect(tokens.filter((token) => token.startsWith('Bearer eyJ')).length).toBeGreaterThan(8);
    expect(logged).toContain('call refused');
    expect(answers.join('')).toContain(NOTE);
    expect(tickets.events.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['request.approved', 'relationship.active']),
    );
    expect(metrics).toContain('tarmac_alarms 0');
    expect(contents['the database']?.()).toContain(NOTE);
  });
});
