import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openEmbeddedDatabase } from '../../../services/storage/embedded-database.ts';
import { compileProgram, kill, nextMessage, type Program } from '../../contracts/child-process.ts';
import { diskTemplate, quietLog } from '../../contracts/templates.ts';

const JOBS = 40;
const STEPS = 3;
const KILLS = 4;

describe('a process that works jobs and is killed', () => {
  let program: Program;
  let dataDir: string;
  beforeAll(async () => {
    program = compileProgram(new URL('./children/work-jobs.ts', import.meta.url));
    dataDir = mkdtempSync(join(tmpdir(), 'tarmac-kill-'));
    cpSync(await diskTemplate(), dataDir, { recursive: true });
  });
  afterAll(() => {
    program.remove();
    rmSync(dataDir, { recursive: true, force: true });
  });

  it('loses nothing, and its next life goes on at once', async () => {
    const resumedAfterMs: number[] = [];
    let begun = 0;
    const start = (...args: string[]) => program.start(dataDir, ...args).on('message', () => begun++);
    for (let life = 0; life < KILLS; life++) {
      const child = start(...(life === 0 ? [String(JOBS)] : []));
      const began = performance.now();
      await nextMessage(child);
      if (life > 0) resumedAfterMs.push(performance.now() - began);
      await sleep(60 + 40 * life);
      await kill(child);
    }
    const last = start();
    const exitCode = await new Promise((resolve) => last.once('exit', resolve));
    expect(exitCode).toBe(0);

    const database = await openEmbeddedDatabase({ dataDir, log: quietLog });
    const [sum] = await database.query('SELECT count(*) AS steps, sum(times)::integer AS times FROM effect');
    const [left] = await database.query(`SELECT count(*) AS jobs FROM pgboss.job WHERE state < 'completed'`);
    await database.close();
    expect(sum?.steps).toBe(JOBS * STEPS);
    expect(left?.jobs).toBe(0);
    // Otherwise no kill hit anybody at work, and this test proved nothing.
    expect(begun).toBeGreaterThan(JOBS * STEPS);
    // At least once: what was being worked on at a kill may be done again, and nothing else.
    expect(Number(sum?.times)).toBeLessThanOrEqual(JOBS * STEPS + KILLS * 4);
    expect(Math.max(...resumedAfterMs)).toBeLessThan(30_000);
    console.info(
      `resumed ${resumedAfterMs.map((ms) => `${Math.round(ms)} ms`).join(', ')} after the start; ${begun} attempts and ${sum?.times} effects for ${JOBS * STEPS} steps`,
    );
  }, 180_000);
});
