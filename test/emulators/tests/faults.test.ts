import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CONTOSO } from '../world.ts';
import { CONTOSO_PATH, startTestWorld } from './world.ts';

const journalFile = join(mkdtempSync(join(tmpdir(), 'journal-')), 'journal.jsonl');
const service = 'partner-center';

let world: Awaited<ReturnType<typeof startTestWorld>>;

beforeAll(async () => {
  world = await startTestWorld({ journalFile });
  world.partnerCenter.accept(CONTOSO.tenantId);
});
afterAll(() => world.close());
beforeEach(() => {
  world.faults.clear();
  world.journal.clear();
});

describe('a fault', () => {
  it('answers instead of the service, so often and no more', async () => {
    const effect = { kind: 'status', status: 429, headers: { 'retry-after': '7' }, body: { statusCode: 429 } } as const;
    world.faults.add({ service, path: '/v1/customers', times: 2, effect });
    const replies = [
      await world.ask('/v1/customers'),
      await world.ask('/v1/customers'),
      await world.ask('/v1/customers'),
    ];
    expect(replies.map(({ status }) => status)).toEqual([429, 429, 200]);
    expect(replies[0]?.headers.get('retry-after')).toBe('7');
  });

  it('can let some requests pass first', async () => {
    world.faults.add({ service, skip: 1, effect: { kind: 'status', status: 500 } });
    expect([(await world.ask(CONTOSO_PATH)).status, (await world.ask(CONTOSO_PATH)).status]).toEqual([200, 500]);
  });

  it('hits only its method and path', async () => {
    world.faults.add({ service, method: 'post', path: '/v1/customers/*/deviceBatches', effect: { kind: 'reset' } });
    expect((await world.ask(`${CONTOSO_PATH}/deviceBatches`)).status).toBe(200);
    await expect(upload('F-0')).rejects.toThrow();
  });

  it.each([
    ['reset', false],
    ['resetAfterEffect', true],
    ['truncate', true],
  ] as const)('cuts the connection: %s', async (kind, acts) => {
    world.faults.add({ service, effect: { kind } });
    await expect(upload(`F-${kind}`)).rejects.toThrow();
    const { creations } = world.partnerCenter.state().counters;
    expect(creations[`${CONTOSO.tenantId}/f-${kind.toLowerCase()}`]).toBe(acts ? 1 : undefined);
    expect(world.journal.find({ service })).toMatchObject([{ status: 0, effect: expect.stringContaining(kind) }]);
  });

  it('answers with a page instead of JSON', async () => {
    world.faults.add({ service, effect: { kind: 'garbage' } });
    const reply = await world.ask(CONTOSO_PATH);
    expect(reply.status).toBe(200);
    expect(() => reply.json()).toThrow();
  });

  it('delays the answer, with the effect before or after', async () => {
    const effect = { kind: 'delay', delayMs: 80, when: 'after-acting' } as const;
    world.faults.add({ service, effect });
    const before = performance.now();
    await upload('F-delay');
    expect(performance.now() - before).toBeGreaterThan(70);
  });

  it('never answers a stalled request', async () => {
    world.faults.add({ service, effect: { kind: 'stall' } });
    const headers = { authorization: `Bearer ${world.userToken}` };
    const url = world.urls.partnerCenter + CONTOSO_PATH;
    await expect(fetch(url, { headers, signal: AbortSignal.timeout(100) })).rejects.toThrow('timeout');
  });

  it('can be set by another process', async () => {
    const body = { service, path: CONTOSO_PATH, effect: { kind: 'status', status: 503 } };
    expect((await world.ask('/_control/faults', { body })).status).toBe(204);
    expect((await world.ask(CONTOSO_PATH)).status).toBe(503);
    expect((await world.ask('/_control/faults', { body: { effect: { kind: 'nonsense' } } })).status).toBe(400);
  });
});

describe('the journal', () => {
  it('has every request, without its token, on disk before the answer is read', async () => {
    await world.ask(`${CONTOSO_PATH}?x=1`);
    const lines = readFileSync(journalFile, 'utf8').trim().split('\n');
    const last = JSON.parse(lines.at(-1) ?? '{}');
    expect(last).toMatchObject({ service, method: 'GET', path: CONTOSO_PATH, query: { x: '1' }, status: 200 });
    expect(last.headers.authorization).toMatch(/^sha256:/);
    expect(lines.join('')).not.toContain(world.userToken);
  });

  it('can be read by another process', async () => {
    await world.ask(CONTOSO_PATH);
    const entries = (await world.ask(`/_control/journal?service=${service}&path=/v1/customers/*`)).json();
    expect(entries).toMatchObject([{ path: CONTOSO_PATH, status: 200 }]);
  });
});

function upload(batchId: string) {
  const devices = [{ productKey: '3300000000001' }];
  return world.ask(`${CONTOSO_PATH}/deviceBatches`, { body: { batchId, devices } });
}
