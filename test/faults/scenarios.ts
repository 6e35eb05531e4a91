import {
  brokenBatchPromises,
  brokenProfilePromises,
  brokenPromises,
  brokenRemovalPromises,
  brokenRequestPromises,
} from './invariants.ts';
import { adding, answering, asking, askingToRemove, confirming, deciding, listing } from './people.ts';
import { openWorld, type TrialOptions, type World } from './trial.ts';

/** What one trial showed. */
export type Outcome = Readonly<{
  world: World;
  /** Sentences; none when every promise held. */
  broken: readonly string[];
  /** From the end of Partner Center's work, or of the approver's, to the notice, in virtual ms. */
  toldAfterMs?: number;
}>;

export type Scenario = (options: TrialOptions) => Promise<Outcome>;

const HOUR_MS = 3_600_000;
/** What a rep calls a list of their own accord. */
const ORDER = 'Order 4711';
/** Devices that register, and one, ending in 812, that Microsoft does not know. */
const PKIDS = ['3300000000011', '3300000000812', '3300000000035', '3300000000042', '3300000000059'];

/** A rep registers devices for a customer who accepted long ago. */
export const registration: Scenario = (options) => register(options, PKIDS.slice(0, 3), { name: ORDER });

/** The same with a list that needs three uploads, of which one device fails for no reason of its own. */
export const longRegistration: Scenario = (options) => {
  const behaviour = { ...options.behaviour, verdicts: { '3300000000042': '999' } };
  return register({ ...options, behaviour, uploadLimits: { devices: 2, bytes: 1_000 } }, PKIDS, { name: ORDER });
};

/** A list of so many devices, all of which register, under the name that was suggested or one that the rep typed. */
export function registrationOf(count: number, name?: string): Scenario {
  const pkids = Array.from({ length: count }, (_, index) => `33${String(index * 10).padStart(11, '0')}`);
  return (options) => register(options, pkids, { name });
}

async function register(
  options: TrialOptions,
  pkids: readonly string[],
  { name, addTo }: { name?: string | undefined; addTo?: string },
): Promise<Outcome> {
  const world = openWorld(options);
  world.partnerCenter.accept();
  if (addTo) world.partnerCenter.hold(addTo, OTHERS.slice(0, 2));
  await world.install(world.robin);
  const { person, robin, customer } = world;
  const { id } = await person((bot) => bot.batches.open(customer.tenantId, robin));
  await person(adding(world, id, pkids));
  await person(confirming(world, id, name, addTo));
  await world.work(world.clock.ms + 80 * HOUR_MS);
  return {
    world,
    broken: [...brokenBatchPromises(world, id), ...brokenPromises(world)],
    toldAfterMs: toldAfter(world),
  };
}

/** A rep adds a list that needs two uploads to a batch that somebody else made. */
export const addition: Scenario = (options) => {
  const uploadLimits = { devices: 2, bytes: 1_000 };
  return register({ ...options, uploadLimits }, PKIDS.slice(0, 3), { addTo: 'Order 4700' });
};

/** A rep applies an Autopilot profile to a batch that has ended. */
export const profile: Scenario = async (options) => {
  const world = openWorld(options);
  world.partnerCenter.accept();
  await world.install(world.robin);
  const { person, robin, customer } = world;
  const { id } = await person((bot) => bot.batches.open(customer.tenantId, robin));
  await person(adding(world, id, PKIDS.slice(0, 3)));
  await person(confirming(world, id, ORDER));
  await world.work(world.clock.ms + 80 * HOUR_MS);
  const wanted = { applicationId: world.random.id(), batchId: id, profile: { id: world.random.id(), name: 'Kiosk' } };
  await person((bot) => bot.applications.apply(wanted, robin));
  await world.work(world.clock.ms + 80 * HOUR_MS);
  const broken = [
    ...brokenBatchPromises(world, id),
    ...brokenProfilePromises(world, wanted.applicationId),
    ...brokenPromises(world),
  ];
  return { world, broken };
};

/**
 * A rep asks for the removal of three devices, one of which Partner Center does not have. A second person confirms, and by
 * some seeds refuses or never answers; by every other one a colleague removes a device in the portal first.
 */
export const removal: Scenario = async (options) => {
  const world = openWorld(options);
  const { person, robin, sam, customer, partnerCenter, work, clock } = world;
  partnerCenter.accept();
  partnerCenter.hold('Order 4711', OTHERS.slice(0, 2));
  partnerCenter.hold('Order 4712', OTHERS.slice(3));
  for (const who of [robin, sam]) await world.install(who);
  const { id } = await person((bot) => bot.removals.open(customer.tenantId, robin));
  await person(listing(world, id, OTHERS.slice(1, 4)));
  await person((bot) => bot.removals.look(id, robin));
  await person(askingToRemove(world, id));
  await work(clock.ms + 60_000);
  if (options.seed % 2 === 1) partnerCenter.state().batches.at(-1)?.devices.shift();
  const answer = ANSWERS[options.seed % ANSWERS.length];
  if (answer) await person(deciding(world, id, answer));
  await work(clock.ms + 80 * HOUR_MS);
  const end = answer ? ENDS[answer] : 'expired';
  return { world, broken: [...brokenRemovalPromises(world, id, end), ...brokenPromises(world)] };
};

/** Devices that somebody else registered. */
const OTHERS = ['4400000000014', '4400000000028', '4400000000031', '4400000000045', '4400000000059'];

/** What the second person says, by seed; nothing by one of them. */
const ANSWERS = ['refuse', undefined, 'confirm', 'confirm', 'confirm'] as const;
const ENDS = { confirm: 'done', refuse: 'refused' } as const;

/** A rep asks, an approver who was not there yet turns up and answers, and accepts at Microsoft. */
export const request: Scenario = async (options) => {
  const world = openWorld(options);
  const { person, robin, anna, customer, work, clock } = world;
  await world.install(robin);
  const { id, reference } = await person(asking(world, customer, anna));
  await work(clock.ms + 5_000);
  await world.install(anna);
  await person((bot) => bot.relationships.arrived(anna));
  await work(clock.ms + 60_000);
  const decision = options.seed % 4 === 0 ? 'decline' : 'approve';
  await person(answering(reference, decision, anna));
  if (decision === 'approve') {
    await work(clock.ms + 30_000);
    world.partnerCenter.accept();
    if (options.seed % 3 === 0) await person((bot) => bot.relationships.hint(customer.tenantId));
  }
  await work(clock.ms + 80 * HOUR_MS);
  const end = decision === 'approve' ? 'active' : 'declined';
  return { world, broken: [...brokenRequestPromises(world, id, end), ...brokenPromises(world)] };
};

/** The same, and later the relationship ends, which Microsoft tells of by no event. */
export const ended: Scenario = async (options) => {
  const world = openWorld(options);
  const { person, robin, anna, customer, partnerCenter, work, clock } = world;
  await world.install(robin);
  const { id, reference } = await person(asking(world, customer, anna));
  await world.install(anna);
  await person((bot) => bot.relationships.arrived(anna));
  await person(answering(reference, 'approve', anna));
  partnerCenter.accept();
  await work(clock.ms + 80 * HOUR_MS);
  partnerCenter.end();
  await person((bot) => bot.customers.checkRelationship(customer.tenantId));
  await person((bot) => bot.relationships.checkEnded());
  await work(clock.ms + 80 * HOUR_MS);
  return { world, broken: [...brokenRequestPromises(world, id, 'ended'), ...brokenPromises(world)] };
};

function toldAfter({ partnerCenter, chat }: World): number | undefined {
  const ended = Math.max(...partnerCenter.state().jobs.map(({ endsAt }) => endsAt));
  const notice = chat.posted.find(({ role }) => role === 'batch.notice-rep');
  return notice && Math.max(notice.atMs - ended, 0);
}
