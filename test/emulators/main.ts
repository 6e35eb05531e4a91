import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { startEmulators } from './index.ts';

/**
 * The emulators as a process of their own. Prints one JSON line with the URLs when ready, saves the snapshot every few
 * seconds and on SIGTERM or SIGINT, then leaves. Options also come from the environment (`EMULATOR_LOGIN_PORT`, …).
 */
const SAVE_EVERY_MS = 2000;

const { values } = parseArgs({
  options: {
    'login-port': { type: 'string', default: process.env.EMULATOR_LOGIN_PORT },
    'graph-port': { type: 'string', default: process.env.EMULATOR_GRAPH_PORT },
    'partner-center-port': { type: 'string', default: process.env.EMULATOR_PARTNER_CENTER_PORT },
    journal: { type: 'string', default: process.env.EMULATOR_JOURNAL },
    'webhook-ca': { type: 'string', default: process.env.EMULATOR_WEBHOOK_CA },
    snapshot: { type: 'string', default: process.env.EMULATOR_SNAPSHOT },
  },
});

const emulators = await startEmulators({
  ports: {
    login: portIn(values['login-port']),
    graph: portIn(values['graph-port']),
    partnerCenter: portIn(values['partner-center-port']),
  },
  journalFile: values.journal,
  webhookCaFile: values['webhook-ca'],
  snapshot: readSnapshot(values.snapshot),
});
const saving = setInterval(() => save().catch(report), SAVE_EVERY_MS);
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => stop().catch(report));
console.log(JSON.stringify({ ready: true, ...emulators.urls }));

function portIn(text: string | undefined): number {
  const port = Number(text ?? 0);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error(`${text} is not a port`);
  return port;
}

/** A file that is not there yet is a world in which nothing has happened. */
function readSnapshot(file: string | undefined): unknown {
  if (file === undefined) return undefined;
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Written beside, then renamed: a kill in between leaves the earlier file. */
async function save(): Promise<void> {
  if (values.snapshot === undefined) return;
  const json = JSON.stringify(await emulators.snapshot());
  writeFileSync(`${values.snapshot}.new`, json, { mode: 0o600 });
  renameSync(`${values.snapshot}.new`, values.snapshot);
}

async function stop(): Promise<void> {
  clearInterval(saving);
  await save();
  await emulators.close();
}

function report(error: unknown): void {
  console.error(error);
  process.exitCode = 1;
}
