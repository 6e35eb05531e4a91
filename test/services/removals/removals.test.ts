import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { findBreak } from '../../../services/audit/audit.ts';
import { ServiceError } from '../../../services/errors.ts';
import type { RemovalId } from '../../../services/identity.ts';
import { ANSWER_WITHIN_MS } from '../../../services/removals/removal.ts';
import { migrate } from '../../../services/storage/migrations.ts';
import type { Database } from '../../../services/storage/ports.ts';
import { MIGRATIONS } from '../../../services/storage/schema/migrations.ts';
import { inMemory, quietLog, type TestDatabase } from '../../contracts/test-databases.ts';
import { aWorld, Crash, JOBS_TABLE, lost, openRemovals, pkid, ROBIN, refused, SAM, UMA, type World } from './scene.ts';

let test: TestDatabase;
let db: Database;
let world: World;
let here: ReturnType<typeof openRemovals>;

beforeAll(async () => {
  test = await inMemory.create();
  db = test.database;
  await migrate(db, MIGRATIONS, quietLog);
  await db.query(JOBS_TABLE);
});

beforeEach(async () => {
  await clear();
  world = aWorld();
  here = openRemovals(db, world);
});
afterAll(() => test?.remove());

async function clear(): Promise<void> {
  for (const table of ['removal_devices', 'removals', 'messages', 'test_jobs', 'customers'])
    await db.query(`delete from ${table}`);
}

const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'done',
    (error: unknown) => (error instanceof ServiceError ? error.code : error),
  );
const yes = (id: RemovalId, by = SAM, typed = '3') => here.removals.decide(id, { answer: 'confirm', by }, typed);
const stateOf = async (id: RemovalId) => (await here.removals.find(id)).state;
const notices = async () =>
  (await db.query(`select role, recipient_key from messages where role like '%notice%' order by role`)).map(
    ({ role, recipient_key: to }) => `${role} ${String(to).split('/')[1]}`,
  );
const ALL = [0, 1, 2].map(pkid);

describe('a removal that only the database says was confirmed', () => {
  it('removes nothing, ends, and administrators hear of it', async () => {
    const id = await here.asked(...ALL);
    await db.query(`update removals set state = 'removing', step = 7 where id = $1`, [id]);
    await db.query(`insert into test_jobs values ('removal', $1, 7, now())`, [id]);
    await here.work();
    expect(world.calls).toBe(0);
    expect(await stateOf(id)).toBe('done-with-errors');
    const devices = await here.removals.devices(id, { limit: 10, offset: 0 });
    expect(new Set(devices.map(({ errorCode }) => errorCode))).toEqual(new Set(['not-recorded']));
    expect(await db.query('select subject_kind, subject_id from alarms')).toEqual([
      { subject_kind: 'removal', subject_id: id },
    ]);
  });
});

describe('a second person', () => {
  it('is asked, everybody who may remove but the one who asks, and nothing happens before', async () => {
    const id = await here.asked(...ALL);
    const rows = await db.query(
      `select recipient_key as key from messages where role = 'removal.remover' order by key`,
    );
    expect(rows.map(({ key }) => String(key).split('/')[1])).toEqual(['sam', 'uma']);
    await here.work(world.now);
    expect(world.calls).toBe(0);
    expect(await stateOf(id)).toBe('asked');
  });

  it.each([
    ['the one who asked', ROBIN],
    ['somebody who may not remove', { ...ROBIN, userId: 'nils' as typeof ROBIN.userId }],
    ['somebody of another tenant', { ...SAM, tenantId: 'elsewhere' as typeof SAM.tenantId }],
  ])('is not %s', async (_, by) => {
    world.removers = [SAM, UMA, ROBIN];
    const id = await here.asked(...ALL);
    expect(await codeOf(yes(id, by))).toBe('second-person-needed');
    expect(await codeOf(here.removals.decide(id, { answer: 'refuse', by }))).toBe('second-person-needed');
    await here.work(world.now);
    expect(world.calls).toBe(0);
  });

  it('types the number or the domain, or nothing happens', async () => {
    const id = await here.asked(...ALL);
    for (const typed of ['', 'yes', '2', '33', '3x', 'contoso', 'fabrikam.example'])
      expect(await codeOf(yes(id, SAM, typed))).toBe('confirmation-wrong');
    await here.work(world.now);
    expect(world.calls).toBe(0);
    expect(await codeOf(yes(id, SAM, ' Contoso.Example '))).toBe('done');
  });

  it('decides once: of a yes and a no at the same time one counts', async () => {
    const id = await here.asked(...ALL);
    const outcomes = await Promise.all([
      codeOf(yes(id, SAM)),
      codeOf(here.removals.decide(id, { answer: 'refuse', by: UMA })),
    ]);
    expect([...outcomes].sort()).toEqual(['already-decided', 'done']);
    const rows = await db.query(`select 1 from audit where subject_id = $1 and action <> 'removal.asked'`, [id]);
    expect(rows).toHaveLength(1);
  });

  it('may refuse, and the one who asked is told', async () => {
    const id = await here.asked(...ALL);
    await here.removals.decide(id, { answer: 'refuse', by: UMA, reason: 'in use' });
    expect(await codeOf(yes(id))).toBe('already-decided');
    await here.work();
    expect(world.calls).toBe(0);
    expect(await notices()).toEqual(['removal.notice-rep robin']);
  });

  it('comes too late after three days', async () => {
    const id = await here.asked(...ALL);
    world.now += ANSWER_WITHIN_MS;
    expect(await codeOf(yes(id))).toBe('already-decided');
    await here.work();
    expect(await stateOf(id)).toBe('expired');
    expect(world.calls).toBe(0);
    expect(await notices()).toEqual(['removal.notice-rep robin']);
  });

  it('must exist', async () => {
    world.removers = [ROBIN];
    expect(await codeOf(here.asked(...ALL))).toBe('no-second-person');
  });
});

describe('what is asked for', () => {
  it('is exactly what Partner Center lists; the rest stays as it is', async () => {
    const { id } = await here.removals.open(aRemovalCustomer, ROBIN);
    await here.removals.add(id, { kind: 'text', source: 'pasted', text: [...ALL, pkid(99)].join('\n') }, ROBIN);
    expect(await codeOf(here.removals.ask(id, ROBIN, '4'))).toBe('removal-not-checked');
    await here.removals.look(id, ROBIN);
    expect(await here.removals.counts(id)).toMatchObject({ found: 3, absent: 1 });
    expect(await codeOf(here.removals.ask(id, ROBIN, '4'))).toBe('confirmation-wrong');
    expect(await codeOf(here.removals.ask(id, ROBIN, '3'))).toBe('done');
    await yes(id);
    await here.work();
    expect(world.deleted).toHaveLength(3);
    expect(await here.removals.counts(id)).toMatchObject({ removed: 3, absent: 1 });
  });

  it('takes each device once, however often it is handed over', async () => {
    const { id } = await here.removals.open(aRemovalCustomer, ROBIN);
    for (const text of [ALL.join('\n'), pkid(1)])
      await here.removals.add(id, { kind: 'text', source: 'pasted', text }, ROBIN);
    await here.removals.look(id, ROBIN);
    await here.removals.add(id, { kind: 'text', source: 'pasted', text: pkid(2) }, ROBIN);
    await here.removals.look(id, ROBIN);
    expect(await here.removals.counts(id)).toMatchObject({ found: 3, total: 3 });
  });

  it('can be taken back until somebody has answered', async () => {
    const id = await here.asked(...ALL);
    expect(await codeOf(here.removals.cancel(id, SAM))).toBe('removal-not-found');
    await here.removals.cancel(id, ROBIN);
    expect(await codeOf(yes(id))).toBe('already-decided');
    await here.work();
    expect(world.calls).toBe(0);
  });

  it('is for customers with a relationship only', async () => {
    world.isReseller = false;
    expect(await codeOf(here.removals.open(aRemovalCustomer, ROBIN))).toBe('relationship-not-active');
  });
});

describe('removing', () => {
  it('removes each device with one call and tells both persons once', async () => {
    const id = await here.asked(...ALL);
    await yes(id);
    await here.work();
    expect(world.deleted).toEqual(['id-0', 'id-1', 'id-2']);
    expect(world.calls).toBe(3);
    expect(await stateOf(id)).toBe('done');
    expect(await notices()).toEqual(['removal.notice-remover sam', 'removal.notice-rep robin']);
  });

  it.each([
    ['was done', true, 3],
    ['was not done', false, 4],
  ])('reads back what a lost answer left open: it %s', async (_, didIt, calls) => {
    const id = await here.asked(...ALL);
    world.answers = [lost(didIt)];
    await yes(id);
    await here.work();
    expect([...world.deleted].sort()).toEqual(['id-0', 'id-1', 'id-2']);
    expect(world.calls).toBe(calls);
    expect(await stateOf(id)).toBe('done');
  });

  it('leaves it to a person when there is no certainty after many attempts', async () => {
    const id = await here.asked(...ALL);
    world.answers = Array.from({ length: 100 }, () => lost(false));
    await yes(id);
    await here.work();
    expect(await stateOf(id)).toBe('needs-human');
    expect(await here.removals.counts(id)).toMatchObject({ unknown: 3 });
    expect(world.calls).toBe(36);
  });

  it('goes on with the others when one is refused, and says so', async () => {
    const id = await here.asked(...ALL);
    world.answers = [refused(403, '900308')];
    await yes(id);
    await here.work();
    expect(await here.removals.counts(id)).toMatchObject({ removed: 2, failed: 1 });
    const [first] = await here.removals.devices(id, { limit: 1, offset: 0 });
    expect(first).toMatchObject({ state: 'failed', errorStatus: 403, errorCode: '900308' });
    expect(await stateOf(id)).toBe('done-with-errors');
  });

  it('takes what is not there any more for gone', async () => {
    const id = await here.asked(...ALL);
    world.batches.get('Order 4711')?.shift();
    await yes(id);
    await here.work();
    expect(await here.removals.counts(id)).toMatchObject({ removed: 2, gone: 1 });
    expect(await stateOf(id)).toBe('done');
  });

  it('stops when the relationship has ended', async () => {
    const id = await here.asked(...ALL);
    world.isReseller = false;
    world.now += 10 * 60_000;
    await yes(id);
    await here.work();
    expect(world.calls).toBe(0);
    expect(await here.removals.counts(id)).toMatchObject({ failed: 3 });
  });

  it('waits for its budget, and while nobody can sign in', async () => {
    const id = await here.asked(...ALL);
    world.paceMs = 30_000;
    await yes(id);
    const before = world.now;
    await here.work(before + 20_000);
    expect(world.calls).toBe(0);
    world.paceMs = 0;
    world.answers = [
      () => {
        throw new ServiceError('partner-center-sign-in', 'expired');
      },
    ];
    await here.work();
    expect(await stateOf(id)).toBe('done');
    expect(world.now - before).toBeGreaterThanOrEqual(30_000 + 5 * 60_000);
  });
});

describe('a crash', () => {
  /** Runs a whole removal, dying at point number `at`; returns whether it got that far. */
  async function runWithCrash(at: number): Promise<boolean> {
    await clear();
    world = aWorld(2);
    here = openRemovals(db, world);
    const id = await here.asked(pkid(0), pkid(1));
    await yes(id, SAM, '2');
    let passed = 0;
    let hasDied = false;
    world.point = () => {
      if (hasDied) return;
      passed += 1;
      if (passed !== at) return;
      hasDied = true;
      throw new Crash();
    };
    here = openRemovals(db, world);
    await here.work().catch((error: unknown) => {
      if (!(error instanceof Crash)) throw error;
    });
    here = openRemovals(db, world); // the next process: the job that was cut off is begun again
    await here.work();
    passed = Number.NaN; // looking at the outcome is no point to die at
    expect([...world.deleted].sort()).toEqual(['id-0', 'id-1']);
    expect(await stateOf(id)).toBe('done');
    expect(await notices()).toEqual(['removal.notice-remover sam', 'removal.notice-rep robin']);
    const ends = await db.query(`select 1 from audit where subject_id = $1 and action = 'removal.done'`, [id]);
    expect(ends).toHaveLength(1);
    return hasDied;
  }

  it('at any point loses no device, removes none twice and tells everybody once', async () => {
    let at = 1;
    while (await runWithCrash(at)) at += 1;
    expect(at).toBeGreaterThan(25);
    expect(await findBreak(db)).toBeUndefined();
  }, 240_000);

  it('of which the answer was lost besides changes nothing of that', async () => {
    for (const didIt of [true, false]) {
      await clear();
      world = aWorld(2);
      here = openRemovals(db, world);
      const id = await here.asked(pkid(0), pkid(1));
      await yes(id, SAM, '2');
      world.answers = [lost(didIt)];
      let isFirst = true;
      world.point = () => {
        if (!isFirst || world.calls < 2) return;
        isFirst = false;
        throw new Crash();
      };
      here = openRemovals(db, world);
      await here.work().catch(() => undefined);
      here = openRemovals(db, world);
      await here.work();
      expect([...world.deleted].sort()).toEqual(['id-0', 'id-1']);
      expect(await stateOf(id)).toBe('done');
    }
  });
});

const aRemovalCustomer = 'c0000000-0000-4000-8000-000000000002' as typeof ROBIN.tenantId;
