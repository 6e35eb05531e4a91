import { z } from 'zod';
import type { BatchId } from '../identity.ts';
import type { Queryable, Row, Transaction } from '../storage/ports.ts';
import { count, text } from '../storage/rows.ts';
import { type ListProblem, PROBLEM_KINDS } from './device.ts';
import { removeRows } from './device-store.ts';

export async function insertProblems(
  tx: Transaction,
  id: BatchId,
  from: number,
  problems: readonly ListProblem[],
): Promise<void> {
  await tx.query(
    `insert into batch_problems (batch_id, position, source, row_number, kind, details)
     select $1, p.* from jsonb_to_recordset($2::jsonb) as p(position int, source text, row int, kind text, details jsonb)`,
    [id, JSON.stringify(problems.map((problem, index) => ({ position: from + index, ...problem })))],
  );
}

/** Takes problem rows out of a draft and closes the gaps they leave. */
export async function removeProblems(tx: Transaction, id: BatchId, positions: readonly number[]): Promise<void> {
  if (positions.length > 0) await removeRows(tx, 'batch_problems', id, positions);
}

export async function listProblems(
  db: Queryable,
  id: BatchId,
  page: { limit: number; offset: number },
): Promise<{ problems: readonly (ListProblem & { position: number })[]; total: number }> {
  const rows = await db.query(
    `select *, count(*) over () as total from batch_problems where batch_id = $1 order by position limit $2 offset $3`,
    [id, page.limit, page.offset],
  );
  return { problems: rows.map(parseProblem), total: Number(rows[0]?.total ?? 0) };
}

const problemRow = z.object({
  position: count,
  source: text,
  row_number: count,
  kind: z.enum(PROBLEM_KINDS),
  details: z.record(z.string(), z.union([z.string(), z.number()])),
});

function parseProblem(raw: Row): ListProblem & { position: number } {
  const { row_number: row, ...found } = problemRow.parse(raw);
  return { ...found, row };
}
