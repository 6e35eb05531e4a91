import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, cpSync, mkdtempSync, openSync, rmSync, truncateSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { openEmbeddedDatabase } from '../../../services/storage/embedded-database.ts';
import { compileProgram, kill, type Program } from '../../contracts/child-process.ts';
import { diskTemplate, quietLog } from '../../contracts/templates.ts';
import { createRandom } from '../../faults/random.ts';

/** `TORN=300 npx vitest run test/services/storage/disk-faults.test.ts` for many more. */
const TORN = Number(process.env.TORN ?? 6);
const SEED = 2_026;

const word = z.union([
  z.object({ committed: z.number(), file: z.string(), offset: z.number() }),
  z.object({ failed: z.string() }),
]);

let program: Program;
let home: string;
let dataDir: string;
beforeAll(async () => {
  program = compileProgram(new URL('./children/write-rows.ts', import.meta.url));
  home = mkdtempSync(join(tmpdir(), 'tarmac-disk-'));
  cpSync(await diskTemplate(), join(home, 'empty'), { recursive: true });
  const empty = await openEmbeddedDatabase({ dataDir: join(home, 'empty'), log: quietLog });
  await empty.query('CREATE TABLE thing (n integer PRIMARY KEY, filling text)');
  await empty.close();
});
afterAll(() => {
  program.remove();
  rmSync(home, { recursive: true, force: true });
});
let folders = 0;
beforeEach(() => {
  dataDir = copyOf(join(home, 'empty'));
});

function copyOf(folder: string): string {
  folders += 1;
  const copy = join(home, `copy-${folders}`);
  cpSync(folder, copy, { recursive: true });
  return copy;
}

/** Which rows a database has when it is opened anew. */
async function rowsIn(folder: string): Promise<number[]> {
  const database = await openEmbeddedDatabase({ dataDir: folder, log: quietLog });
  const rows = await database.query('SELECT n FROM thing ORDER BY n');
  await database.query('INSERT INTO thing VALUES (1000000, $1)', ['it can be written again']);
  await database.close();
  return rows.map(({ n }) => Number(n));
}

type Heard = { committed: number; end?: { file: string; offset: number }; failed?: string };

function listen(child: ChildProcess): Heard {
  const heard: Heard = { committed: 0 };
  child.on('message', (message) => {
    const said = word.parse(message);
    if ('failed' in said) heard.failed = said.failed;
    else Object.assign(heard, { committed: said.committed, end: { file: said.file, offset: said.offset } });
  });
  return heard;
}

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

describe('the embedded database on a disk that fails', () => {
  it.each([
    ['ENOSPC', 'full', /does not take what is written \(ENOSPC\).*Nothing that was confirmed is lost.*Make room/],
    ['EROFS', 'read-only', /\(EROFS\).*Make it writable/],
    ['EIO', 'broken', /\(EIO\).*Check the disk/],
  ])(
    'ends its process with a sentence at %s (%s), and has every confirmed row afterwards',
    async (code, _what, sentence) => {
      for (const writes of [40, 75]) {
        const folder = copyOf(join(home, 'empty'));
        const child = program.start(folder, code, String(writes));
        const heard = listen(child);
        const [exitCode] = await once(child, 'exit');
        expect(exitCode).toBe(1);
        expect(heard.failed).toMatch(sentence);
        const rows = await rowsIn(folder);
        expect(rows).toEqual(upTo(rows.length));
        // The commit under way may be on disk although nobody was told so; nothing else.
        expect(rows.length - heard.committed).toBeGreaterThanOrEqual(0);
        expect(rows.length - heard.committed).toBeLessThanOrEqual(1);
      }
    },
    180_000,
  );

  it('says the same when it cannot even begin, and begins when there is room again', async () => {
    const child = program.start(dataDir);
    listen(child);
    await once(child, 'message');
    await kill(child); // what it was doing has to be recovered, which needs the disk
    const second = program.start(dataDir, 'ENOSPC', '2');
    const heard = listen(second);
    const [exitCode] = await once(second, 'exit');
    expect(exitCode).toBe(1);
    expect(heard.failed).toMatch(/[Mm]ake room/);
    expect((await rowsIn(dataDir)).length).toBeGreaterThan(0);
  });

  it('says in a sentence that its folder cannot be written', async () => {
    const file = join(home, 'a-file');
    writeFileSync(file, '');
    const opening = openEmbeddedDatabase({ dataDir: join(file, 'data'), log: quietLog });
    await expect(opening).rejects.toThrow(
      /The data folder .* cannot be written \(ENOTDIR\)\. Let the bot's account write/,
    );
  });

  it(`keeps what was confirmed, and a gapless beginning at the least, when the end of its journal is torn (${TORN} times)`, async () => {
    const child = program.start(dataDir);
    const heard = listen(child);
    while (heard.committed < 60) await once(child, 'message');
    await kill(child);
    const { committed, end } = heard;
    if (!end) throw new Error('it said nothing');
    const random = createRandom(SEED);
    for (let trial = 0; trial < TORN; trial++) {
      const torn = copyOf(dataDir);
      const journal = join(torn, 'postgres', 'pg_wal', end.file);
      const isBeyond = trial % 2 === 0;
      if (isBeyond) scribble(journal, end.offset + random.int(64), random.int);
      else truncateSync(journal, Math.max(end.offset - random.int(6_000), 0));
      const rows = await rowsIn(torn);
      expect(rows).toEqual(upTo(rows.length));
      if (isBeyond) expect(rows.length).toBeGreaterThanOrEqual(committed);
      rmSync(torn, { recursive: true, force: true });
    }
  }, 1_800_000);
});

/** What a power cut in the middle of a write leaves behind the last commit that was told. */
function scribble(file: string, offset: number, int: (below: number) => number): void {
  const bytes = Buffer.from(Array.from({ length: 200 + int(4_000) }, () => int(256)));
  const descriptor = openSync(file, 'r+');
  writeSync(descriptor, bytes, 0, bytes.length, offset);
  closeSync(descriptor);
}
