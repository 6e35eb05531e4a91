import type { UploadLimits } from '../../services/devices/batch.ts';
import { ServiceError } from '../../services/errors.ts';
import type { Person, TenantId, UserId } from '../../services/identity.ts';
import { savePerson } from '../../services/people/people-store.ts';
import type { Database } from '../../services/storage/ports.ts';
import type { Behaviour } from '../emulators/partner-center/behaviour.ts';
import { createLocalPartnerCenter, type LineFault, type LocalPartnerCenter } from './local-partner-center.ts';
import { createMemoryDatabase } from './memory/database.ts';
import { type ChatFault, createMemoryChat } from './memory-chat.ts';
import { createWatch, Death, type Plan } from './points.ts';
import { type Bot, PARTNER, startProcess } from './process.ts';
import { createRandom, type Random } from './random.ts';
import { createVirtualJobs } from './virtual-jobs.ts';

export type TrialOptions = Readonly<{
  seed: number;
  /** Calls that are harmed, by their number. */
  plan?: Plan;
  behaviour?: Partial<Behaviour>;
  /** Asked about each request to Partner Center. */
  lineFaults?: (random: Random, method: string, path: string) => LineFault | undefined;
  chatFaults?: (random: Random) => ChatFault | undefined;
  uploadLimits?: UploadLimits;
  /** Each call kills the process with this probability. */
  deathRate?: number;
  /** Breaks the bot on purpose, to see that the invariants notice: jobs of a dead process are forgotten, or every POST is sent twice. */
  sabotage?: 'forget-jobs' | 'post-twice';
  /** Runs on this database as well and compares every answer: see `shadow.ts`. */
  shadow?: (memory: Database) => Database;
}>;

/** When every trial begins. */
const START = Date.parse('2026-11-21T09:00:00Z');
/** More jobs than this for one request or batch would never end. */
const MAX_JOBS = 3_000;
/** A person gives up after so many tries; the run then fails. */
const MAX_TRIES = 60;

export type World = ReturnType<typeof openWorld>;

/** One small world: a partner, a rep, a customer with an approver, Microsoft, Teams, and a bot that can be made to die. */
export function openWorld(options: TrialOptions) {
  const { seed, plan = new Map(), lineFaults, chatFaults } = options;
  const random = createRandom(seed);
  const faultsTaken: string[] = [];
  const clock = { ms: START };
  const memory = createMemoryDatabase();
  const db = options.shadow?.(memory) ?? memory;
  const customer = { tenantId: random.id() as TenantId, name: 'Contoso', domain: 'contoso.example' };
  const partnerCenter = createLocalPartnerCenter({
    clock,
    tenant: { ...customer, defaultDomain: 'contoso.onmicrosoft.example' },
    behaviour: options.behaviour,
    faults: lineFaults && ((method, path) => note('line', lineFaults(random, method, path))),
  });
  const chat = createMemoryChat(clock, chatFaults && (() => note('chat', chatFaults(random))));
  const jobs = createVirtualJobs(memory.tables, clock, random);
  const watch = createWatch(
    plan,
    (options.deathRate ?? 0) > 0 ? () => random.chance(options.deathRate ?? 0) : undefined,
  );
  const line = options.sabotage === 'post-twice' ? sendingTwice(partnerCenter) : partnerCenter;
  const around = {
    db,
    jobs: jobs.port,
    chat: chat.port,
    partnerCenter: line,
    customer,
    clock,
    random,
    uploadLimits: options.uploadLimits,
  };
  const robin: Person = { tenantId: PARTNER, userId: random.id() as UserId, name: 'Robin' };
  const anna = {
    tenantId: customer.tenantId,
    userId: random.id() as UserId,
    name: 'Anna',
    signInName: 'anna@contoso.example',
  };
  let bot = startProcess(around, watch);
  let deaths = 0;
  let jobsRun = 0;

  function note<F extends LineFault | ChatFault>(where: string, fault: F | undefined): F | undefined {
    if (fault) faultsTaken.push(`${where} ${typeof fault === 'string' ? fault : fault.kind}`);
    return fault;
  }

  function recover(): void {
    deaths += 1;
    if (options.sabotage !== 'forget-jobs') jobs.handBack(random.chance(0.5) ? 0 : 25_000);
    bot = startProcess(around, watch);
    watch.revive();
  }

  /** Works jobs until nothing is due before `untilMs`. */
  async function work(untilMs: number): Promise<void> {
    for (let job = jobs.next(); job && job.startAtMs <= untilMs; job = jobs.next()) {
      clock.ms = Math.max(clock.ms, job.startAtMs);
      jobsRun += 1;
      if (jobsRun > MAX_JOBS) throw new Error('it never comes to rest');
      jobs.begin(job);
      const worked = await bot.work(job).then(() => true, refuseBugs);
      if (watch.isDead()) recover();
      else if (worked) jobs.finish(job);
      else jobs.fail(job);
    }
    clock.ms = Math.max(clock.ms, untilMs);
  }

  /** What a person does, again and again until the bot has done it; Teams itself delivers a lost turn again. */
  async function person<T>(step: (bot: Bot) => Promise<T>): Promise<T> {
    for (let tries = 0; tries < MAX_TRIES; tries++) {
      await work(clock.ms);
      try {
        const result = await step(bot);
        if (!watch.isDead()) return result;
      } catch (error) {
        if (!watch.isDead()) refuseDomainErrors(error);
      }
      if (watch.isDead()) recover();
      await work(clock.ms + 61_000);
    }
    throw new Error('the person gave up');
  }

  return {
    ...{
      random,
      clock,
      memory,
      db,
      customer,
      partnerCenter,
      chat,
      jobs,
      watch,
      robin,
      anna,
      work,
      person,
      faultsTaken,
    },
    deaths: () => deaths,
    install: (who: Person & { signInName?: string }) =>
      savePerson(
        db,
        { ...who, installed: true, conversationId: `chat-${who.userId}`, serviceUrl: 'https://smba.example/' },
        new Date(clock.ms),
      ),
  };
}

/** A bot that takes every POST for unsent and repeats it under another id. */
function sendingTwice({ fetch }: Pick<LocalPartnerCenter, 'fetch'>): Pick<LocalPartnerCenter, 'fetch'> {
  return {
    fetch: async (input, init = {}) => {
      if (init.method === 'POST')
        await fetch(input, { ...init, headers: { ...init.headers, 'ms-requestid': 'again' } });
      return fetch(input, init);
    },
  };
}

/** Job failures that a trial expects; anything else is a bug of the product or of the trial. */
function refuseBugs(error: unknown): false {
  if (isExpected(error)) return false;
  throw error;
}

function refuseDomainErrors(error: unknown): void {
  if (!isExpected(error)) throw error;
}

function isExpected(error: unknown): boolean {
  if (error instanceof ServiceError) return PASSING.has(error.code);
  return error instanceof Death || (error instanceof Error && error.message.startsWith('injected: '));
}

/** Errors that go away: Partner Center is not answering, or refused a token. */
const PASSING: ReadonlySet<string> = new Set(['partner-center-unavailable', 'partner-center-sign-in']);
