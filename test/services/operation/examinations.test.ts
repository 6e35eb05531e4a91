import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Person, TenantId, UserId } from '../../../services/identity.ts';
import {
  createExaminations,
  findExamination,
  forgetExaminationsBefore,
} from '../../../services/operation/examinations.ts';
import { type Finding, ok, problem } from '../../../services/operation/finding.ts';
import type { Job, Jobs } from '../../../services/queue/ports.ts';
import { migrate } from '../../../services/storage/migrations.ts';
import type { Database } from '../../../services/storage/ports.ts';
import { MIGRATIONS } from '../../../services/storage/schema/migrations.ts';
import { inMemory, quietLog, type TestDatabase } from '../../contracts/test-databases.ts';

const ADA: Person = { tenantId: 'partner' as TenantId, userId: 'ada' as UserId, name: 'Ada' };
const FINDINGS: readonly Finding[] = [
  ok('database', 'database-current'),
  problem('webhook', 'webhook-elsewhere', 'webhook-other', { url: 'https://a.example', wanted: 'https://b.example' }),
];
const AT = new Date('2026-11-21T09:00:00Z');

let test: TestDatabase;
let db: Database;
let enqueued: Job[];
let looked: number;

beforeAll(async () => {
  test = await inMemory.create();
  db = test.database;
  await migrate(db, MIGRATIONS, quietLog);
});
beforeEach(async () => {
  await db.query('delete from examinations');
  await db.query('delete from messages');
  enqueued = [];
  looked = 0;
});
afterAll(() => test?.remove());

function examinations(examine: () => Promise<readonly Finding[]> = async () => FINDINGS) {
  const jobs: Pick<Jobs, 'enqueue'> = { enqueue: async (_tx, added) => void enqueued.push(...added) };
  return createExaminations({
    db,
    jobs: jobs as Jobs,
    examine: () => {
      looked += 1;
      return examine();
    },
    now: () => AT,
    newId: randomUUID,
  });
}

const begun = () => enqueued.find(({ queue }) => queue === 'examination')?.id ?? '';
const wanted = async () => (await db.query('select subject_id, role, wanted from messages')).map((row) => ({ ...row }));

describe('an examination that an administrator asks for', () => {
  it('is a card and a job at once, and shows that it is under way', async () => {
    await examinations().begin(ADA);
    expect(await wanted()).toEqual([{ subject_id: begun(), role: 'examination', wanted: 1 }]);
    const examination = await findExamination(db, begun());
    expect(examination).toMatchObject({ askedBy: ADA, askedAt: AT });
    expect([examination?.endedAt, examination?.findings]).toEqual([undefined, undefined]);
    expect(looked).toBe(0);
  });

  it('keeps what was found and wants the same card brought up to date', async () => {
    await examinations().begin(ADA);
    await examinations().run(begun());
    expect(await findExamination(db, begun())).toMatchObject({ endedAt: AT, findings: FINDINGS });
    expect(await wanted()).toEqual([{ subject_id: begun(), role: 'examination', wanted: 2 }]);
  });

  it('is looked at again by a job that was cut off, and not by one that is delivered twice', async () => {
    await examinations().begin(ADA);
    await expect(examinations(() => Promise.reject(new Error('the database is gone'))).run(begun())).rejects.toThrow();
    await examinations().run(begun());
    await examinations().run(begun());
    expect(looked).toBe(2);
    expect(await wanted()).toMatchObject([{ wanted: 2 }]);
    await examinations().run('one that nobody asked for');
    expect(looked).toBe(2);
  });

  it('shows nothing of what a newer version found, rather than something wrong', async () => {
    await examinations(async () => FINDINGS).begin(ADA);
    const newer = JSON.stringify([{ check: 'moon', outcome: 'ok', found: 'full', values: {} }]);
    await db.query('update examinations set ended_at = $1, findings = $2::jsonb', [AT, newer]);
    expect(await findExamination(db, begun())).toMatchObject({ endedAt: AT, findings: undefined });
  });

  it('is forgotten after a while', async () => {
    await examinations().begin(ADA);
    expect(await forgetExaminationsBefore(db, AT)).toBe(0);
    expect(await forgetExaminationsBefore(db, new Date(AT.getTime() + 1))).toBe(1);
    expect(await findExamination(db, begun())).toBeUndefined();
  });
});
