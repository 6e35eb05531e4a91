import type { BatchId, RequestId } from '../../services/identity.ts';
import type { Tenant } from '../../services/relationships/ports.ts';
import { type Behaviour, defaultBehaviour } from '../emulators/partner-center/behaviour.ts';
import { createAgenda } from './agenda.ts';
import { BEHAVIOURS } from './behaviours.ts';
import { brokenBatchPromises, brokenPromises, brokenRequestPromises } from './invariants.ts';
import { mixedFaults } from './mixed-faults.ts';
import { type Approver, adding, answering, asking, confirming, type Step } from './people.ts';
import type { Bot } from './process.ts';
import type { Outcome } from './scenarios.ts';
import { openWorld, type TrialOptions, type World } from './trial.ts';

export type SoakOptions = Readonly<{
  seed: number;
  days: number;
  requests: number;
  batches: number;
  /** Every second one is a kill in the middle of something; every third comes with another SEAL_KEY. */
  deployments: number;
  /** How often the sign-in to Partner Center ends and a person has to renew it. */
  lapses: number;
  /** This share of all calls to Microsoft and Teams goes wrong. */
  faults: number;
  sabotage?: TrialOptions['sabotage'];
}>;

/** What one long run showed, with what it takes to believe that it was no idle one. */
export type SoakOutcome = Outcome &
  Readonly<{
    counts: Readonly<{
      decided: number;
      customers: number;
      registered: number;
      rotations: number;
      deployments: number;
      keyChanges: number;
      lapsesTold: number;
      lapsesEnded: number;
      /** Ways in which Partner Center behaved, one after the other. */
      behaviours: number;
      /** Approvers who were reminded before they answered. */
      reminded: number;
    }>;
    options: SoakOptions;
    wallMs: number;
  }>;

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** So many of all calls end the process. */
const DEATH_RATE = 0.0005;
/** Of requests, that many in a hundred are approved; the customer is one from then on. */
const APPROVED_PERCENT = 40;
/** One approver in so many answers only after having been reminded. */
const SLOW_ONE_IN = 50;
const SLOW_MS = 4 * DAY_MS;
/** How long Partner Center works on an upload, where a behaviour says nothing else. */
const TIMING = { queuedMs: 20_000, processingMs: 100_000 };

/**
 * One world for many days: one database, one Partner Center, a growing number of customers, people who ask, answer and
 * register at moments of their own, and a bot that is deployed, killed, rekeyed and locked out meanwhile. Partner Center
 * takes on every behaviour in turn, twice over: what was sent under one is read back under the next.
 */
export async function soak(options: SoakOptions): Promise<SoakOutcome> {
  const { seed, days, faults, sabotage } = options;
  const startedAt = performance.now();
  const how = {
    behaviour: { timing: TIMING },
    ...mixedFaults(faults),
    deathRate: DEATH_RATE,
    maxJobs: 5_000_000,
    sabotage,
  };
  const world = openWorld({ seed, ...how });
  const beganAtMs = world.clock.ms;
  const agenda = createAgenda(world);
  await world.install(world.robin);
  world.partnerCenter.accept();
  const books = openBooks(world, options, agenda);
  books.plan(beganAtMs, days * DAY_MS);
  await agenda.live();
  await world.work(world.clock.ms + 80 * HOUR_MS);
  const { counts, broken } = books.close();
  return {
    ...{ world, counts, options },
    broken: [...broken, ...brokenPromises(world)],
    wallMs: performance.now() - startedAt,
  };
}

/** What is going to happen, and what was promised to whom. */
function openBooks(world: World, options: SoakOptions, agenda: ReturnType<typeof createAgenda>) {
  const { add } = agenda;
  const { random, partnerCenter, chat, login } = world;
  const asked: { id: RequestId; end: 'active' | 'declined' }[] = [];
  const batches: BatchId[] = [];
  const customers: Tenant[] = [world.customer];
  const free: { customer: Tenant; approver: Approver }[] = [];
  let met = 0;
  let keyChanges = 0;
  let deployments = 0;
  let devices = 0;
  let behaviours = 0;
  let wishes = 0;

  /** A rep asks; the approver turns up, answers, and perhaps accepts at Microsoft. */
  function planRequest(atMs: number): void {
    add(atMs, async () => {
      const { customer, approver } = free.pop() ?? world.meet(++met);
      const decision = random.int(100) < APPROVED_PERCENT ? 'approve' : 'decline';
      const pauseMs = ++wishes % SLOW_ONE_IN === 0 ? SLOW_MS : 0;
      later(asking(world, customer, approver), async ({ id, reference }) => {
        asked.push({ id, end: decision === 'approve' ? 'active' : 'declined' });
        await world.install(approver);
        later(
          (bot) => bot.relationships.arrived(approver),
          () => answer(reference),
        );
      });
      const answer = (reference: string) => {
        const then = () => {
          if (decision === 'approve') planAcceptance(customer);
          else free.unshift({ customer, approver });
        };
        later(answering(reference, decision, approver), then, pauseMs);
      };
    });
  }

  function planAcceptance(customer: Tenant): void {
    add(world.clock.ms + random.int(3 * HOUR_MS), async () => {
      partnerCenter.accept(customer);
      customers.push(customer);
      if (random.chance(0.5)) later((bot) => bot.relationships.hint(customer.tenantId));
    });
  }

  /** A rep registers one to three devices for one of the customers there are. */
  function planBatch(atMs: number, number: number): void {
    add(atMs, async () => {
      const { tenantId } = random.pick(customers);
      const pkids = Array.from({ length: 1 + random.int(3) }, () => pkid(++devices, random.chance(0.05)));
      const open = (bot: Bot) => bot.batches.open(tenantId, world.robin);
      const confirm = (id: BatchId) => later(confirming(world, id, `Order ${number}`), () => batches.push(id));
      later(open, ({ id }) => later(adding(world, id, pkids), () => confirm(id)));
    });
  }

  function planDeployment(atMs: number, number: number): void {
    add(atMs, async () => {
      deployments += 1;
      if (number % 2 === 1) world.watch.doom();
      else world.deploy();

      if (number % 3 !== 0) return;
      keyChanges += 1;
      await world.changeSealKey();
    });
  }

  /** The sign-in ends. Half an hour after the admin was told, they sign in anew. */
  function planLapse(atMs: number): void {
    const tellings = () => countOf('sign-in.parked');
    const waitForTelling = (before: number) => {
      add(world.clock.ms + 30 * MINUTE_MS, async () => {
        if (tellings() === before) return waitForTelling(before);
        const token = login.signInAnew();
        later((bot) => bot.signIn.tokens.adopt(token));
      });
    };
    add(atMs, async () => {
      login.settings.refresh = 'expired';
      waitForTelling(tellings());
    });
  }

  /** Partner Center behaves in another way from now on, also towards what it was given before. */
  function planBehaviour(atMs: number, behaviour: Partial<Behaviour>): void {
    add(atMs, async () => {
      behaviours += 1;
      Object.assign(partnerCenter.behaviour, { ...defaultBehaviour(), timing: TIMING, ...behaviour });
    });
  }

  /** Some minutes from now, as people are; or so much later. */
  function later<T>(step: Step<T>, then?: (result: T) => unknown, pauseMs = 0): void {
    agenda.let(world.clock.ms + pauseMs + MINUTE_MS + random.int(20 * MINUTE_MS), step, then);
  }

  function countOf(role: string): number {
    return chat.posted.filter((one) => one.role === role).length;
  }

  return {
    plan(fromMs: number, forMs: number): void {
      const at = () => fromMs + random.int(forMs);
      const spread = (index: number, of: number) => fromMs + Math.round(((index + 0.5) * forMs) / of);
      for (let n = 0; n < options.requests; n++) planRequest(at());
      for (let n = 0; n < options.batches; n++) planBatch(at(), 1_000 + n);
      for (let n = 0; n < options.deployments; n++) planDeployment(spread(n, options.deployments), n);
      for (let n = 0; n < options.lapses; n++) planLapse(spread(n, options.lapses));
      const weather = [...Object.values(BEHAVIOURS), ...Object.values(BEHAVIOURS)];
      for (const [n, behaviour] of weather.entries()) planBehaviour(spread(n, weather.length), behaviour);
      for (let hour = 0; hour * HOUR_MS < forMs; hour++) planUpkeep(fromMs + hour * HOUR_MS, hour);
    },
    close() {
      const decided = asked.filter(({ id }) => world.memory.tables.get('requests', id)?.decision !== null).length;
      const registered = partnerCenter.state().batches.length;
      return {
        counts: {
          ...{ decided, registered, customers: customers.length, rotations: login.rotations() },
          ...{ behaviours, reminded: countOf('reminder') },
          ...{ deployments, keyChanges, lapsesTold: countOf('sign-in.parked'), lapsesEnded: countOf('sign-in.works') },
        },
        broken: [
          ...(asked.length === options.requests ? [] : [`lost: ${asked.length} requests were sent`]),
          ...(batches.length === options.batches ? [] : [`lost: ${batches.length} batches were confirmed`]),
          ...asked.flatMap(({ id, end }) => brokenRequestPromises(world, id, end)),
          ...batches.flatMap((id) => brokenBatchPromises(world, id)),
        ],
      };
    },
  };

  /** What the bot does by itself every hour, as far as the sign-in is concerned. */
  function planUpkeep(atMs: number, hour: number): void {
    agenda.let(atMs, (bot) => bot.signIn.notices.remind());
    if (hour % 24 === 12) agenda.let(atMs, (bot) => bot.signIn.tokens.renew().catch(() => undefined));
  }
}

/** A PKID nobody else has; one that Microsoft does not know ends in 812. */
function pkid(number: number, isUnknown: boolean): string {
  return `3${String(number).padStart(9, '0')}${isUnknown ? '812' : '000'}`;
}
