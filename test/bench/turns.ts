import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { requestCard } from '../../cards/relationship-request/card.ts';
import { createWording } from '../../cards/wording/wording.ts';
import { type Emulators, startEmulators } from '../emulators/index.ts';
import { ROBIN } from '../emulators/world.ts';
import { approval, message } from './activities.ts';
import { type Program, startProgram } from './child.ts';
import type { BenchRow } from './row.ts';
import { requestView } from './sample-view.ts';
import { seedRequests } from './seed.ts';
import { type Connector, echoEnvironment, freePort, startConnector, tarmacEnvironment } from './surroundings.ts';

const WARM_UP = 100;
/** Few enough that a round is over before the first approval is looked up at Partner Center, 15 seconds later. */
const TURNS = 300;
const ROUNDS = 3;

/** Turns of the bot beside turns of a bare echo bot, in the same run, each in a process of its own. */
export async function runTurnBench(): Promise<BenchRow[]> {
  const emulators = await startEmulators();
  const connector = await startConnector();
  const echo = await startProgram(new URL('./programs/echo-bot.js', import.meta.url), echoEnvironment(emulators));
  const figures: Record<'echo' | 'help' | 'approve', Figures[]> = { echo: [], help: [], approve: [] };
  const coldStarts: number[] = [];
  for (let round = 0; round < ROUNDS; round++) await runRound({ emulators, connector, echo, figures, coldStarts });
  await Promise.all([echo.stop(), connector.close(), emulators.close()]);
  return [...turnRows(figures), renderingRow(figures), coldStartRow(coldStarts)];
}

type Round = Readonly<{
  emulators: Emulators;
  connector: Connector;
  echo: Program;
  figures: Record<'echo' | 'help' | 'approve', Figures[]>;
  coldStarts: number[];
}>;

/** One start of the bot on a database of its own, so that no round does the jobs the last one left. */
async function runRound({ emulators, connector, echo, figures, coldStarts }: Round): Promise<void> {
  const { partner, botApp } = emulators.world;
  const folder = mkdtempSync(join(tmpdir(), 'tarmac-bench-'));
  const dataDir = join(folder, 'data');
  const requests = await seedRequests(dataDir, WARM_UP + TURNS, {
    partnerTenantId: partner.tenantId,
    serviceUrl: connector.url,
    consentUrl: emulators.urls.partnerCenter,
  });
  const sign = (serviceUrl: string) => emulators.login.channelToken({ serviceUrl, appId: botApp.appId });
  const help = (index: number) => message(connector.url, partner.tenantId, ROBIN, 'help', index);

  figures.echo.push(await measure(echo, sign, help));
  const environment = { ...tarmacEnvironment(emulators, connector, dataDir), PORT: String(await freePort()) };
  const tarmac = await startProgram(new URL('./programs/tarmac-bot.js', import.meta.url), environment);
  coldStarts.push((await timedTurn(tarmac, help(-WARM_UP - 1), sign)).endedAt - tarmac.startedAt);
  figures.help.push(await measure(tarmac, sign, help));
  figures.approve.push(await measure(tarmac, sign, (index) => approval(connector.url, requests[index + WARM_UP])));
  await tarmac.stop();
  rmSync(folder, { recursive: true, force: true });
}

function turnRows(figures: Round['figures']): BenchRow[] {
  const echoCpu = median(figures.echo.map(({ cpuMicros }) => cpuMicros));
  return (['help', 'approve'] as const).flatMap((kind) => {
    const value = median(figures[kind].map(({ cpuMicros }) => cpuMicros));
    const goal = kind === 'approve' ? 'at most 1.6 × the echo bot, its commit included' : undefined;
    const times = (['p50', 'p99'] as const).map((quantile) => {
      const ms = median(figures[kind].map((one) => one[quantile]));
      return row(`${quantile} of a turn: ${kind}`, ms, 'ms', median(figures.echo.map((one) => one[quantile])));
    });
    return [row(`processor time of a turn: ${kind}`, value, 'µs', echoCpu, goal), ...times];
  });
}

function renderingRow(figures: Round['figures']): BenchRow {
  const renderMicros = timeRendering();
  const approveCpu = median(figures.approve.map(({ cpuMicros }) => cpuMicros));
  return {
    group: 'turns',
    what: 'drawing the request card',
    value: renderMicros,
    unit: 'µs',
    peer: 'a turn: approve',
    peerValue: approveCpu,
    ratio: renderMicros / approveCpu,
    goal: 'at most 0.10 of a turn',
  };
}

function coldStartRow(coldStarts: readonly number[]): BenchRow {
  return { group: 'turns', what: 'cold start to the first answer', value: median(coldStarts), unit: 'ms' };
}

type Figures = Readonly<{ cpuMicros: number; p50: number; p99: number }>;

function row(what: string, value: number, unit: string, peerValue: number, goal?: string): BenchRow {
  return { group: 'turns', what, value, unit, peer: 'echo bot', peerValue, ratio: value / peerValue, goal };
}

type Sign = (serviceUrl: string) => Promise<string>;
type TestActivity = Readonly<{ serviceUrl: string }>;

async function measure(program: Program, sign: Sign, activity: (index: number) => TestActivity): Promise<Figures> {
  for (let index = -WARM_UP; index < 0; index++) await timedTurn(program, activity(index), sign);
  await settle(program);
  const before = await program.usage();
  const times: number[] = [];
  for (let index = 0; index < TURNS; index++) {
    const { ms } = await timedTurn(program, activity(index), sign);
    times.push(ms);
  }
  await settle(program);
  const { cpuMicros } = await program.usage();
  times.sort((a, b) => a - b);
  return {
    cpuMicros: (cpuMicros - before.cpuMicros) / TURNS,
    p50: times[Math.floor(times.length * 0.5)] ?? Number.NaN,
    p99: times[Math.floor(times.length * 0.99)] ?? Number.NaN,
  };
}

/** Jobs that follow a turn belong to its price: waits until the process has nothing more to do, at most five seconds. */
async function settle(program: Program): Promise<void> {
  let last = (await program.usage()).cpuMicros;
  for (let look = 0; look < 25; look++) {
    await new Promise((resolve) => setTimeout(resolve, 200));
    const { cpuMicros } = await program.usage();
    if (cpuMicros - last < 15_000) return;
    last = cpuMicros;
  }
}

const tokens = new Map<string, string>();

async function timedTurn(program: Program, activity: TestActivity, sign: Sign) {
  const { serviceUrl } = activity;
  const token = tokens.get(serviceUrl) ?? (await sign(serviceUrl));
  tokens.set(serviceUrl, token);
  const body = JSON.stringify(activity);
  const startedAt = performance.now();
  const answer = await fetch(program.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body,
  });
  const text = await answer.text();
  const endedAt = performance.now();
  if (answer.status !== 200) throw new Error(`a turn was answered with ${answer.status}: ${text.slice(0, 200)}`);
  return { ms: endedAt - startedAt, endedAt };
}

function timeRendering(): number {
  const wording = createWording('en-GB', 'Europe/Stockholm');
  const view = requestView();
  const draw = () => JSON.stringify(requestCard(view, 'approver', wording)).length;
  let sum = 0;
  for (let index = 0; index < 2_000; index++) sum += draw();
  const startedAt = performance.now();
  for (let index = 0; index < 5_000; index++) sum += draw();
  if (sum === 0) throw new Error('nothing was drawn');
  return ((performance.now() - startedAt) * 1_000) / 5_000;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
