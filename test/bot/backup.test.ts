import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runBackup } from '../../bot/backup/command.ts';
import { record } from '../../services/audit/audit.ts';
import { openEmbeddedDatabase } from '../../services/storage/embedded-database.ts';
import type { Database } from '../../services/storage/ports.ts';
import { quietLog, startedTemplate } from '../contracts/templates.ts';

let home: string;
let dataDir: string;
let written: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'tarmac-backup-'));
  dataDir = join(home, 'data');
  written = '';
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const now = () => new Date('2026-11-21T12:00:00Z');
function write(text: string): void {
  written += text;
}

const run = (...args: string[]) => runBackup(args, { database: { dataDir }, write, now, log: quietLog });

async function openData(): Promise<Database> {
  if (!existsSync(dataDir)) cpSync(await startedTemplate(), dataDir, { recursive: true });
  return openEmbeddedDatabase({ dataDir, log: quietLog });
}

async function withDatabase<T>(work: (db: Database) => Promise<T>): Promise<T> {
  const db = await openData();
  return work(db).finally(() => db.close());
}

async function aBatch(db: Database, name: string, state: string): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.query(
      `insert into batches (id, customer_tenant_id, customer_name, customer_domain, name, requested_by, state, created_at,
         version) values ($1, 'c', 'Contoso', 'contoso.example', $1, '{}'::jsonb, 'sending', now(), 1)`,
      [name],
    );
    await tx.query(
      `insert into uploads (id, batch_id, number, request_id, correlation_id, state) values ($1, $1, 1, $1, $1, $2)`,
      [name, state],
    );
    await record(tx, { at: now(), action: 'batch.confirmed', subject: { kind: 'batch', id: name } });
  });
}

const uploads = (db: Database) => db.query('select id, state, first_sent_at from uploads order by id');

describe('npm run backup and npm run restore', () => {
  it('puts back what was copied, keeps what was there, and goes on from it', async () => {
    await withDatabase(async (db) => {
      await aBatch(db, 'accepted', 'accepted');
      await aBatch(db, 'queued', 'queued');
    });
    expect(await run('backup', join(home, 'copy'))).toBe(0);
    await withDatabase((db) => aBatch(db, 'later', 'queued'));
    expect(await run('restore', join(home, 'copy'))).toBe(0);
    expect(written).toMatch(/as it was at 2026-11-21T12:00.*audit holds; it ends at 2.*1 batches are looked for/s);
    await withDatabase(async (db) => {
      // What a backup holds for unsent may have been sent since: it is looked for first.
      expect(await uploads(db)).toMatchObject([
        { id: 'accepted', state: 'accepted', first_sent_at: null },
        { id: 'queued', state: 'reconciling', first_sent_at: now() },
      ]);
      await aBatch(db, 'goes on', 'queued');
    });
    const aside = readdirSync(dataDir).filter((name) => name.startsWith('postgres.before-'));
    expect(aside).toHaveLength(1);
  });

  it('refuses while the bot has the database, and changes nothing', async () => {
    const db = await openData();
    await expect(run('backup', join(home, 'copy'))).rejects.toThrow(/is in use by process/);
    expect(existsSync(join(home, 'copy'))).toBe(false);
    await db.close();
  });

  it('refuses what is no whole backup, an existing folder, and an empty one, with a sentence', async () => {
    await expect(run('restore', home)).rejects.toThrow(/holds no whole backup/);
    await expect(run('backup', home)).rejects.toThrow(/exists already/);
    await expect(run('backup', join(home, 'copy'))).rejects.toThrow(/There is no database in/);
    expect(await run('backup')).toBe(2);
    expect(written).toMatch(/npm run backup -- FOLDER/);
  });

  it('names PostgreSQL’s own tools where the data is on a server', async () => {
    const database = { url: 'postgres://tarmac@127.0.0.1:1/tarmac', dataDir };
    expect(await runBackup(['backup', 'x'], { database, write, now, log: quietLog })).toBe(2);
    expect(written).toMatch(/pg_dump --format=custom/);
  });
});
