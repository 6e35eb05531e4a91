import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { startEmulators } from '../emulators/index.ts';
import { message } from './activities.ts';
import { type Program, startProgram } from './child.ts';
import { emptyServerDatabase } from './postgres.ts';
import type { BenchRow } from './row.ts';
import { echoEnvironment, freePort, startConnector, tarmacEnvironment } from './surroundings.ts';

const TURNS_A_SECOND = 200;
const REFUSED_A_SECOND = 1_000;
const SECONDS = 15;
const WARM_UP_SECONDS = 5;
/** People who write, and machines that send rubbish; each has an address of its own behind the proxy. */
const PEOPLE = 100;
const MACHINES = 50;

/** Many turns a second, then as many with rubbish on top, beside the echo bot with the same turns. */
export async function runLoadBench(): Promise<BenchRow[]> {
  const emulators = await startEmulators();
  const connector = await startConnector();
  const { partner, botApp } = emulators.world;
  const token = await emulators.login.channelToken({ serviceUrl: connector.url, appId: botApp.appId });
  const load = createLoad(token, connector.url, partner.tenantId);

  const echo = await startProgram(new URL('./programs/echo-bot.js', import.meta.url), echoEnvironment(emulators));
  await load(echo, { seconds: WARM_UP_SECONDS, refused: 0 });
  const peer = await load(echo, { seconds: SECONDS, refused: 0 });
  await echo.stop();

  const folder = mkdtempSync(join(tmpdir(), 'tarmac-bench-'));
  const environment = tarmacEnvironment(emulators, connector, join(folder, 'data'));
  const rows = await loadBot(load, environment, 'embedded', peer);
  const server = await emptyServerDatabase();
  if (server) rows.push(...(await loadBot(load, { ...environment, DATABASE_URL: server.url }, 'server', peer)));
  await server?.remove();
  rmSync(folder, { recursive: true, force: true });
  await Promise.all([connector.close(), emulators.close()]);
  return rows;
}

async function loadBot(load: Load, environment: Record<string, string>, database: string, peer: Loaded) {
  const program = new URL('./programs/tarmac-bot.js', import.meta.url);
  const bot = await startProgram(program, { ...environment, PORT: String(await freePort()) });
  await load(bot, { seconds: WARM_UP_SECONDS, refused: 0 });
  const alone = await load(bot, { seconds: SECONDS, refused: 0 });
  const crowded = await load(bot, { seconds: SECONDS, refused: REFUSED_A_SECOND });
  await bot.stop();
  const turns = `at ${TURNS_A_SECOND} turns a second`;
  const rubbish = `and ${REFUSED_A_SECOND} refused`;
  return [
    row(`p50 ${turns}`, alone.p50, 'ms', peer.p50),
    row(`p99 ${turns}`, alone.p99, 'ms', peer.p99, '≤ 250 ms'),
    row(`p50 ${turns} ${rubbish}`, crowded.p50, 'ms'),
    row(`p99 ${turns} ${rubbish}`, crowded.p99, 'ms', undefined, '≤ 500 ms'),
    row('turns not answered with 200', alone.failed + crowded.failed, '', peer.failed, 'none'),
    row('refused requests let in', crowded.letIn, '', undefined, 'none'),
    row('processor', alone.corePercent, '% of a core', peer.corePercent),
    row('memory', crowded.rssMb, 'MB', peer.rssMb, '≤ 300 MB'),
  ].map((found) => ({ ...found, group: `load, ${database}` }));
}

type Load = ReturnType<typeof createLoad>;
type Loaded = Awaited<ReturnType<Load>>;

function row(what: string, value: number, unit: string, peerValue?: number, goal?: string): BenchRow {
  const beside = peerValue !== undefined && {
    peer: 'echo bot',
    peerValue,
    ...(peerValue > 0 && { ratio: value / peerValue }),
  };
  return { group: 'load', what, value, unit, ...beside, ...(goal && { goal }) };
}

type Answered = Readonly<{ ms: number; status: number }>;

/** Sends at its own pace, whether answers come or not; each wait counts from the moment at which it was to be sent. */
function createLoad(token: string, serviceUrl: string, tenantId: string) {
  const agent = new Agent({ keepAlive: true, maxSockets: 512 });
  const people = Array.from({ length: PEOPLE }, (_, n) => ({ id: randomUUID(), name: `Person ${n}` }));
  let sent = 0;

  async function turn(url: string, dueAt: number): Promise<Answered> {
    sent += 1;
    const who = people[sent % PEOPLE] ?? { id: '', name: '' };
    const body = JSON.stringify(message(serviceUrl, tenantId, who, 'help', sent));
    return send(url, dueAt, body, { authorization: `Bearer ${token}`, 'x-forwarded-for': `52.112.0.${sent % PEOPLE}` });
  }

  async function rubbish(url: string, dueAt: number): Promise<Answered> {
    sent += 1;
    const forged = `${token.slice(0, -8)}AAAAAAAA`;
    return send(url, dueAt, '{}', {
      authorization: `Bearer ${forged}`,
      'x-forwarded-for': `203.0.113.${sent % MACHINES}`,
    });
  }

  function send(url: string, dueAt: number, body: string, headers: Record<string, string>): Promise<Answered> {
    return new Promise((resolve, reject) => {
      const call = request(url, { method: 'POST', agent, headers: { 'content-type': 'application/json', ...headers } });
      call.on('error', reject).on('response', (response) => {
        response.resume().on('end', () => {
          resolve({ ms: performance.now() - dueAt, status: response.statusCode ?? 0 });
        });
      });
      call.end(body);
    });
  }

  async function atRate(
    aSecond: number,
    seconds: number,
    act: (dueAt: number) => Promise<Answered>,
  ): Promise<Answered[]> {
    const startedAt = performance.now();
    const answers: Promise<Answered>[] = [];
    while (answers.length < aSecond * seconds) {
      const due = Math.min(Math.floor(((performance.now() - startedAt) * aSecond) / 1_000) + 1, aSecond * seconds);
      while (answers.length < due) {
        answers.push(act(startedAt + (answers.length * 1_000) / aSecond).catch(() => ({ ms: Number.NaN, status: 0 })));
      }
      await setTimeout(2);
    }
    return Promise.all(answers);
  }

  return async (program: Program, { seconds, refused }: { seconds: number; refused: number }) => {
    const before = await program.usage();
    const [turns, others] = await Promise.all([
      atRate(TURNS_A_SECOND, seconds, (dueAt) => turn(program.url, dueAt)),
      atRate(refused, seconds, (dueAt) => rubbish(program.url, dueAt)),
    ]);
    const after = await program.usage();
    const times = turns.map(({ ms }) => ms).toSorted((a, b) => a - b);
    return {
      p50: times[Math.floor(times.length * 0.5)] ?? Number.NaN,
      p99: times[Math.floor(times.length * 0.99)] ?? Number.NaN,
      failed: turns.filter(({ status }) => status !== 200).length,
      letIn: others.filter(({ status }) => status < 400 && status > 0).length,
      corePercent: (after.cpuMicros - before.cpuMicros) / (seconds * 10_000),
      rssMb: after.rssBytes / 1e6,
    };
  };
}
