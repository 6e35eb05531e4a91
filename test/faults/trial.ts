import type { UploadLimits } from '../../services/devices/batch.ts';
import { ServiceError } from '../../services/errors.ts';
import type { Person, TenantId, UserId } from '../../services/identity.ts';
import { REFRESH_TOKEN } from '../../services/login/partner-sign-in.ts';
import { tryUnseal } from '../../services/login/seal.ts';
import { rotateSealKey } from '../../services/login/seal-rotation.ts';
import { savePerson } from '../../services/people/people-store.ts';
import type { Tenant } from '../../services/relationships/ports.ts';
import type { Database } from '../../services/storage/ports.ts';
import type { Behaviour } from '../emulators/partner-center/behaviour.ts';
import type { LineFault } from './line.ts';
import { createLocalLogin } from './local-login.ts';
import { createLocalPartnerCenter, type LocalPartnerCenter } from './local-partner-center.ts';
import { createMemoryDatabase, type MemoryDatabase } from './memory/database.ts';
import { type ChatFault, createMemoryChat } from './memory-chat.ts';
import { createWatch, Death, type Plan } from './points.ts';
import { type Bot, directoryOf, PARTNER, SEAL_KEY, startProcess } from './process.ts';
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
  /** More jobs than this would never end; for one request or batch 3,000. */
  maxJobs?: number;
  /** Each call kills the process with this probability. */
  deathRate?: number;
  /** Breaks the bot on purpose, to see that the invariants notice: jobs of a dead process are forgotten, every POST is sent twice, or no new sign-in is stored. */
  sabotage?: 'forget-jobs' | 'post-twice' | 'forget-sign-in';
  /** Runs on this database as well and compares every answer: see `shadow.ts`. */
  shadow?: (memory: MemoryDatabase) => Database;
}>;

/** When every trial begins. */
const START = Date.parse('2026-11-21T09:00:00Z');
/** Under which faults of the line may ask for login. */
const LOGIN_PATH = '/oauth2/v2.0/token';
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
  const memory = createMemoryDatabase(clock);
  const db = options.shadow?.(memory) ?? (options.sabotage === 'forget-sign-in' ? forgettingSignIns(memory) : memory);
  const robin: Person = { tenantId: PARTNER, userId: random.id() as UserId, name: 'Robin' };
  const sam: Person = { tenantId: PARTNER, userId: random.id() as UserId, name: 'Sam' };
  const customer = { tenantId: random.id() as TenantId, name: 'Contoso', domain: 'contoso.example' };
  const others: Tenant[] = [];
  const login = createLocalLogin(clock, lineFaults && (() => note('login', lineFaults(random, 'POST', LOGIN_PATH))));
  const partnerCenter = createLocalPartnerCenter({
    clock,
    login: {
      verify(authorization) {
        noteUse(authorization);
        return login.verify(authorization);
      },
    },
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
    login,
    tenants: directoryOf(others, customer),
    admin: robin,
    removers: [sam],
    sealKey: SEAL_KEY,
    clock,
    random,
    uploadLimits: options.uploadLimits,
  };
  const anna = approverOf(customer);
  let bot = startProcess(around, watch);
  const usedTooSoon: string[] = [];
  let judged: Readonly<{ sealed?: string; authorization?: string }> = {};
  let deaths = 0;
  let jobsRun = 0;

  /** A user token is used: the sign-in it came with must be on disk by now. */
  function noteUse(authorization = ''): void {
    const sealed = sealedSignIn(memory);
    if (sealed === judged.sealed && authorization === judged.authorization) return; // as good as a moment ago
    judged = { sealed, authorization };
    const kept = keptSignIn(memory, around.sealKey);
    if (kept === undefined || !login.isAsNewAs(kept, authorization.replace(/^Bearer /, '')))
      usedTooSoon.push(authorization);
  }

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
      if (jobsRun > (options.maxJobs ?? MAX_JOBS)) throw new Error('it never comes to rest');
      jobs.begin(job);
      const worked = await bot.work(job).then(() => true, refuseBugs);
      if (watch.isDead()) recover();
      else if (worked) jobs.finish(job);
      else jobs.fail(job);
    }
    clock.ms = Math.max(clock.ms, untilMs);
  }

  /** One try of a person. `undefined` when it came to nothing: the process died, or Microsoft did not answer. */
  async function attempt<T>(step: (bot: Bot) => Promise<T>): Promise<{ result: T } | undefined> {
    try {
      const result = await step(bot);
      if (!watch.isDead()) return { result };
    } catch (error) {
      if (!watch.isDead()) refuseDomainErrors(error);
    }
    if (watch.isDead()) recover();
    return undefined;
  }

  /** What a person does, again and again until the bot has done it; Teams itself delivers a lost turn again. */
  async function person<T>(step: (bot: Bot) => Promise<T>): Promise<T> {
    for (let tries = 0; tries < MAX_TRIES; tries++) {
      await work(clock.ms);
      const done = await attempt(step);
      if (done) return done.result;
      await work(clock.ms + 61_000);
    }
    throw new Error('the person gave up');
  }

  function approverOf({ tenantId, domain }: Tenant) {
    return { tenantId, userId: random.id() as UserId, name: 'Anna', signInName: `anna@${domain}` };
  }

  return {
    ...{
      random,
      clock,
      memory,
      db,
      customer,
      login,
      partnerCenter,
      chat,
      jobs,
      watch,
      robin,
      sam,
      anna,
      work,
      attempt,
      person,
      faultsTaken,
      usedTooSoon,
    },
    /** The refresh token that a new process would find. */
    keptSignIn: () => keptSignIn(memory, around.sealKey),
    deaths: () => deaths,
    /** Another customer, and who may answer there. */
    meet(number: number) {
      const met = { tenantId: random.id() as TenantId, name: `Customer ${number}`, domain: `c${number}.example` };
      others.push(met);
      partnerCenter.know({ ...met, defaultDomain: `c${number}.onmicrosoft.example` });
      return { customer: met, approver: approverOf(met) };
    },
    /** A process that was asked to stop has finished what it had in hand, and the next one begins. */
    deploy(): void {
      bot = startProcess(around, watch);
    },
    /** As `npm run seal-key` does while the bot is stopped: everything sealed is sealed anew under another key. */
    async changeSealKey(): Promise<void> {
      const next = Buffer.from(random.id().slice(0, 32));
      await rotateSealKey(memory, { old: around.sealKey, new: next });
      around.sealKey = next;
      bot = startProcess(around, watch);
    },
    install: (who: Person & { signInName?: string }) =>
      savePerson(
        db,
        { ...who, installed: true, conversationId: `chat-${who.userId}`, serviceUrl: 'https://smba.example/' },
        new Date(clock.ms),
      ),
  };
}

function keptSignIn(memory: MemoryDatabase, sealKey: Uint8Array): string | undefined {
  const sealed = sealedSignIn(memory);
  return sealed === undefined ? undefined : tryUnseal(REFRESH_TOKEN, sealed, sealKey);
}

function sealedSignIn({ tables }: MemoryDatabase): string | undefined {
  const sealed = tables.get('secrets', REFRESH_TOKEN)?.sealed;
  return typeof sealed === 'string' ? sealed : undefined;
}

/** A database that says it stored a renewed sign-in, and did not. */
function forgettingSignIns(memory: MemoryDatabase): Database {
  const isRenewal = (text: string) => text.startsWith('UPDATE secrets');
  return {
    ...memory,
    query: async (text, values) => (isRenewal(text) ? [{ version: 2 }] : memory.query(text, values)),
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
