import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { requestCard } from '../../cards/relationship-request/card.ts';
import { createWording } from '../../cards/wording/wording.ts';
import { startEmulators } from '../emulators/index.ts';
import { ROBIN } from '../emulators/world.ts';
import { type Program, startProgram } from './child.ts';
import type { BenchRow } from './row.ts';
import { requestView } from './sample-view.ts';
import { type SeededRequest, seedRequests } from './seed.ts';

const WARM_UP = 100;
/** Few enough that a round is over before the first approval is looked up at Partner Center, 15 seconds later. */
const TURNS = 300;
const ROUNDS = 3;

/** Turns of the bot beside turns of a bare echo bot, one after the other, each in a process of its own. */
export async function runTurnBench(): Promise<BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'tarmac-bench-'));
  const emulators = await startEmulators();
  const connector = await startConnector();
  const { botApp, partner, partnerCenterApp, groups } = emulators.world;
  const dataDir = join(folder, 'data');
  const requests = await seedRequests(dataDir, partner.tenantId, (WARM_UP + TURNS) * ROUNDS, connector.url);
  const sign = (serviceUrl: string) => emulators.login.channelToken({ serviceUrl, appId: botApp.appId });

  const echo = await startProgram(new URL('./programs/echo-bot.js', import.meta.url), {
    LOGIN_URL: emulators.urls.login,
    BOT_LOGIN_URL: emulators.urls.botLogin,
    BOT_APP_ID: botApp.appId,
    BOT_SECRET: botApp.secret,
    BOT_TENANT_ID: partner.tenantId,
  });
  const environment = {
    PORT: String(await freePort()),
    HOST: '127.0.0.1',
    PUBLIC_URL: 'http://127.0.0.1:1',
    MicrosoftAppId: botApp.appId,
    MicrosoftAppPassword: botApp.secret,
    MicrosoftAppTenantId: partner.tenantId,
    PARTNER_TENANT_ID: partner.tenantId,
    PARTNER_NAME: partner.name,
    PARTNER_CENTER_APP_ID: partnerCenterApp.appId,
    PARTNER_CENTER_APP_SECRET: partnerCenterApp.secret,
    PARTNER_CENTER_REFRESH_TOKEN: partnerCenterApp.refreshToken,
    LOGIN_URL: emulators.urls.login,
    GRAPH_URL: emulators.urls.graph,
    PARTNER_CENTER_URL: emulators.urls.partnerCenter,
    BOT_LOGIN_URL: emulators.urls.botLogin,
    ALLOWED_SERVICE_HOSTS: connector.host,
    DATA_DIR: dataDir,
    SEAL_KEY: randomBytes(32).toString('base64'),
    REPS_GROUP_ID: groups.reps,
    REMOVERS_GROUP_ID: groups.removers,
    ADMINS_GROUP_ID: groups.admins,
    LOG_LEVEL: 'error',
  };
  const tarmac = await startProgram(new URL('./programs/tarmac-bot.js', import.meta.url), environment);

  const helpActivity = (index: number) => message(connector.url, partner.tenantId, ROBIN, 'help', index);
  const first = await timedTurn(tarmac, helpActivity(-1), sign);
  const coldStartMs = first.endedAt - tarmac.startedAt;

  const figures: Record<'echo' | 'help' | 'approve', Figures[]> = { echo: [], help: [], approve: [] };
  for (let round = 0; round < ROUNDS; round++) {
    const share = requests.slice(round * (WARM_UP + TURNS), (round + 1) * (WARM_UP + TURNS));
    figures.echo.push(
      await measure(echo, sign, (index) => message(connector.url, partner.tenantId, ROBIN, 'help', index)),
    );
    figures.help.push(await measure(tarmac, sign, (index) => helpActivity(index + round * 10_000)));
    figures.approve.push(await measure(tarmac, sign, (index) => approval(connector.url, share[index + WARM_UP])));
  }
  await Promise.all([echo.stop(), tarmac.stop(), connector.close(), emulators.close()]);
  rmSync(folder, { recursive: true, force: true });

  const echoCpu = median(figures.echo.map(({ cpuMicros }) => cpuMicros));
  const rows: BenchRow[] = [];
  for (const kind of ['help', 'approve'] as const) {
    const value = median(figures[kind].map(({ cpuMicros }) => cpuMicros));
    const goal = kind === 'approve' ? 'at most 1.6 × the echo bot, commit and following jobs included' : undefined;
    rows.push(row(`processor time of a ${kind} turn`, value, 'µs', echoCpu, goal));
    for (const quantile of ['p50', 'p99'] as const) {
      const ms = median(figures[kind].map((one) => one[quantile]));
      rows.push(row(`${quantile} of a ${kind} turn`, ms, 'ms', median(figures.echo.map((one) => one[quantile]))));
    }
  }
  const renderMicros = timeRendering();
  const approveCpu = median(figures.approve.map(({ cpuMicros }) => cpuMicros));
  rows.push({
    group: 'turns',
    what: 'drawing the request card',
    value: renderMicros,
    unit: 'µs',
    peer: 'an approve turn',
    peerValue: approveCpu,
    ratio: renderMicros / approveCpu,
    goal: 'at most 0.10 of a turn',
  });
  rows.push({ group: 'turns', what: 'cold start to the first answer', value: coldStartMs, unit: 'ms' });
  return rows;
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

function frame(serviceUrl: string, tenantId: string, who: { id: string; name: string }, index: number) {
  return {
    channelId: 'msteams',
    id: `bench-${tenantId}-${index}`,
    serviceUrl,
    timestamp: new Date().toISOString(),
    locale: 'en-GB',
    from: { id: `29:${who.id}`, name: who.name, aadObjectId: who.id },
    recipient: { id: '28:bot', name: 'Tarmac' },
    conversation: { id: `a:${who.id}`, conversationType: 'personal', tenantId },
    channelData: { tenant: { id: tenantId } },
    entities: [{ type: 'clientInfo', locale: 'en-GB', timezone: 'Europe/Stockholm' }],
  };
}

function message(serviceUrl: string, tenantId: string, who: { id: string; name: string }, text: string, index: number) {
  return { ...frame(serviceUrl, tenantId, who, index), type: 'message', text };
}

function approval(serviceUrl: string, seeded: SeededRequest | undefined) {
  if (!seeded) throw new Error('not enough requests were seeded');
  const { tenantId, userId, name, reference } = seeded;
  const action = { type: 'Action.Execute', verb: 'relationship.approve', data: { reference } };
  const framed = frame(serviceUrl, tenantId, { id: userId, name }, 0);
  return { ...framed, type: 'invoke', name: 'adaptiveCard/action', value: { action, trigger: 'manual' } };
}

/** A connector that takes everything at once: what is measured is the bot. */
async function startConnector() {
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      response.setHeader('content-type', 'application/json');
      const isRoster = request.method === 'GET';
      response.end(isRoster ? '{"id":"29:x","userPrincipalName":"robin@northwind.example"}' : '{"id":"1"}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (typeof address !== 'object' || !address) throw new Error('no address');
  const host = `127.0.0.1:${address.port}`;
  return {
    host,
    url: `http://${host}/`,
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}

async function freePort(): Promise<number> {
  const probe = await startConnector();
  await probe.close();
  return Number(probe.host.split(':')[1]);
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
