import { type ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { migrate } from '../../../services/storage/migrations.ts';
import { MIGRATIONS } from '../../../services/storage/schema/migrations.ts';
import { openServerDatabase, type ServerDatabase } from '../../../services/storage/server-database.ts';
import { quietLog } from '../../contracts/test-databases.ts';
import { ownDatabase } from '../kill/own-database.ts';
import { createRandom } from '../random.ts';
import { sharedServer } from './server.ts';

const PROCESSES = 2;
const CONTENDERS = 32;
const TRIALS = Number(process.env.RACES ?? 100);
const url = sharedServer();

describe.runIf(url)('one decision in two processes', () => {
  let db: ServerDatabase;
  let processes: ChildProcess[];

  beforeAll(async () => {
    const own = await ownDatabase(url ?? '');
    db = openServerDatabase({ url: own, log: quietLog });
    await migrate(db, MIGRATIONS, quietLog);
    const tenant = randomUUID();
    processes = [];
    // One after the other: the first makes the job engine's tables.
    for (let n = 0; n < PROCESSES; n++) {
      const child = fork('dist/test/faults/machines/programs/contender.js', [own, tenant], {
        execArgv: ['--disable-warning=ExperimentalWarning'],
      });
      await once(child, 'message');
      processes.push(child);
    }
  });
  afterAll(async () => {
    for (const child of processes ?? []) {
      child.send({ stop: true });
      await once(child, 'exit');
    }
    await db?.close();
  });

  it(`has one outcome, one audit row and one set of effects when ${CONTENDERS} contend, ${TRIALS} times`, async () => {
    const random = createRandom(42);
    const outcomes: Record<string, number> = {};
    for (let trial = 0; trial < TRIALS; trial++) {
      const { id, reference } = asked.parse(await tell(processes[trial % PROCESSES], { ask: trial }));
      const withWithdrawals = trial % 2 === 1;
      const answers = await Promise.all(
        processes.map((child) => tell(child, { reference, contenders: mixed(random.int, withWithdrawals) })),
      );
      const won = answers.map((answer) => contended.parse(answer).won).reduce((sum, one) => sum + one, 0);
      const { state, actions, jobs, wanted, notices } = await whatIsStored(id);
      const decided = actions.filter((action) => action === 'request.approved' || action === 'request.declined');
      expect(won).toBeGreaterThan(0);
      expect(decided.length).toBeLessThanOrEqual(1);
      expect(new Set(actions).size).toBe(actions.length);
      expect(actions.at(-1)).toBe(`request.${state}`);
      if (!withWithdrawals) expect(decided).toHaveLength(1);
      expect(jobs).toBe(wanted); // each change of a card was asked for once, and each has its one job
      expect(notices).toBe(state === 'declined' ? 1 : 0);
      outcomes[state] = (outcomes[state] ?? 0) + 1;
      await db.query(`update requests set state = 'withdrawn' where id = $1`, [id]); // room for the next one
    }
    expect(Object.keys(outcomes).length).toBeGreaterThan(1);
  }, 1_200_000);

  async function whatIsStored(id: string) {
    const audit = await db.query('select action from audit where subject_id = $1 order by seq', [id]);
    const [request] = await db.query('select state from requests where id = $1', [id]);
    const [messages] = await db.query(
      `select coalesce(sum(wanted), 0)::integer as wanted,
         count(*) filter (where role = 'request.notice-rep')::integer as notices,
         (select count(*)::integer from pgboss.job j where j.name = 'deliver'
            and j.data->>'id' in (select id from messages where subject_id = $1)) as jobs,
         coalesce(sum(wanted) filter (where state = 'waiting'), 0)::integer as asleep
       from messages where subject_id = $1`,
      [id],
    );
    return {
      state: String(request?.state),
      actions: audit.map(({ action }) => String(action)),
      notices: Number(messages?.notices),
      jobs: Number(messages?.jobs),
      wanted: Number(messages?.wanted) - Number(messages?.asleep),
    };
  }
});

const asked = z.object({ id: z.string(), reference: z.string() });
const contended = z.object({ won: z.number() });

async function tell(child: ChildProcess | undefined, order: object): Promise<unknown> {
  if (!child) throw new Error('no process');
  child.send(order);
  const [answer] = await once(child, 'message');
  return answer;
}

/** Half of the contenders, in an order of their own. */
function mixed(int: (below: number) => number, withWithdrawals: boolean): readonly string[] {
  const kinds = withWithdrawals ? ['approve', 'decline', 'withdraw'] : ['approve', 'decline'];
  return Array.from({ length: CONTENDERS / PROCESSES }, () => kinds[int(kinds.length)] ?? 'approve');
}
