import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { workerEntry } from '../../services/devices/intake/pool/entry.ts';
import { photograph } from './make/label.ts';

const COMMAND = fileURLToPath(new URL('../../../bot/check-list.js', workerEntry()));
let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'check-list-'));
  await writeFile(join(folder, 'clean.csv'), 'Serial,PKID\nPF3AAA1,3305123456789\n');
  await writeFile(join(folder, 'doubtful.csv'), 'PKID\n33O5123456789\n330512345678\n');
  const label = [[{ bcid: 'code128', text: '3305123456789' }]] as const;
  await writeFile(join(folder, 'label.jpg'), await photograph(label, { width: 800, height: 600 }));
  await writeFile(join(folder, 'program.csv'), Buffer.from([0x4d, 0x5a, 0x90, 0]));
});
afterAll(() => rm(folder, { recursive: true }));

function checkList(args: readonly string[], input = ''): Promise<{ code: number; stdout: string }> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [COMMAND, ...args], { env: { LANG: 'en_GB.UTF-8' } }, (error, stdout) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout }),
    );
    child.stdin?.end(input);
  });
}

describe('the check-list command', () => {
  it('ends with 0 for a clean file, which is one JSON object', async () => {
    const { code, stdout } = await checkList(['--json', join(folder, 'clean.csv')]);
    expect(JSON.parse(stdout)).toEqual({
      file: join(folder, 'clean.csv'),
      devices: [{ pkid: '3305123456789', serial: 'PF3AAA1', row: 2 }],
      problems: [],
    });
    expect(code).toBe(0);
  });

  it('reads a photo in the other process and ends when that one has ended', async () => {
    const { code, stdout } = await checkList(['--json', join(folder, 'label.jpg')]);
    expect(JSON.parse(stdout).devices).toEqual([{ pkid: '3305123456789', row: 1 }]);
    expect(code).toBe(0);
  });

  it('ends with 1 where there are problems, each with its row, kind and sentence', async () => {
    const { code, stdout } = await checkList(['--json', join(folder, 'doubtful.csv'), join(folder, 'clean.csv')]);
    const [first, second] = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(first.devices).toEqual([{ pkid: '3305123456789', row: 2, confirm: 'ambiguous_character' }]);
    expect(first.problems).toMatchObject([
      { row: 2, kind: 'ambiguous_character' },
      { row: 3, kind: 'wrong_length' },
    ]);
    expect(first.problems[1].text).toContain('12 digits');
    expect(second.problems).toEqual([]);
    expect(code).toBe(1);
  });

  it('ends with 2 where something cannot be read', async () => {
    expect((await checkList([join(folder, 'program.csv')])).code).toBe(2);
    expect((await checkList([join(folder, 'absent.csv')])).code).toBe(2);
  });

  it('reads a paste and an HTML fragment from standard input', async () => {
    const text = await checkList(['--json', '-'], 'PKID: 3305123456789');
    const html = await checkList(
      ['--json', '--html', '-'],
      '<table><tr><td>PKID</td></tr><tr><td>3305123456789</td></tr></table>',
    );
    expect([JSON.parse(text.stdout).devices, JSON.parse(html.stdout).devices]).toEqual([
      [{ pkid: '3305123456789', row: 1 }],
      [{ pkid: '3305123456789', row: 2 }],
    ]);
  });

  it('says the same in words', async () => {
    const { stdout } = await checkList([join(folder, 'doubtful.csv')]);
    expect(stdout).toContain('3305123456789');
    expect(stdout).toContain('line 3');
  });
});
