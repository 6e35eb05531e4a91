import { z } from 'zod';
import type { Person } from '../identity.ts';
import { createOutbox } from '../messages/message-store.ts';
import type { Jobs } from '../queue/ports.ts';
import type { Database, Queryable, Row } from '../storage/ports.ts';
import { moment, optionalMoment, person, text } from '../storage/rows.ts';
import { type Finding, findingsColumn } from './finding.ts';

/** An examination of the installation that somebody asked for in the chat. */
export type Examination = Readonly<{
  id: string;
  askedBy: Person;
  askedAt: Date;
  endedAt?: Date;
  /** Absent while it is under way, and where a newer version found what we have no words for. */
  findings?: readonly Finding[];
}>;

export type ExaminationPorts = Readonly<{
  db: Database;
  jobs: Jobs;
  /** Looks at everything; what fails is a finding. */
  examine: () => Promise<readonly Finding[]>;
  now: () => Date;
  newId: () => string;
}>;

/** Examining takes up to some minutes, so it is a job: its card says at once that it is under way, and then what was found. */
export function createExaminations({ db, jobs, examine, now, newId }: ExaminationPorts) {
  return {
    /** Begins one and wants its card in the person's own chat. */
    async begin(by: Person): Promise<void> {
      const id = newId();
      const { tenantId, userId, name } = by;
      await db.transaction(async (tx) => {
        await tx.query('insert into examinations (id, asked_by, asked_at) values ($1, $2::jsonb, $3)', [
          id,
          JSON.stringify({ tenantId, userId, name }),
          now(),
        ]);
        const recipient = { kind: 'person', tenantId, userId } as const;
        await createOutbox(tx, jobs, newId).want({ kind: 'examination', id }, 'examination', recipient);
        await jobs.enqueue(tx, [{ queue: 'examination', id, step: 1 }]);
      });
    },

    /** The job: begun again after a crash it looks again, and once it has ended it does nothing. */
    async run(id: string): Promise<void> {
      const examination = await findExamination(db, id);
      if (!examination || examination.endedAt) return;
      const findings = await examine();
      const { tenantId, userId } = examination.askedBy;
      await db.transaction(async (tx) => {
        await tx.query('update examinations set ended_at = $2, findings = $3::jsonb where id = $1', [
          id,
          now(),
          JSON.stringify(findings),
        ]);
        const recipient = { kind: 'person', tenantId, userId } as const;
        await createOutbox(tx, jobs, newId).want({ kind: 'examination', id }, 'examination', recipient);
      });
    },
  };
}

export type Examinations = ReturnType<typeof createExaminations>;

export async function findExamination(db: Queryable, id: string): Promise<Examination | undefined> {
  const [found] = await db.query('select * from examinations where id = $1', [id]);
  return found && parse(found);
}

/** Findings name customers: who wants to know asks again. Returns how many were forgotten. */
export async function forgetExaminationsBefore(db: Queryable, before: Date): Promise<number> {
  return (await db.query('delete from examinations where asked_at < $1 returning id', [before])).length;
}

const row = z.object({
  id: text,
  asked_by: person,
  asked_at: moment,
  ended_at: optionalMoment,
  findings: z.unknown().optional(),
});

function parse(raw: Row): Examination {
  const found = row.parse(raw);
  return {
    id: found.id,
    askedBy: found.asked_by,
    askedAt: found.asked_at,
    endedAt: found.ended_at,
    findings: findingsColumn.safeParse(found.findings).data,
  };
}
