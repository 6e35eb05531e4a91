import { describe, expect, it } from 'vitest';
import { createPacedRegistry } from '../../services/devices/paced-registry.ts';
import { ServiceError } from '../../services/errors.ts';
import type { MessageId, TenantId } from '../../services/identity.ts';
import type { Message } from '../../services/messages/message.ts';
import { createPacedChat } from '../../services/messages/paced-chat.ts';
import { createPace } from '../../services/pace.ts';

function aClock() {
  const clock = { ms: Date.parse('2026-11-21T09:00:00Z') };
  return { clock, now: () => new Date(clock.ms) };
}

describe('a pace', () => {
  it('never lets more through in any stretch of its windows, and says how long to wait', () => {
    const { clock, now } = aClock();
    const pace = createPace(
      [
        { limit: 2, perMs: 1_000 },
        { limit: 3, perMs: 10_000 },
      ],
      now,
    );
    expect([pace.take('a'), pace.take('a'), pace.take('a')]).toEqual([0, 0, 1_000]);
    clock.ms += 1_000;
    expect([pace.take('a'), pace.take('a')]).toEqual([0, 9_000]);
    expect(pace.take('b')).toBe(0);
    clock.ms += 9_000;
    expect(pace.take('a')).toBe(0);
  });
});

describe('the paced chat', () => {
  const message = { id: 'm' as MessageId, recipient: { kind: 'person', tenantId: 't' as TenantId } } as Message;
  const to = (conversationId: string, tenantId = 't') => ({ serviceUrl: 's', conversationId, tenantId });

  it('puts off the eighth message of a second in one conversation, and sends nothing', async () => {
    const { clock, now } = aClock();
    let sent = 0;
    const post = async () => ({ kind: 'done' as const, activityId: `a${++sent}` });
    const chat = createPacedChat({ post, update: post }, now);
    for (let n = 0; n < 7; n++) await chat.post(message, to('c'));
    expect(await chat.post(message, to('c'))).toEqual({ kind: 'later', retryAfterMs: 1_000 });
    expect(sent).toBe(7);
    clock.ms += 2_000;
    expect(await chat.post(message, to('c'))).toMatchObject({ kind: 'done' });
  });

  it('puts off what would be the fifty-first of a tenant in one second, and no other tenant’s', async () => {
    const { now } = aClock();
    const post = async () => ({ kind: 'done' as const, activityId: 'a' });
    const chat = createPacedChat({ post, update: post }, now);
    for (let n = 0; n < 50; n++) await chat.post(message, to(`c${n}`));
    expect((await chat.post(message, to('c50'))).kind).toBe('later');
    expect((await chat.post(message, to('d', 'other'))).kind).toBe('done');
  });
});

describe('the paced registry', () => {
  const one = 'c1' as TenantId;
  const registry: Parameters<typeof createPacedRegistry>[0] = {
    applyProfile: async () => ({ kind: 'accepted', trackingId: 't' }),
    createBatch: async () => ({ kind: 'accepted', trackingId: 't' }),
    addDevices: async () => ({ kind: 'accepted', trackingId: 't' }),
    uploadStatus: async () => undefined,
    batches: async () => [],
    batchDevices: async () => [],
  };

  it('stops one customer at a quarter of the budget while others go on', async () => {
    const { clock, now } = aClock();
    const paced = createPacedRegistry(registry, now);
    for (let n = 0; n < 100; n++) await paced.batches(one);
    const error = { code: 'partner-center-unavailable', details: { retryAfterMs: 60_000 } };
    await expect(paced.batches(one)).rejects.toMatchObject(error);
    const upload = { customerId: one, batchName: 'b', requestId: 'r', correlationId: 'c', devices: [] };
    expect(await paced.createBatch(upload)).toEqual({ kind: 'throttled', retryAfterMs: 60_000 });
    expect(await paced.batches('c2' as TenantId)).toEqual([]);
    clock.ms += 60_000;
    expect(await paced.batches(one)).toEqual([]);
  });

  it('gives reads that find the budget of all customers used up a turn each, and lets an upload try as soon as it can', async () => {
    const { clock, now } = aClock();
    const paced = createPacedRegistry(registry, now);
    const customer = (n: number) => `customer-${n % 50}` as TenantId;
    for (let n = 0; n < 400; n++) await paced.batches(customer(n));
    const waits = await Promise.all(
      [0, 1, 2].map((n) => paced.batches(customer(n)).catch((error: ServiceError) => error.details.retryAfterMs)),
    );
    expect(waits.map((wait) => Math.round(Number(wait)))).toEqual([60_000, 60_167, 60_333]);
    const upload = { customerId: one, batchName: 'b', requestId: 'r', correlationId: 'c', devices: [] };
    expect(await paced.createBatch(upload)).toEqual({ kind: 'throttled', retryAfterMs: 60_000 });
    clock.ms += 60_000;
    expect(await paced.batches(one)).toEqual([]);
  });

  it('plans the next look at an open batch for when there is a place, so that none is made in vain', async () => {
    const { clock, now } = aClock();
    const paced = createPacedRegistry(registry, now);
    const start = clock.ms;
    const open = Array.from({ length: 1_000 }, (_, n) => ({ customer: `c${n}` as TenantId, at: start + n * 55 }));
    const counted = { looks: 0, inVain: 0 };
    for (const end = start + 20 * 60_000; clock.ms < end; clock.ms += 50) {
      for (const batch of open.filter(({ at }) => at <= clock.ms)) {
        const askedToWait = await paced.uploadStatus(batch.customer, 't').then(
          () => 0,
          (error: ServiceError) => Number(error.details.retryAfterMs),
        );
        batch.at = clock.ms + (askedToWait || paced.planRead(55_000));
        if (clock.ms >= start + 2 * 60_000) counted[askedToWait ? 'inVain' : 'looks'] += 1;
      }
    }
    expect(counted.looks).toBeGreaterThan(18 * 350);
    expect(counted.inVain).toBe(0);
  });

  it('delays nothing as long as there are places, nor what somebody waits for', async () => {
    const { now } = aClock();
    const paced = createPacedRegistry(registry, now);
    expect(paced.planRead(55_000)).toBe(55_000);
    for (let n = 0; n < 1_000; n++) await paced.batches(`c${n}` as TenantId).catch(() => undefined);
    expect(paced.planRead(3_000)).toBe(3_000);
    expect(Math.round(paced.planRead(55_000))).toBe(60_000 + 600 * 167 - 200);
  });

  it('holds every job about a customer to a pause that Partner Center named to one of them', async () => {
    const { clock, now } = aClock();
    const paced = createPacedRegistry(
      {
        ...registry,
        addDevices: async () => ({ kind: 'throttled', retryAfterMs: 20_000 }),
        async uploadStatus() {
          throw new ServiceError('partner-center-unavailable', 'asked to wait', { retryAfterMs: 5_000 });
        },
      },
      now,
    );
    const upload = { customerId: one, batchName: 'b', requestId: 'r', correlationId: 'c', devices: [] };
    const accepted = { kind: 'accepted', trackingId: 't' };
    await expect(paced.uploadStatus(one, 't')).rejects.toMatchObject({ details: { retryAfterMs: 5_000 } });
    expect(await paced.createBatch(upload)).toEqual({ kind: 'throttled', retryAfterMs: 5_000 });
    clock.ms += 5_000;
    expect(await paced.createBatch(upload)).toEqual(accepted);
    await paced.addDevices(upload);
    clock.ms += 19_999;
    expect(await paced.createBatch(upload)).toEqual({ kind: 'throttled', retryAfterMs: 1 });
    expect(await paced.createBatch({ ...upload, customerId: 'c2' as TenantId })).toEqual(accepted);
    clock.ms += 1;
    expect(await paced.createBatch(upload)).toEqual(accepted);
  });
});
