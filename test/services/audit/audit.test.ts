import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { runAudit } from '../../../bot/audit/command.ts';
import { type AuditEntry, entriesOf, findBreak, findHead, holds, record } from '../../../services/audit/audit.ts';
import { gatherEvidence } from '../../../services/audit/evidence.ts';
import { evidencePage } from '../../../services/audit/evidence-page.ts';
import { noteShown } from '../../../services/audit/shown.ts';
import { saveCustomer } from '../../../services/customers/customer-store.ts';
import type { TenantId, UserId } from '../../../services/identity.ts';
import { migrate } from '../../../services/storage/migrations.ts';
import type { Database } from '../../../services/storage/ports.ts';
import { MIGRATIONS } from '../../../services/storage/schema/migrations.ts';
import { inMemory, quietLog, type TestDatabase } from '../../contracts/test-databases.ts';

const CONTOSO = 'c0000000-0000-4000-8000-000000000001' as TenantId;
const FABRIKAM = 'c0000000-0000-4000-8000-000000000002' as TenantId;
const AT = new Date('2026-11-21T09:00:00.123Z');
const anna = { tenantId: CONTOSO, userId: 'anna' as UserId, name: 'Anna <b>Andersson</b>' };

let test: TestDatabase;
let db: Database;

beforeAll(async () => {
  test = await inMemory.create();
  db = test.database;
  await migrate(db, MIGRATIONS, quietLog);
});

beforeEach(() => alter('truncate audit; delete from customers'));
afterAll(() => test?.remove());

function anEntry(changes: Partial<AuditEntry> = {}): AuditEntry {
  const subject = { kind: 'request', id: 'q1' } as const;
  return { at: AT, actor: anna, action: 'request.approved', subject, customerTenantId: CONTOSO, ...changes };
}

async function write(...entries: readonly AuditEntry[]): Promise<void> {
  for (const entry of entries) await db.transaction((tx) => record(tx, entry));
}

/** As somebody with the rights of the database's owner would do it. */
async function alter(sql: string): Promise<void> {
  await db.query(`alter table audit disable trigger user; ${sql}; alter table audit enable trigger user`);
}

describe('the chain', () => {
  beforeEach(() =>
    write(anEntry(), anEntry({ action: 'request.active', actor: undefined }), anEntry({ customerTenantId: FABRIKAM })),
  );

  it('holds as it is written', async () => {
    expect(await findBreak(db)).toBeUndefined();
    expect(await findHead(db)).toMatchObject({ seq: 3, hash: expect.stringMatching(/^[0-9a-f]{64}$/) });
  });

  it.each([
    ['who', `update audit set actor = '{"name":"Somebody else"}' where seq = 2`, 2],
    ['when', `update audit set at = at + interval '1 microsecond' where seq = 1`, 1],
    ['what', `update audit set action = 'request.declined' where seq = 3`, 3],
    ['about what', `update audit set subject_id = 'q2' where seq = 1`, 1],
    ['whose', `update audit set customer_tenant_id = null where seq = 2`, 2],
    ['the details', `update audit set details = '{"link":"x"}' where seq = 2`, 2],
    ['an entry in the middle', `delete from audit where seq = 2`, 3],
    ['the first entry', `delete from audit where seq = 1`, 2],
    ['the order', `update audit set seq = 9 where seq = 2`, 3],
  ])('shows where %s was altered', async (_what, sql, entry) => {
    await alter(sql);
    expect(await findBreak(db)).toBe(entry);
  });

  it('shows with a head noted elsewhere that its end was cut off or written anew', async () => {
    const head = await findHead(db);
    if (!head) throw new Error('no head');
    expect(await holds(db, head)).toBe(true);
    await alter('delete from audit where seq = 3');
    expect(await findBreak(db)).toBeUndefined();
    expect(await holds(db, head)).toBe(false);
    await write(anEntry({ action: 'request.declined' }));
    expect(await findBreak(db)).toBeUndefined();
    expect(await holds(db, head)).toBe(false);
  });

  it.each([`update audit set action = 'x' where seq = 1`, 'delete from audit where seq = 3', 'truncate audit'])(
    'is append-only for the bot: %s',
    async (sql) => {
      await expect(db.query(sql)).rejects.toThrow('append-only');
    },
  );

  it('gives a customer’s entries and no other’s', async () => {
    expect((await entriesOf(db, CONTOSO)).map(({ seq }) => seq)).toEqual([1, 2]);
    expect((await entriesOf(db, FABRIKAM)).map(({ seq }) => seq)).toEqual([3]);
  });
});

describe('what was shown', () => {
  it('has the same hash for the same words only', () => {
    const { sha256 } = noteShown('en', ['Approve?', 'No rights']);
    expect(noteShown('en', ['Approve?', 'No rights'], '7').sha256).toBe(sha256);
    expect(noteShown('sv', ['Approve?', 'No rights']).sha256).not.toBe(sha256);
    expect(noteShown('en', ['Approve?No rights']).sha256).not.toBe(sha256);
    expect(noteShown('en', ['Approve?', 'No', 'rights']).sha256).not.toBe(sha256);
  });
});

describe('the evidence', () => {
  const shown = noteShown('en', ['May we sell to you?', '<img src=x onerror=alert(1)> \u202Eevil'], 'act-1');

  beforeEach(async () => {
    await saveCustomer(
      db,
      { tenantId: CONTOSO, name: 'Contoso & Co', domain: 'contoso.example', isReseller: true },
      AT,
    );
    await write(anEntry({ details: { link: 'https://admin.microsoft.com/x?a=1&b=2', shown } }));
  });

  it.each([CONTOSO, CONTOSO.toUpperCase(), 'contoso.EXAMPLE', ' contoso & co '])('is found by %s', async (name) => {
    const pack = await gatherEvidence(db, name, AT);
    expect(pack).toMatchObject({ customer: { tenantId: CONTOSO }, entries: [{ seq: 1, actor: anna }] });
  });

  it('of somebody we do not know is none', async () => {
    expect(await gatherEvidence(db, 'fabrikam.example', AT)).toBeUndefined();
    expect(await gatherEvidence(db, '%', AT)).toBeUndefined();
  });

  it('names who acted by the HTTP API and not in Teams', async () => {
    await write(anEntry({ action: 'batch.confirmed', actor: { ...anna, name: 'Robin', via: 'http-api' } }));
    const pack = await gatherEvidence(db, CONTOSO, AT);
    expect(evidencePage(pack as NonNullable<typeof pack>)).toContain('Robin, by HTTP API');
  });

  it('reads as who, what, when, and in which words, and runs nothing', async () => {
    const pack = await gatherEvidence(db, CONTOSO, AT);
    const page = evidencePage(pack as NonNullable<typeof pack>);
    for (const part of [
      'Contoso &#38; Co',
      'The request was approved',
      '2026-11-21 09:00:00.123 UTC',
      'anna',
      'May we sell',
      shown.sha256,
      'act-1',
    ])
      expect(page.includes(part) || JSON.stringify(pack).includes(part), part).toBe(true);
    expect(page).toContain('Anna &#60;b&#62;Andersson');
    expect(page).toContain('https://admin.microsoft.com/x?a=1&#38;b=2');
    expect(page).toContain('[U+202E]evil');
    expect(page).not.toMatch(/<(?:img|b|script|a|link|iframe)\b|\u202E/);
    expect(page).toContain('Whole: no entry was altered');
  });

  it('says so when the chain is broken', async () => {
    await alter(`update audit set action = 'request.declined'`);
    const pack = await gatherEvidence(db, CONTOSO, AT);
    expect(pack?.chain.firstBroken).toBe(1);
    expect(evidencePage(pack as NonNullable<typeof pack>)).toContain('BROKEN at entry 1');
  });
});

describe('npm run audit', () => {
  let folder: string;
  let out: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tarmac-audit-'));
    out = '';
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const run = (...args: readonly string[]) =>
    runAudit(args, {
      withDatabase: (work) => work(db),
      write: (text) => {
        out += text;
      },
      now: () => AT,
    });

  it.each([[[]], [['verify', 'x']], [['verify', '--head', '7']], [['verify', '--head']], [['export']], [['delete']]])(
    'explains itself when called with %j',
    async (args) => {
      expect(await run(...args)).toBe(2);
      expect(out).toContain('npm run audit -- verify');
    },
  );

  it('verifies an audit with and without a noted head', async () => {
    expect(await run('verify')).toBe(0);
    expect(out).toBe('whole: no entries yet\n');
    await write(anEntry(), anEntry());
    out = '';
    expect(await run('verify')).toBe(0);
    const [, head = ''] = /^whole: 2 entries, head (2:[0-9a-f]{64})\n$/.exec(out) ?? [];
    expect(await run('verify', '--head', head)).toBe(0);
    expect(await run('verify', '--head', `2:${'0'.repeat(64)}`)).toBe(1);
    expect(out).toContain('BROKEN: entry 2 is not the one that was noted');
  });

  it('names the first entry that was altered', async () => {
    await write(anEntry(), anEntry(), anEntry());
    await alter(`update audit set details = '{"x":1}' where seq > 1`);
    expect(await run('verify')).toBe(1);
    expect(out).toContain('BROKEN: entry 2,');
  });

  it('names rows that do not say what was recorded of them', async () => {
    await write(anEntry());
    const row = `insert into batches (id, customer_tenant_id, customer_name, customer_domain, name, requested_by, state,
      created_at, version) values ('b1', $1, 'C', 'c', 'x', '{}', 'done', now(), 1)`;
    await db.query(row, [CONTOSO]);
    expect(await run('verify')).toBe(1);
    expect(out).toContain(`CONTRADICTED: batch b1 says "batch.done ${CONTOSO}", recorded was "nothing"`);
    await db.query('delete from batches');
    expect(await run('verify')).toBe(0);
  });

  it('writes the evidence as JSON and as a page', async () => {
    await saveCustomer(db, { tenantId: CONTOSO, name: 'Contoso', domain: 'contoso.example', isReseller: true }, AT);
    await write(anEntry());
    const target = join(folder, 'new', 'folder');
    expect(await run('export', 'contoso.example', '--out', target)).toBe(0);
    const json = JSON.parse(readFileSync(join(target, `evidence-${CONTOSO}.json`), 'utf8'));
    expect(json).toMatchObject({ format: 'tarmac-evidence-1', entries: [{ action: 'request.approved' }] });
    expect(readFileSync(join(target, `evidence-${CONTOSO}.html`), 'utf8')).toContain('The request was approved');
    await alter(`update audit set action = 'x'`);
    expect(await run('export', 'Contoso', '--out', target)).toBe(1);
    expect(await run('export', 'nobody', '--out', target)).toBe(1);
    expect(out).toContain('No customer of that');
  });
});
