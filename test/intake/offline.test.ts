import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { workerEntry } from '../../services/devices/intake/pool/entry.ts';
import { photograph } from './make/label.ts';
import { makePdf } from './make/pdf.ts';

const run = promisify(execFile);
let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'offline-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** Ends the process with a message as soon as anything looks up a name, connects or fetches. */
const NO_NETWORK = `
const refuse = (what) => () => { process.stderr.write('NETWORK ' + what); process.exit(9); };
require('node:net').Socket.prototype.connect = refuse('connect');
require('node:dns').lookup = refuse('lookup');
require('node:http').request = refuse('http');
require('node:https').request = refuse('https');
globalThis.fetch = refuse('fetch');
`;

const READ = `
import { readFile } from 'node:fs/promises';
const { readList } = await import(process.argv[1]);
const { DEFAULT_LIMITS } = await import(process.argv[2]);
const found = [];
for (const file of process.argv.slice(3)) {
  const { devices } = await readList({ kind: 'file', source: file, bytes: await readFile(file) }, DEFAULT_LIMITS);
  found.push(devices.map(({ pkid }) => pkid).join());
}
process.stdout.write(JSON.stringify(found), () => process.exit(0));
`;

it('reads bar codes, print and PDFs with the network out of reach', { timeout: 60_000 }, async () => {
  const files = {
    'label.jpg': await photograph([[{ bcid: 'code128', text: '3305123456789' }]], { width: 1_000, height: 700 }),
    'print.png': await photograph([[{ bcid: 'qrcode', text: 'hello', caption: 'PKID: 3305123456789' }]], {
      width: 1_000,
      height: 700,
      format: 'png',
    }),
    'note.pdf': makePdf([[{ text: 'PKID: 3305123456789', x: 40, y: 700 }]]),
  };
  const guard = join(folder, 'no-network.cjs');
  await writeFile(guard, NO_NETWORK);
  for (const [name, bytes] of Object.entries(files)) await writeFile(join(folder, name), bytes);
  const modules = ['./read-list.js', './limits.js'].map((path) => new URL(path, workerEntry()).href);
  const preload = ['--require', guard];
  const { stdout } = await run(
    process.execPath,
    [
      ...preload,
      '--input-type=module',
      '--eval',
      READ,
      ...modules,
      ...Object.keys(files).map((name) => join(folder, name)),
    ],
    {
      env: { NODE_OPTIONS: preload.join(' ') },
      cwd: fileURLToPath(new URL('../..', import.meta.url)),
    },
  );
  expect(JSON.parse(stdout)).toEqual(['3305123456789', '3305123456789', '3305123456789']);
});
