import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { text as readAll } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import { createWording, type Wording } from '../cards/wording/wording.ts';
import type { DeviceList, ListedDevice, ListProblem, ProblemKind } from '../services/devices/device.ts';
import { createListReader } from '../services/devices/intake/index.ts';
import type { ListInput, ListReader } from '../services/devices/ports.ts';

const USAGE = `Reads device lists as the bot would, without Teams.

  npm run --silent check-list -- FILE…        files of any kind, told by their content
  npm run --silent check-list -- -            pasted text from standard input
  npm run --silent check-list -- --html -     a pasted HTML fragment from standard input
  --json                                      one JSON object per file

Ends with 0 when all is clean, 1 with problems, 2 when something could not be read.`;

/** Clean, problems found, not readable: the worst of all files counts. */
type ExitCode = 0 | 1 | 2;
type Checked = Readonly<{ file: string; list: DeviceList; code: ExitCode }>;

const { values, positionals } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    html: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  },
  allowPositionals: true,
});
process.exitCode = values.help || positionals.length === 0 ? showUsage(values.help) : await checkAll(positionals);

function showUsage(asked: boolean): ExitCode {
  process.stdout.write(`${USAGE}\n`);
  return asked ? 0 : 2;
}

async function checkAll(files: readonly string[]): Promise<ExitCode> {
  const reader = createListReader();
  const wording = createWording(process.env.LANG?.split('.')[0]?.replace('_', '-') ?? 'en');
  let worst: ExitCode = 0;
  try {
    for (const file of files) {
      const checked = await check(file, reader);
      process.stdout.write(values.json ? asJson(checked, wording) : asText(checked, wording));
      if (checked.code > worst) worst = checked.code;
    }
  } finally {
    await reader.close();
  }
  return worst;
}

async function check(file: string, reader: ListReader): Promise<Checked> {
  try {
    const list = await reader.read(await inputOf(file));
    return { file, list, code: codeOf(list) };
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : 'error';
    process.stderr.write(`${file}: ${reason}\n`);
    return {
      file,
      list: { devices: [], problems: [{ source: file, row: 0, kind: 'unreadable', details: {} }] },
      code: 2,
    };
  }
}

async function inputOf(file: string): Promise<ListInput> {
  if (file !== '-') return { kind: 'file', source: basename(file), bytes: await readFile(file) };
  const text = await readAll(process.stdin);
  return values.html
    ? { kind: 'text', source: 'pasted text', text: '', html: text }
    : { kind: 'text', source: 'pasted text', text };
}

/** Problems that mean a source was not read, rather than that its content is wrong. */
const NOT_READ: ReadonlySet<ProblemKind> = new Set<ProblemKind>([
  'unreadable',
  'unsupported_type',
  'encrypted',
  'decompression_bomb',
  'too_many_files',
  'nested_archive',
  'too_large',
  'no_text_layer',
]);

function codeOf({ devices, problems }: DeviceList): ExitCode {
  if (problems.length === 0) return 0;
  return devices.length === 0 && problems.some(({ row, kind }) => row === 0 && NOT_READ.has(kind)) ? 2 : 1;
}

function asJson({ file, list }: Checked, wording: Wording): string {
  const devices = list.devices.map(({ pkid, serial, manufacturer, model, hash, row, confirm }) => {
    return { pkid, serial, manufacturer, model, hash, row, confirm };
  });
  const problems = list.problems.map((problem) => ({
    row: problem.row,
    kind: problem.kind,
    text: sentence(problem, wording),
  }));
  return `${JSON.stringify({ file, devices, problems })}\n`;
}

function asText({ file, list: { devices, problems } }: Checked, wording: Wording): string {
  const lines = [`${file}: ${devices.length}`];
  for (const device of devices) lines.push(`  ${place(device.source, device.row, file, wording)}: ${describe(device)}`);
  for (const problem of problems)
    lines.push(`! ${place(problem.source, problem.row, file, wording)}: ${sentence(problem, wording)}`);
  return `${lines.join('\n')}\n`;
}

function place(source: string, row: number, file: string, wording: Wording): string {
  const name = source === '' ? basename(file) : source;
  return row === 0 ? name : wording.say('common.row', { source: name, row });
}

/** Hashes are long and say nothing to a person: only that there is one. */
function describe({ pkid, serial, manufacturer, model, hash, confirm }: ListedDevice): string {
  const values = [pkid, serial, manufacturer, model, hash && '(hardware hash)'].filter((value) => value !== undefined);
  return values.join(' · ') + (confirm ? '  (?)' : '');
}

function sentence({ kind, details }: ListProblem, wording: Wording): string {
  return wording.say(`problem.${kind}`, details);
}
