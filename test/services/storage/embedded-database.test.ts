import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DataDirInUse, lockDataDir } from '../../../services/storage/data-dir-lock.ts';
import { openEmbeddedDatabase } from '../../../services/storage/embedded-database.ts';
import { compileProgram, kill, nextMessage, type Program } from '../../contracts/child-process.ts';
import { onDisk, quietLog } from '../../contracts/test-databases.ts';

describe('the embedded database on disk', () => {
  it('forces every commit to the disk before it says so', async () => {
    const { database, remove } = await onDisk.create();
    if (database.mode !== 'embedded') throw new Error('not embedded');
    await database.query('CREATE TABLE thing (name text)');
    const before = database.syncs();
    for (let round = 0; round < 20; round++) await database.query('INSERT INTO thing VALUES ($1)', ['x']);
    expect(database.syncs() - before).toBeGreaterThanOrEqual(20);
    const [settings] = await database.query(
      `SELECT current_setting('fsync') AS fsync, current_setting('wal_sync_method') AS method,
              current_setting('synchronous_commit') AS commits, current_setting('full_page_writes') AS pages`,
    );
    expect(settings).toEqual({ fsync: 'on', method: 'fsync', commits: 'on', pages: 'on' });
    await remove();
  });

  it('keeps what was committed', async () => {
    const test = await onDisk.create();
    await test.database.query(`CREATE TABLE thing (name text); INSERT INTO thing VALUES ('kept')`);
    const again = await test.reopen?.();
    expect(await again?.query('SELECT name FROM thing')).toEqual([{ name: 'kept' }]);
    await test.remove();
  });

  it('begins again when it died while it was being made', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'tarmac-test-'));
    const cradle = join(dataDir, 'postgres.new');
    cpSync('services', cradle, { recursive: true }); // anything that is no whole database
    writeFileSync(join(cradle, 'PG_VERSION'), '18');
    const database = await openEmbeddedDatabase({ dataDir, log: quietLog });
    expect(await database.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await database.close();
    expect(existsSync(cradle)).toBe(false);
    rmSync(dataDir, { recursive: true });
  });

  it('says so when it is used after it was closed', async () => {
    const { database, remove } = await onDisk.create();
    await remove();
    await expect(database.query('SELECT 1')).rejects.toThrow('the database is closed');
  });
});

describe('the lock of the data folder', () => {
  let dataDir: string;
  let program: Program;
  beforeAll(() => {
    program = compileProgram(new URL('./children/hold-lock.ts', import.meta.url));
  });
  afterAll(() => program.remove());
  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'tarmac-lock-'));
  });
  afterEach(() => rmSync(dataDir, { recursive: true, force: true }));
  const write = (number: number, content: unknown) =>
    writeFileSync(join(dataDir, `lock.${number}`), typeof content === 'string' ? content : JSON.stringify(content));

  it('refuses a second owner with a sentence that names folder and process', async () => {
    const lock = await lockDataDir(dataDir, quietLog);
    const refusal = await lockDataDir(dataDir, quietLog).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(DataDirInUse);
    expect(String(refusal)).toContain(`${dataDir} is in use by process ${process.pid}.`);
    lock.release();
    (await lockDataDir(dataDir, quietLog)).release();
  });

  it('refuses while another process lives, and takes over at once when that was killed', async () => {
    const child = program.start(dataDir);
    expect(await nextMessage(child)).toBe('locked');
    await expect(lockDataDir(dataDir, quietLog)).rejects.toThrow(`in use by process ${child.pid}`);
    await kill(child);
    const began = Date.now();
    (await lockDataDir(dataDir, quietLog)).release();
    expect(Date.now() - began).toBeLessThan(1_000);
  });

  it('lets exactly one of several processes take over a dead lock', async () => {
    const dead = program.start(dataDir);
    await nextMessage(dead);
    await kill(dead);
    const heirs = Array.from({ length: 4 }, () => program.start(dataDir));
    const answers = await Promise.all(heirs.map(nextMessage));
    await Promise.all(heirs.map(kill));
    expect(answers.sort()).toEqual(['DataDirInUse', 'DataDirInUse', 'DataDirInUse', 'locked']);
  });

  it('does not take a process for the owner because it was given the same number later', async () => {
    write(7, { ...(await ownOwner(dataDir)), startedAt: 'long ago' });
    (await lockDataDir(dataDir, quietLog)).release();
  });

  it('watches a lock from elsewhere, and takes it over when nobody touches it', async () => {
    write(3, { pid: 1, startedAt: '5', place: 'another container', host: 'elsewhere' });
    const began = Date.now();
    (await lockDataDir(dataDir, quietLog, 600)).release();
    expect(Date.now() - began).toBeGreaterThanOrEqual(600);
  });

  it('leaves a lock from elsewhere alone while its owner touches it', async () => {
    const elsewhere = { pid: 1, startedAt: '5', place: 'another container', host: 'elsewhere' };
    write(3, elsewhere);
    const heartbeat = setInterval(() => write(3, elsewhere), 300);
    await expect(lockDataDir(dataDir, quietLog)).rejects.toThrow('process 1 on elsewhere');
    clearInterval(heartbeat);
  });
});

/** What this process writes into a lock, read from one it holds for a moment. */
async function ownOwner(dataDir: string): Promise<Record<string, unknown>> {
  const lock = await lockDataDir(dataDir, quietLog);
  const owner = JSON.parse(readFileSync(join(dataDir, 'lock.1'), 'utf8'));
  lock.release();
  expect(owner).toMatchObject({ pid: process.pid, host: hostname() });
  return owner;
}
