import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { whomToTell } from '../../../services/access/administrators.ts';
import { ServiceError } from '../../../services/errors.ts';
import type { TenantId, UserId } from '../../../services/identity.ts';
import { createSignInNotices } from '../../../services/login/sign-in-notices.ts';
import { findOpenTrouble } from '../../../services/login/sign-in-troubles.ts';
import { createSignInWatch } from '../../../services/login/sign-in-watch.ts';
import { signIn } from '../../../services/login/token-endpoint.ts';
import { savePerson } from '../../../services/people/people-store.ts';
import type { Job, Jobs } from '../../../services/queue/ports.ts';
import { migrate } from '../../../services/storage/migrations.ts';
import { MIGRATIONS } from '../../../services/storage/schema/migrations.ts';
import { inMemory, quietLog, type TestDatabase } from '../../contracts/test-databases.ts';

const PARTNER = '33333333-3333-4333-8333-333333333333' as TenantId;
const GROUPS = { rep: 'reps', admin: 'admins' };
const HOUR_MS = 3_600_000;

let test: TestDatabase;
let enqueued: Job[];
let clockMs: number;

beforeAll(async () => {
  test = await inMemory.create();
  await migrate(test.database, MIGRATIONS, quietLog);
});
afterAll(() => test.remove());
beforeEach(async () => {
  await test.database.query('truncate sign_in_troubles, messages, people, uploads, batches cascade');
  enqueued = [];
  clockMs = Date.parse('2026-11-21T09:00:00Z');
});

const now = () => new Date(clockMs);
const jobs: Jobs = {
  enqueue: async (_tx, more) => void enqueued.push(...more),
  work: async () => undefined,
  counts: () => Promise.reject(new Error('nobody counts here')),
  stop: async () => undefined,
};
const watch = () => createSignInWatch({ db: test.database, jobs, now, newId: randomUUID, log: quietLog });

/** People of the partner, each known by the groups they are in. */
async function install(people: Readonly<Record<string, readonly string[]>>): Promise<void> {
  for (const userId of Object.keys(people)) {
    const chat = { conversationId: `chat-${userId}`, serviceUrl: 'https://smba.example/' };
    const person = { tenantId: PARTNER, userId: userId as UserId, name: userId, installed: true, ...chat };
    await savePerson(test.database, person, now());
  }
}

function notices(people: Readonly<Record<string, readonly string[]>> | 'Entra is silent') {
  const groups = {
    memberOf: async (userId: string) => {
      if (people === 'Entra is silent') throw new ServiceError('graph-unavailable', 'no answer');
      return new Set(people[userId] ?? []);
    },
  };
  const parts = { db: test.database, groups, groupOf: GROUPS, partnerTenantId: PARTNER, log: quietLog };
  const ports = { db: test.database, jobs, now, newId: randomUUID, log: quietLog };
  return createSignInNotices({ ...ports, whomToTell: () => whomToTell(parts) });
}

const sent = async (role: string) => {
  const rows = await test.database.query(
    `select recipient->>'userId' as who from messages where role = $1 order by subject_id, recipient_key`,
    [role],
  );
  return rows.map(({ who }) => who);
};
const open = async () => {
  const trouble = await findOpenTrouble(test.database);
  if (!trouble) throw new Error('no trouble is open');
  return trouble;
};

describe('the watch over the sign-in', () => {
  it('notes one trouble and one job however many notice it at once', async () => {
    const both = [watch(), watch()];
    await Promise.all(
      Array.from({ length: 20 }, (_, n) => both[n % 2]?.failed('user', signIn('expired', 'over', { aadsts: 700082 }))),
    );
    expect(await test.database.query('select reason, aadsts from sign_in_troubles')).toEqual([
      { reason: 'expired', aadsts: 700082 },
    ]);
    const { id } = await open();
    expect(enqueued).toEqual([{ queue: 'sign-in', id, step: 1 }]);
    const audit = await test.database.query('select action from audit where subject_id = $1', [id]);
    expect(audit).toEqual([{ action: 'sign-in.parked' }]);
  });

  it('takes no notice of what passes by itself', async () => {
    await watch().failed('user', new ServiceError('partner-center-unavailable', 'login did not answer'));
    await watch().failed('user', new Error('anything'));
    expect(await findOpenTrouble(test.database)).toBeUndefined();
  });

  it('tells the administrators at once, reminds them after a day, and tells nobody twice', async () => {
    const people = { ada: ['admins'], rex: ['reps'], sam: [] };
    await install(people);
    await watch().failed('user', signIn('mfa', 'a second factor is asked for'));
    const { id } = await open();
    const { tell, remind } = notices(people);
    await Promise.all([tell(id, 1), tell(id, 1)]);
    await tell(id, 1);
    expect(await sent('sign-in.parked')).toEqual(['ada']);
    clockMs += 23 * HOUR_MS;
    await remind();
    expect(enqueued.filter(({ queue }) => queue === 'sign-in')).toHaveLength(1);
    clockMs += HOUR_MS;
    await remind();
    expect(enqueued.at(-1)).toEqual({ queue: 'sign-in', id, step: 2 });
    await tell(id, 2);
    expect(await sent('sign-in.parked')).toEqual(['ada', 'ada']);
    const told = await test.database.query(
      `select subject_id, urgent from messages where role = 'sign-in.parked' order by subject_id`,
    );
    expect(told, 'only the first one rings in quiet hours').toEqual([
      { subject_id: `${id}/1`, urgent: true },
      { subject_id: `${id}/2`, urgent: false },
    ]);
  });

  it('tells the reps where no administrator can be reached, and tries again where nobody can', async () => {
    const people = { rex: ['reps'], sam: [] };
    await watch().failed('user', signIn('revoked', 'no longer accepted'));
    const { id } = await open();
    const { tell, remind } = notices(people);
    await tell(id, 1);
    expect(await open()).toMatchObject({ notices: 0 });
    await install(people);
    await remind();
    expect(enqueued.at(-1)).toEqual({ queue: 'sign-in', id, step: 1 });
    await tell(id, 1);
    expect(await sent('sign-in.parked')).toEqual(['rex']);
  });

  it('tells those who have used the bot while Entra does not say who is what', async () => {
    await install({ rex: [], sam: [] });
    await aBatch({ by: 'rex' });
    await watch().failed('app', signIn('credential', 'the secret has expired'));
    const { id } = await open();
    await notices('Entra is silent').tell(id, 1);
    expect(await sent('sign-in.parked')).toEqual(['rex']);
  });

  it('ends a trouble once, wakes what was parked with a step of its own, and tells those who were told', async () => {
    const people = { ada: ['admins'], rex: ['reps'] };
    await install(people);
    await aBatch({ by: 'rex', problem: 'partner-center-sign-in', step: 7 });
    await watch().failed('user', signIn('expired', 'over'));
    const { id } = await open();
    await notices(people).tell(id, 1);
    clockMs += 1_000;
    await Promise.all([watch().worked('user', now()), watch().mended(), watch().worked('user', now())]);
    expect(await findOpenTrouble(test.database)).toBeUndefined();
    expect(await sent('sign-in.works')).toEqual(['ada']);
    expect(enqueued.filter(({ queue }) => queue === 'upload')).toEqual([{ queue: 'upload', id: 'u1', step: 8 }]);
    expect(await test.database.query('select step, problem from uploads')).toEqual([{ step: 8, problem: null }]);
    const audit = await test.database.query('select action from audit where subject_id = $1 order by seq', [id]);
    expect(audit.map(({ action }) => action)).toEqual(['sign-in.parked', 'sign-in.works']);
  });

  it('leaves alone what waits for another reason', async () => {
    await aBatch({ by: 'rex', problem: null, step: 3 });
    await watch().failed('user', signIn('expired', 'over'));
    await watch().mended();
    expect(enqueued.filter(({ queue }) => queue === 'upload')).toEqual([]);
  });

  it('does not take a token of before the trouble, or another kind of success, for its end', async () => {
    const before = now();
    clockMs += 1_000;
    await watch().failed('call', signIn('mfa', 'Partner Center refused the token'));
    clockMs += 1_000;
    await watch().worked('call', before);
    await watch().worked('user', now());
    await watch().worked('app', now());
    expect(await open()).toMatchObject({ noticedBy: 'call' });
    await watch().worked('call', now());
    expect(await findOpenTrouble(test.database)).toBeUndefined();
  });
});

/** A confirmed batch with one upload that has not been taken yet. */
async function aBatch({ by, problem = null, step = 0 }: { by: string; problem?: string | null; step?: number }) {
  await test.database.query(
    `insert into batches (id, customer_tenant_id, customer_name, customer_domain, name, requested_by, state, created_at,
       version) values ('b1', 'c', 'Contoso', 'contoso.example', 'Order', $1::jsonb, 'sending', now(), 1)`,
    [JSON.stringify({ tenantId: PARTNER, userId: by, name: by })],
  );
  await test.database.query(
    `insert into uploads (id, batch_id, number, request_id, correlation_id, state, attempts, step, problem)
     values ('u1', 'b1', 1, 'r', 'c', 'queued', 2, $1, $2)`,
    [step, problem],
  );
}
