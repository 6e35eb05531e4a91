import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createEventReceiver } from '../../../bot/event-receiver.ts';
import { bodyOf, verdictOn } from '../../../services/events/event.ts';
import { countEvents, findEvent, forgetEventsBefore, givenUpOn } from '../../../services/events/event-store.ts';
import { createEvents, type EventPorts } from '../../../services/events/events.ts';
import type { EventReceiver } from '../../../services/events/ports.ts';
import { parseSigningSecret, signatureHeaders } from '../../../services/events/signature.ts';
import type { TenantId, UserId } from '../../../services/identity.ts';
import type { Recipient } from '../../../services/messages/message.ts';
import type { Job, Jobs } from '../../../services/queue/ports.ts';
import { migrate } from '../../../services/storage/migrations.ts';
import type { Database } from '../../../services/storage/ports.ts';
import { MIGRATIONS } from '../../../services/storage/schema/migrations.ts';
import { inMemory, quietLog, type TestDatabase } from '../../contracts/test-databases.ts';
import { startEventReceiver } from '../../emulators/event-receiver.ts';

const SECRET = `whsec_${Buffer.from(Array.from({ length: 32 }, (_, index) => index * 7)).toString('base64')}`;
const secret = parseSigningSecret(SECRET) ?? new Uint8Array();
const ADA: Recipient = { kind: 'person', tenantId: 'partner' as TenantId, userId: 'ada' as UserId };
const EVENT = { type: 'batch.finished', data: { batchId: 'b1', state: 'done', devices: { total: 3 } } } as const;

let test: TestDatabase;
let db: Database;
let receiver: Awaited<ReturnType<typeof startEventReceiver>>;
let enqueued: Job[];

beforeAll(async () => {
  test = await inMemory.create();
  db = test.database;
  await migrate(db, MIGRATIONS, quietLog);
  receiver = await startEventReceiver(SECRET);
});

beforeEach(async () => {
  await db.query('delete from outgoing_events');
  await db.query('delete from messages');
  receiver.events.length = 0;
  receiver.script.length = 0;
  enqueued = [];
});

afterAll(async () => {
  await receiver?.close();
  await test?.remove();
});

function events(changes: Partial<EventPorts> = {}) {
  const jobs: Pick<Jobs, 'enqueue'> = { enqueue: async (_tx, added) => void enqueued.push(...added) };
  return createEvents({
    db,
    jobs: jobs as Jobs,
    receiver: createEventReceiver({ url: new URL(receiver.url), allowLoopback: true, timeoutMs: 500 }),
    secret,
    whomToTell: async () => [ADA],
    now: () => new Date(),
    newId: randomUUID,
    log: quietLog,
    ...changes,
  });
}

async function announced(of = events()): Promise<string> {
  await db.transaction((tx) => of.announce(tx, EVENT));
  return enqueued.at(-1)?.id ?? '';
}

describe('an event', () => {
  it('is stored with its change, or not at all', async () => {
    const failing = db.transaction(async (tx) => {
      await events().announce(tx, EVENT);
      throw new Error('rolled back');
    });
    await expect(failing).rejects.toThrow('rolled back');
    expect(await countEvents(db)).toEqual({ due: 0, sent: 0, 'given-up': 0 });
    const id = await announced();
    expect(await findEvent(db, id)).toMatchObject({ ...EVENT, state: 'due', attempts: 0 });
    expect(enqueued.at(-1)).toEqual({ queue: 'event', id, step: 0 });
  });

  it('is signed so that its receiver believes it, and sent once', async () => {
    const id = await announced();
    await events().offer(id);
    await events().offer(id);
    expect(receiver.events).toEqual([expect.objectContaining({ id, ...EVENT })]);
    expect(receiver.refused).toEqual([]);
    expect(await findEvent(db, id)).toMatchObject({ state: 'sent', attempts: 1 });
  });

  it('signed with another secret is not believed', async () => {
    const id = await announced();
    const other = events({ secret: new Uint8Array(32).fill(7) });
    await expect(other.offer(id)).rejects.toThrow('status 401');
    expect(receiver.events).toEqual([]);
    expect(await findEvent(db, id)).toMatchObject({ state: 'due', problem: 'status 401' });
  });

  it.each([500, 429, 302, 400, 'hang'] as const)('answered with %s is offered again under its id', async (answer) => {
    const id = await announced();
    receiver.script.push(answer);
    await expect(events().offer(id)).rejects.toThrow('was not taken');
    expect(await findEvent(db, id)).toMatchObject({ state: 'due', attempts: 1 });
    await events().offer(id);
    expect(receiver.events.map((event) => event.id)).toEqual([id, id]);
    expect(await findEvent(db, id)).toMatchObject({ state: 'sent', attempts: 2 });
  });

  it('whose process dies after the answer comes again, with the id by which it is known', async () => {
    const id = await announced();
    const dying: Database = {
      ...db,
      query: (text, values) =>
        text.includes('set state') ? Promise.reject(new Error('died')) : db.query(text, values),
    };
    await expect(events({ db: dying }).offer(id)).rejects.toThrow('died');
    expect(await findEvent(db, id)).toMatchObject({ state: 'due', attempts: 1 });
    await events().offer(id);
    expect(new Set(receiver.events.map((event) => event.id))).toEqual(new Set([id]));
    expect(receiver.events).toHaveLength(2);
    expect(await findEvent(db, id)).toMatchObject({ state: 'sent' });
  });

  it('is given up for good at 410, and after three days', async () => {
    const gone = await announced();
    receiver.script.push(410);
    await events().offer(gone);
    expect(await findEvent(db, gone)).toMatchObject({ state: 'given-up', problem: 'status 410' });
    const late = await announced();
    receiver.script.push(503);
    await events({ now: () => new Date(Date.now() + 3 * 86_400_000) }).offer(late);
    expect(await countEvents(db)).toMatchObject({ due: 0, 'given-up': 2 });
    expect(await forgetEventsBefore(db, new Date(Date.now() + 1_000))).toBe(2);
  });

  it('that is given up is told to administrators in one message a day, which says what and why', async () => {
    const at = new Date('2026-11-24T23:59:00Z');
    const gone: EventReceiver = async () => ({ kind: 'answered', status: 410 });
    const giveUp = async (moment: Date, more: Partial<EventPorts> = {}) =>
      events({ now: () => moment, receiver: gone, ...more }).offer(await announced());
    const wanted = () => db.query(`select subject_id, wanted from messages where role = 'events.given-up' order by 1`);
    await giveUp(at);
    expect(await wanted()).toEqual([{ subject_id: '2026-11-24', wanted: 1 }]);
    await giveUp(at, { whomToTell: () => Promise.reject(new Error('asked again')) });
    expect(await wanted()).toEqual([{ subject_id: '2026-11-24', wanted: 2 }]);
    await giveUp(new Date('2026-11-25T00:01:00Z'));
    expect(await wanted()).toHaveLength(2);
    const told = { types: [{ type: 'batch.finished', count: 2 }], problem: 'status 410' };
    expect(await givenUpOn(db, '2026-11-24')).toEqual(told);
    expect(await givenUpOn(db, '2026-11-23')).toEqual({ types: [] });
  });

  it('is given up even where nobody can be told', async () => {
    receiver.script.push(410);
    const id = await announced();
    await events({ whomToTell: async () => [] }).offer(id);
    expect(await findEvent(db, id)).toMatchObject({ state: 'given-up' });
  });

  it('does not go into a private network, whatever its name leads to', async () => {
    const id = await announced();
    for (const address of ['10.0.0.1', '127.0.0.1', '169.254.169.254', '::1']) {
      const url = new URL('https://tickets.northwind.example/hook');
      const lookup = async () => [{ address, family: address.includes(':') ? 6 : 4 }];
      const lost = events({ receiver: createEventReceiver({ url, allowLoopback: false, lookup }) });
      await expect(lost.offer(id)).rejects.toThrow('private network');
    }
    expect(receiver.events).toEqual([]);
  });

  it('does not wait longer for its receiver’s name than for its receiver', async () => {
    const id = await announced();
    const options = { url: new URL(receiver.url), allowLoopback: true, timeoutMs: 50 };
    const lookup = () => new Promise<never>(() => {}); // a resolver that never answers
    const mute = events({ receiver: createEventReceiver({ ...options, lookup }) });
    await expect(mute.offer(id)).rejects.toThrow('no answer in time');
    const nameless = events({ receiver: createEventReceiver({ ...options, lookup: async () => [] }) });
    await expect(nameless.offer(id)).rejects.toThrow('the name has no address');
    expect(await findEvent(db, id)).toMatchObject({ state: 'due', attempts: 2 });
  });
});

describe('the signature', () => {
  it('is that of Standard Webhooks', () => {
    const key = parseSigningSecret(`whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw`);
    const body = '{"test": 2432232314}';
    const at = new Date(1_614_265_330_000);
    expect(signatureHeaders(key ?? new Uint8Array(), { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', at, body })).toEqual({
      'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    });
  });

  it.each(['', 'secret', 'whsec_', 'whsec_c2hvcnQ=', `whsec_${'A'.repeat(44)}`, `whsec_${'!'.repeat(44)}`])(
    'takes no weak secret: %s',
    (text) => expect(parseSigningSecret(text)).toBeUndefined(),
  );
});

it('is offered until it is taken, refused for good, or too old', () => {
  const at = new Date('2026-11-21T09:00:00Z');
  const after = (days: number) => new Date(at.getTime() + days * 86_400_000);
  expect(verdictOn(200, at, after(9))).toBe('sent');
  expect(verdictOn(500, at, after(2.9))).toBe('due');
  expect(verdictOn(undefined, at, after(3))).toBe('given-up');
  expect(bodyOf({ type: 'request.approved', createdAt: at, data: { requestId: 'q' } })).toBe(
    '{"type":"request.approved","timestamp":"2026-11-21T09:00:00.000Z","data":{"requestId":"q"}}',
  );
});
