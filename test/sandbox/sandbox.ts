import type { ChildProcess } from 'node:child_process';
import { type Emulators, startEmulators } from '../emulators/index.ts';
import { startTeams, type Teams } from '../emulators/teams/index.ts';
import { stopChild } from '../playground/stop.ts';
import { type BotStart, botReady, startBot } from './bot-process.ts';
import { botEnvironment } from './environment.ts';
import type { SandboxOptions } from './options.ts';
import type { Ports } from './ports.ts';
import { type SeatName, startSeats } from './seats.ts';
import { openStore, type Store } from './store.ts';
import { SHARED_LIST } from './story.ts';

/** When to give up on the bot. It takes 2 to 7 s; the first start makes a database, which a busy machine slows down. */
const READY_MS = 60_000;
const SAVE_EVERY_MS = 500;

/** What the sandbox says once everything answers. */
export type ReadyLine = Readonly<{
  ready: true;
  bot: string;
  partnerPlayground: string | null;
  customerPlayground: string | null;
  /** Only where it was asked for. */
  colleaguePlayground?: string;
  emulators: Readonly<Record<'login' | 'botLogin' | 'graph' | 'partnerCenter' | 'teams', string>>;
}>;

/** A part of the sandbox that ended by itself. */
export type Death = Readonly<{ name: string; how: string; logFile: string }>;

/** One cleanup after the other, the newest first. */
type Cleanups = (() => Promise<void> | void)[];

export type Sandbox = Awaited<ReturnType<typeof startSandbox>>;

/** Starts emulators, bot and Playgrounds; whatever was started is stopped again when one of them fails. */
export async function startSandbox(options: SandboxOptions, ports: Ports, stop: AbortSignal) {
  const cleanups: Cleanups = [];
  let closing: Promise<void> | undefined;
  const close = () => {
    closing ??= cleanUp(cleanups);
    return closing;
  };
  try {
    return await startParts(options, ports, { stop, cleanups, close, isClosing: () => closing !== undefined });
  } catch (error) {
    await close();
    throw error;
  }
}

type Closing = Readonly<{
  stop: AbortSignal;
  cleanups: Cleanups;
  close: () => Promise<void>;
  isClosing: () => boolean;
}>;

async function startParts({ dataDir, fresh, botEntry, playgrounds }: SandboxOptions, ports: Ports, closing: Closing) {
  const { stop, cleanups, close, isClosing } = closing;
  const store = openStore(dataDir, fresh);
  const emulators = await startUpstreams(store, ports, cleanups);
  const teams = await startChannel(emulators, ports, cleanups);
  const { died, watch } = deathWatch(isClosing);

  const start: BotStart = {
    entry: botEntry,
    env: botEnvironment(emulators, ports, store),
    url: `http://127.0.0.1:${ports.bot}`,
    logFile: store.path('bot.log'),
    readyMs: READY_MS,
    stop,
  };
  const bot = startBot(start);
  cleanups.push(() => stopChild(bot, 10_000));
  watch('The bot', bot, start.logFile);
  const seating = playgrounds ? startSeats(teams, emulators.world.botApp.appId, ports, store) : undefined;
  cleanups.push(async () => {
    const started = await seating?.catch(() => undefined); // a failure was reported already
    await Promise.all((started ?? []).map(({ playground }) => playground.close()));
  });
  const isReady = botReady(bot, start).catch((error: unknown) => {
    throw new BotFailed(start.logFile, error);
  });
  const [, seats = []] = await Promise.all([isReady, seating]);
  for (const { name, playground } of seats) watch(`The ${name} Playground`, playground.process, playground.logFile);
  const urlOf = (wanted: SeatName) => seats.find(({ name }) => name === wanted)?.playground.url;
  const colleague = urlOf('colleague');

  const ready: ReadyLine = {
    ready: true,
    bot: start.url,
    partnerPlayground: urlOf('partner') ?? null,
    customerPlayground: urlOf('customer') ?? null,
    ...(colleague && { colleaguePlayground: colleague }),
    emulators: { ...emulators.urls, teams: teams.origin },
  };
  return {
    ready,
    died,
    close,
    pids: [bot, ...seats.map(({ playground }) => playground.process)].flatMap((child) => child.pid ?? []),
  };
}

/** The bot did not become ready; its log says why. */
export class BotFailed extends Error {
  override readonly name = 'BotFailed';
  readonly logFile: string;

  constructor(logFile: string, cause: unknown) {
    super(`The bot did not start: ${cause instanceof Error ? cause.message : String(cause)}.`, { cause });
    this.logFile = logFile;
  }
}

/**
 * The emulators live in this process: the Teams one signs with the login one's keys, all share one journal and one
 * script of faults, and none holds anything a person's mistake could bring down.
 */
async function startUpstreams(store: Store, ports: Ports, cleanups: Cleanups): Promise<Emulators> {
  const emulators = await startEmulators({
    ports,
    journalFile: store.path('journal.jsonl'),
    webhookCaFile: store.path('webhook-ca.pem'),
    snapshot: store.snapshot(),
  });
  cleanups.push(emulators.close);
  emulators.graph.shareFile(SHARED_LIST.path, Buffer.from(SHARED_LIST.text));
  let saved = -1;
  const save = async () => {
    const seen = emulators.journal.entries().length;
    if (seen === saved) return;
    store.saveSnapshot(await emulators.snapshot());
    saved = seen;
  };
  await save();
  const saving = setInterval(() => save().catch(console.error), SAVE_EVERY_MS);
  cleanups.push(async () => {
    clearInterval(saving);
    saved = -1;
    await save();
  });
  return emulators;
}

async function startChannel(
  { login, journal, faults, world }: Emulators,
  ports: Ports,
  cleanups: Cleanups,
): Promise<Teams> {
  const { appId } = world.botApp;
  const teams = await startTeams({
    botUrl: `http://127.0.0.1:${ports.bot}/api/messages`,
    appId,
    signChannelToken: (serviceUrl) => login.channelToken({ serviceUrl, appId }),
    verifyBotToken: async (authorization) => (await login.verifyBotToken(authorization)).ok,
    journal,
    faults,
    port: ports.teams,
  });
  cleanups.push(teams.close);
  return teams;
}

function deathWatch(isClosing: () => boolean) {
  let tell: (death: Death) => void = () => undefined;
  const died = new Promise<Death>((resolve) => {
    tell = resolve;
  });
  const watch = (name: string, child: ChildProcess, logFile: string) => {
    const notice = () => {
      if (!isClosing()) tell({ name, logFile, how: `code ${child.exitCode ?? child.signalCode}` });
    };
    child.once('exit', notice);
    if (child.exitCode !== null || child.signalCode !== null) notice();
  };
  return { died, watch };
}

async function cleanUp(cleanups: Cleanups): Promise<void> {
  for (const cleanup of cleanups.reverse()) {
    try {
      await cleanup();
    } catch (error) {
      console.error(error); // the others must still be stopped
    }
  }
}
