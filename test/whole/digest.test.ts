import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createBatchEnd } from '../../services/devices/batch-end.ts';
import { insertBatch } from '../../services/devices/batch-store.ts';
import { insertDevices } from '../../services/devices/device-store.ts';
import { insertUploads } from '../../services/devices/upload-store.ts';
import type { BatchId, UploadId } from '../../services/identity.ts';
import { savePerson } from '../../services/people/people-store.ts';
import { ACTORS, type Actor } from '../authz/cast.ts';
import { CUSTOMER, type House, openHouse } from '../authz/house.ts';
import { quietLog } from '../contracts/test-databases.ts';
import type { Client } from '../emulators/teams/index.ts';
import { livingIn } from './days.ts';
import { openReadyStage, previewOf } from './ready.ts';
import type { Stage } from './stage.ts';

const ROBIN = ACTORS['the rep who asked'];
const ANNA = ACTORS['the approver, known by object id'];
const CHANNEL = '19:orders@thread.tacv2';

describe('days with a digest', () => {
  let house: House;
  let days: ReturnType<typeof livingIn>;

  beforeAll(async () => {
    house = await openHouse(quietLog);
  });
  afterAll(() => house?.close());

  /** A Wednesday at nine in Stockholm, where Robin and Anna are. */
  beforeEach(async () => {
    for (const table of ['digest_items', 'digests', 'messages', 'channels', 'uploads', 'batch_devices', 'batches'])
      await house.db.query(`delete from ${table}`);
    for (const table of ['approvers', 'requests']) await house.db.query(`delete from ${table}`);
    await house.db.query(`update people set settings = '{}', locale = null`);
    house.outside.jobs.length = 0;
    house.clock.at = new Date('2026-11-18T08:00:00Z');
    for (const actor of [ROBIN, ANNA]) await livesIn(actor, 'Europe/Stockholm');
    days = livingIn(house);
  });

  async function livesIn(actor: Actor, timeZone: string): Promise<void> {
    const { tenantId, userId, name, signInName } = actor;
    const conversationId = `a:${userId}`;
    const reachable = { installed: true, conversationId, serviceUrl: 'https://smba.trafficmanager.net/emea/' };
    await savePerson(house.db, { tenantId, userId, name, signInName, timeZone, ...reachable }, house.clock.at);
  }

  const choose = (actor: Actor, digest: string) =>
    house.press(actor, 'personal', 'settings.save', {
      ...{ language: 'teams', quietFrom: 'off', quietUntil: '07:00', digest },
    });

  /** A batch of Robin's that ends now: so many devices registered, so many refused. */
  async function ends(name: string, registered: number, failed = 0): Promise<void> {
    const id = randomUUID() as BatchId;
    const states = [...Array(registered).fill('registered'), ...Array(failed).fill('failed')];
    const { tenantId, userId, name: rep } = ROBIN;
    const end = createBatchEnd({ jobs: house.jobs, now: () => house.clock.at, newId: randomUUID });
    await house.db.transaction(async (tx) => {
      const requestedBy = { tenantId, userId, name: rep };
      const createdAt = house.clock.at;
      await insertBatch(tx, { id, customer: CUSTOMER, name, requestedBy, state: 'waiting', createdAt, version: 1 });
      const devices = states.map((_, position) => ({
        position,
        source: 'pasted',
        row: position,
        pkid: `33${position}`,
      }));
      await insertDevices(
        tx,
        id,
        devices.map((device) => ({ ...device, state: 'listed' })),
      );
      for (const [position, state] of states.entries())
        await tx.query('update batch_devices set state = $3 where batch_id = $1 and position = $2', [
          id,
          position,
          state,
        ]);
      const ids = { id: randomUUID() as UploadId, requestId: randomUUID(), correlationId: randomUUID() };
      const upload = { ...ids, batchId: id, number: 1, deviceCount: states.length, state: 'finished' } as const;
      await insertUploads(tx, [{ ...upload, attempts: 1, looks: 0, step: 0 }]);
      await tx.query(`update uploads set state = 'finished' where id = $1`, [ids.id]);
      await end.followBatch(tx, id);
    });
  }

  it('brings one message at the chosen hour on the reader’s clock, each success in a line and linked', async () => {
    await choose(ROBIN, '17:00');
    await days.until('2026-11-18T09:00:00Z');
    await ends('Malmö', 40);
    await days.until('2026-11-18T12:00:00Z');
    await ends('Lund', 1);
    await days.until('2026-11-18T15:59:00Z');
    expect(days.arrived).toEqual([]);
    await days.until('2026-11-20T08:00:00Z');
    const [digest, ...others] = days.arrived;
    expect(others).toEqual([]);
    expect(digest).toMatchObject({
      role: 'digest.rep',
      to: expect.stringContaining(ROBIN.userId),
      at: new Date('2026-11-18T16:00:00Z'),
    });
    expect(digest?.card).toContain('41 devices registered in 2 batches');
    expect(digest?.card).toMatch(/Malmö: 40 devices registered for Contoso Logistics.*Lund: 1 device registered/s);
    expect(digest?.card.match(/"verb":"batch\.open"/g)?.length).toBeGreaterThanOrEqual(2);
  });

  it('brings what failed at once, and puts it first in the message of the day', async () => {
    await choose(ROBIN, '17:00');
    await ends('Good', 3);
    await ends('Bad', 2, 1);
    await days.until('2026-11-18T08:05:00Z');
    expect(days.arrived.map(({ role }) => role)).toEqual(['batch.notice-rep']);
    expect(days.arrived[0]?.card).toContain('1 of 3 devices was refused in Bad');
    await days.until('2026-11-18T17:00:00Z');
    const [digest] = days.of('digest.rep');
    expect(digest?.card).toContain('1 batch did not go through entirely');
    expect(digest?.card).toMatch(/1 of 3 devices was refused in Bad.*Good: 3 devices/s);
  });

  it('brings nothing on a day without news, nor when all that happened was told at once', async () => {
    await choose(ROBIN, '17:00');
    await ends('Bad', 0, 2);
    await days.until('2026-11-22T08:00:00Z');
    expect(days.arrived.map(({ role }) => role)).toEqual(['batch.notice-rep']);
  });

  it('goes out at once when somebody wants each batch by itself again', async () => {
    await choose(ROBIN, '17:00');
    await ends('Malmö', 1);
    await choose(ROBIN, 'off');
    await days.until('2026-11-18T08:01:00Z');
    expect(days.of('digest.rep')).toHaveLength(1);
    await ends('Lund', 1);
    await days.until('2026-11-18T08:02:00Z');
    expect(days.of('batch.notice-rep')).toHaveLength(1);
  });

  it('waits for the end of quiet hours, and for tomorrow when its hour has struck', async () => {
    await house.press(ROBIN, 'personal', 'settings.save', {
      ...{ language: 'teams', quietFrom: '16:00', quietUntil: '18:00', digest: '17:00' },
    });
    await ends('Malmö', 1);
    await days.until('2026-11-18T17:30:00Z');
    expect(days.of('digest.rep').map(({ at }) => at.toISOString())).toEqual(['2026-11-18T17:00:00.000Z']);
    await ends('Lund', 1);
    await days.until('2026-11-20T08:00:00Z');
    expect(days.of('digest.rep')[1]?.at.toISOString()).toBe('2026-11-19T17:00:00.000Z');
  });

  it('follows a reader who travels', async () => {
    await choose(ROBIN, '17:00');
    await ends('Malmö', 1);
    await days.until('2026-11-18T10:00:00Z');
    await livesIn(ROBIN, 'America/New_York');
    await days.until('2026-11-19T08:00:00Z');
    expect(days.of('digest.rep').map(({ at }) => at.toISOString())).toEqual(['2026-11-18T22:00:00.000Z']);
  });

  it('tells whoever approved once a day, of success only', async () => {
    await house.db.query(
      `insert into requests (id, reference, customer_tenant_id, customer_name, customer_domain, route, link, requested_by,
         state, created_at, expires_at, version, decision) values ('q', 'ref', $1, 'Contoso', 'contoso.example', 'direct',
         'https://admin.microsoft.com/', $2::jsonb, 'active', now(), now(), 1, $3::jsonb)`,
      [
        CUSTOMER.tenantId,
        JSON.stringify({ tenantId: ROBIN.tenantId, userId: ROBIN.userId, name: ROBIN.name }),
        JSON.stringify({
          decision: 'approve',
          by: { tenantId: ANNA.tenantId, userId: ANNA.userId, name: ANNA.name },
          at: '2026-11-01T08:00:00Z',
        }),
      ],
    );
    await house.db.query(
      `insert into approvers (request_id, position, customer_tenant_id, sign_in_name, user_id)
       values ('q', 0, $1, $2, $3)`,
      [CUSTOMER.tenantId, ANNA.signInName, ANNA.userId],
    );
    await choose(ANNA, '08:00');
    await ends('Malmö', 40);
    await days.until('2026-11-18T08:30:00Z');
    await ends('Lund', 2, 3);
    await days.until('2026-11-19T12:00:00Z');
    const [digest, ...others] = days.arrived.filter(({ to }) => to.includes(ANNA.userId));
    expect(others).toEqual([]);
    expect(digest).toMatchObject({ role: 'digest.customer', at: new Date('2026-11-19T07:00:00Z') });
    expect(digest?.card).toMatch(/42 devices were registered for you.*Malmö: 40 devices.*Lund: 2 devices/s);
    expect(digest?.card).not.toContain('refused');
  });

  it('comes to a channel where a rep asks for an hour, and not at all once it is ended there', async () => {
    const here = {
      conversation: { id: CHANNEL, conversationType: 'channel' },
      entities: [{ type: 'clientInfo', timezone: 'Europe/Stockholm' }],
    };
    const mention = (text: string) => house.hear(ROBIN, 'channel', { ...here, type: 'message', text } as never);
    expect((await mention('notify here 8')).texts.join()).toContain('at 08:00 (Europe/Stockholm)');
    await ends('Malmö', 40);
    await days.until('2026-11-19T08:00:00Z');
    expect(days.of('digest.channel').map(({ at, to }) => [to, at.toISOString()])).toEqual([
      [expect.any(String), '2026-11-19T07:00:00.000Z'],
    ]);
    const { cards } = await house.hear(ROBIN, 'personal', { type: 'message', text: 'notify' });
    expect(JSON.stringify(cards)).toContain('every day at 08:00');
    await ends('Lund', 1);
    await mention('notify stop');
    await days.until('2026-11-21T08:00:00Z');
    expect(days.of('digest.channel')).toHaveLength(1);
  });
});

describe('in Teams', () => {
  let stage: Stage;
  let robin: Client;

  beforeAll(async () => {
    ({ stage, robin } = await openReadyStage());
  });
  afterAll(() => stage?.close());

  it('is switched on and off in the settings, and holds what is good back until then', async () => {
    await robin.say('settings');
    const settings = await robin.nextMessage({ matching: 'settings.save' });
    const inFourHours = `${String((new Date().getUTCHours() + 4) % 24).padStart(2, '0')}:00`;
    const chosen = { language: 'teams', quietFrom: 'off', quietUntil: '07:00' };
    const saved = await robin.press(settings, 'settings.save', { ...chosen, digest: inFourHours });
    expect(JSON.stringify(saved)).toContain('Saved.');
    const preview = await previewOf(robin, '3300000000011\n3300000000028', /2 devices understood/);
    await robin.press(preview, 'register.confirm', { batchName: 'Order 4711' });
    await robin.nextMessage({ matching: /Finished/ });
    expect(robin.messages.some(({ cards }) => JSON.stringify(cards).includes('2 devices registered for'))).toBe(false);
    const current = robin.messages.find(({ id }) => id === settings.id) ?? settings;
    await robin.press(current, 'settings.save', { ...chosen, digest: 'off' });
    const digest = await robin.nextMessage({ matching: /2 devices registered in 1 batch/ });
    await robin.press(digest, 'batch.open');
    await robin.nextMessage({ matching: /Batch Order 4711/ });
  });
});
