import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { noteShown } from '../../services/audit/shown.ts';
import type { Person, TenantId, UserId } from '../../services/identity.ts';
import { type Jobs, QUEUES, type QueueName } from '../../services/queue/ports.ts';
import { migrate } from '../../services/storage/migrations.ts';
import { MIGRATIONS } from '../../services/storage/schema/migrations.ts';
import { type AnyDatabase, databaseKinds, quietLog, type TestDatabase } from '../contracts/test-databases.ts';
import { createLocalPartnerCenter } from './local-partner-center.ts';
import { createMemoryChat } from './memory-chat.ts';
import { createWatch } from './points.ts';
import { directoryOf, PARTNER, startProcess } from './process.ts';
import { createRandom } from './random.ts';

const CONTENDERS = 32;
const TRIALS = 100;
const kinds = databaseKinds().filter(({ name }) => name !== 'embedded, on disk');

describe.each(kinds)('one decision ($name)', (kind) => {
  let test: TestDatabase;
  let databases: AnyDatabase[];

  beforeAll(async () => {
    test = await kind.create();
    await migrate(test.database, MIGRATIONS, quietLog);
    // On a server two processes have a pool of connections each; the embedded database takes one process only.
    databases = [test.database, kind.name === 'server' && test.reopen ? await test.reopen() : test.database];
  });
  afterAll(() => test.remove());

  it(`has exactly one outcome when ${CONTENDERS} answer and withdraw at once, ${TRIALS} times`, async () => {
    for (let trial = 0; trial < TRIALS; trial++) {
      const { reference, id, contenders } = await ask(databases, trial);
      const outcomes = await Promise.allSettled(contenders.map((contend) => contend(reference)));
      const won = outcomes.filter(({ status }) => status === 'fulfilled').length;
      const rows = await test.database.query(
        `select action from audit where subject_id = $1 and action in ('request.approved', 'request.declined', 'request.withdrawn')
         order by seq`,
        [id],
      );
      const [request] = await test.database.query('select state from requests where id = $1', [id]);
      // A withdrawal may follow an approval, which is still open; nothing follows the other two.
      expect(new Set(rows.map(({ action }) => action)).size).toBe(rows.length);
      expect(rows.filter(({ action }) => action !== 'request.withdrawn').length).toBeLessThanOrEqual(1);
      expect(`request.${request?.state}`).toBe(rows.at(-1)?.action);
      expect(won).toBeGreaterThan(0);
    }
  }, 200_000);
});

/** A fresh request, and what its contenders do: half of them in one process, half in the other. */
async function ask(databases: readonly AnyDatabase[], seed: number) {
  const tenantId = randomUUID() as TenantId;
  const customer = { tenantId, name: 'Contoso', domain: `c${seed}.example` };
  const clock = { ms: Date.now() };
  const tenant = { ...customer, defaultDomain: customer.domain };
  const partnerCenter = createLocalPartnerCenter({ clock, tenant });
  const robin: Person = { tenantId: PARTNER, userId: randomUUID() as UserId, name: 'Robin' };
  const bots = databases.map((db) => {
    const random = { ...createRandom(seed), id: () => randomUUID() as string };
    const chat = createMemoryChat(clock).port;
    const outside = { chat, partnerCenter, tenants: directoryOf([], customer), admin: robin };
    return startProcess({ db, jobs: NO_JOBS, ...outside, clock, random }, createWatch(new Map()));
  });
  const anna = { tenantId, userId: randomUUID() as UserId, name: 'Anna', signInName: 'anna@c.example' };
  const wish = { customer: customer.domain, approvers: anna.signInName, route: 'direct' } as const;
  const [first] = bots;
  if (!first) throw new Error('no bot');
  const { id, reference } = await first.relationships.send(wish, robin);
  const shown = async () => noteShown('en', ['May Northwind sell to you?']);
  const contenders = Array.from({ length: CONTENDERS }, (_, n) => {
    const { relationships } = bots[n % bots.length] ?? first;
    if (n % 8 === 7) return (key: string) => relationships.withdraw(key, robin);
    const decision = n % 3 === 0 ? 'decline' : 'approve';
    return (key: string) => relationships.answer(key, { decision, by: anna, shown });
  });
  return { id, reference, contenders };
}

const NO_JOBS: Jobs = {
  enqueue: async () => undefined,
  work: async () => undefined,
  counts: async () => Object.fromEntries(QUEUES.map((queue) => [queue, 0])) as Record<QueueName, number>,
  stop: async () => undefined,
};
