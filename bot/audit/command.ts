import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type ChainHead, findBreak, findHead, holds } from '../../services/audit/audit.ts';
import { gatherEvidence } from '../../services/audit/evidence.ts';
import { evidencePage } from '../../services/audit/evidence-page.ts';
import { findContradictions } from '../../services/audit/witness.ts';
import type { Database } from '../../services/storage/ports.ts';

const USAGE = `Checks and hands out what Tarmac recorded. Stop the bot first when it uses the embedded database.

  npm run audit -- verify [--head SEQ:HASH]      tells whether anything was altered, removed or put in later,
                                                 and which rows do not say what was recorded of them;
                                                 with a head noted earlier also whether the end was cut off
  npm run audit -- export CUSTOMER [--out DIR]   writes the evidence about a customer (tenant ID, domain or name)
                                                 as JSON and as a page to read

Ends with 0 when all is well, 1 when the chain is broken, a row contradicts it or the customer is not known, 2 when it was called wrongly.
`;

/** So many contradictions are named. */
const MAX_NAMED = 1_000;

export type ExitCode = 0 | 1 | 2;

export type AuditParts = Readonly<{
  /** Opens the database for the time of `work`. */
  withDatabase: (work: (db: Database) => Promise<ExitCode>) => Promise<ExitCode>;
  write: (text: string) => void;
  now: () => Date;
}>;

/** Runs `verify` or `export` and tells with which code the process ends. */
export async function runAudit(args: readonly string[], parts: AuditParts): Promise<ExitCode> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { head: { type: 'string' }, out: { type: 'string', default: '.' } },
    allowPositionals: true,
    strict: false,
  });
  const [command, ...names] = positionals;
  const head = typeof values.head === 'string' ? parseHead(values.head) : undefined;
  if (command === 'verify' && names.length === 0 && (head || values.head === undefined)) {
    return parts.withDatabase((db) => verify(db, head, parts));
  }
  if (command === 'export' && names.length > 0 && typeof values.out === 'string') {
    const wish = { customer: names.join(' '), folder: values.out };
    return parts.withDatabase((db) => exportEvidence(db, wish, parts));
  }
  parts.write(USAGE);
  return 2;
}

async function verify(db: Database, noted: ChainHead | undefined, { write }: AuditParts): Promise<ExitCode> {
  const broken = await findBreak(db);
  if (broken !== undefined) {
    write(`BROKEN: entry ${broken}, or the one before it, was altered, removed or put in later.\n`);
    return 1;
  }
  if (noted && !(await holds(db, noted))) {
    write(`BROKEN: entry ${noted.seq} is not the one that was noted: the end was cut off or rewritten.\n`);
    return 1;
  }
  const contradictions = await findContradictions(db, MAX_NAMED);
  for (const { kind, id, found, recorded } of contradictions) {
    write(`CONTRADICTED: ${kind} ${id} says "${found}", recorded was "${recorded || 'nothing'}"\n`);
  }
  if (contradictions.length > 0) return 1;
  const head = await findHead(db);
  write(head ? `whole: ${head.seq} entries, head ${head.seq}:${head.hash}\n` : 'whole: no entries yet\n');
  return 0;
}

async function exportEvidence(
  db: Database,
  { customer, folder }: Readonly<{ customer: string; folder: string }>,
  { write, now }: AuditParts,
): Promise<ExitCode> {
  const pack = await gatherEvidence(db, customer, now());
  if (!pack) {
    write('No customer of that tenant ID, domain or name is known.\n');
    return 1;
  }
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `evidence-${pack.customer.tenantId}`);
  writeFileSync(`${path}.json`, `${JSON.stringify(pack, undefined, 2)}\n`);
  writeFileSync(`${path}.html`, evidencePage(pack));
  write(`${pack.entries.length} entries written to ${path}.json and ${path}.html\n`);
  return pack.chain.firstBroken === undefined ? 0 : 1;
}

function parseHead(text: string): ChainHead | undefined {
  const [, seq, hash] = /^(\d{1,15}):([0-9a-f]{64})$/.exec(text) ?? [];
  return seq && hash ? { seq: Number(seq), hash } : undefined;
}
