import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { quietLog } from '../contracts/test-databases.ts';
import { keepFigures } from '../figures/keep.ts';
import { ACTORS, PLACES } from './cast.ts';
import { type House, openHouse } from './house.ts';
import { DRAFT, REFERENCE, setScene } from './scene.ts';

/** Set FUZZ_SEED to repeat a run, FUZZ_TIMES to make it longer. */
const SEED = Number(process.env.FUZZ_SEED ?? Date.now() % 1_000_000_007);
const BODIES = 12_000 * Number(process.env.FUZZ_TIMES ?? 1);

const ANNA = ACTORS['the approver, known by object id'];
const NOT_ASKED = [
  ACTORS['an ordinary user of the customer'],
  ACTORS['an administrator nobody asked'],
  ACTORS['the rep as a guest of the customer, listed as approver'],
  ACTORS['an administrator of another customer'],
  ACTORS['a colleague without a role'],
  ACTORS['the rep who asked'],
];

let house: House;
const rejections: unknown[] = [];
const noteRejection = (reason: unknown): void => void rejections.push(reason);

beforeAll(async () => {
  process.on('unhandledRejection', noteRejection);
  house = await openHouse(quietLog);
  await setScene(house, 'sent');
});

afterAll(async () => {
  process.off('unhandledRejection', noteRejection);
  await house?.close();
});

/**
 * The channel vouches for who speaks (object id and tenant) and for nothing else. Everything else is the sender's to choose.
 */
describe(`with seed ${SEED}`, () => {
  it(`takes none of ${BODIES} damaged and forged presses of people nobody asked for a decision`, async () => {
    const random = createRandom(SEED);
    let answered = 0;
    for (let i = 0; i < BODIES; i++) {
      const activity = forged(random);
      const { body, cards, texts } = await house.hear(random.pick(NOT_ASKED), random.pick(PLACES), activity);
      if (body || cards.length + texts.length > 0) answered++;
    }
    const rows = await house.db.query('select state, decision from requests');
    expect(rows).toEqual([{ state: 'sent', decision: null }]);
    const audited = await house.db.query(`select distinct action from audit where action like 'request.%'`);
    expect(audited).toEqual([{ action: 'request.refused' }]);
    expect(await house.db.query(`select state from batches where id = '${DRAFT}'`)).toEqual([{ state: 'draft' }]);
    // Or the damage would be too crude to prove anything. Invokes of no known name are refused without a word.
    expect(answered).toBeGreaterThan(BODIES / 3);
    expect(rejections).toEqual([]);
    const decisions = rows.filter(({ decision }) => decision !== null).length;
    keepFigures('forged presses', {
      seed: SEED,
      presses: BODIES,
      answered,
      decisions,
      'unhandled rejections': rejections.length,
    });
  }, 400_000);

  it('still takes the approver’s own', async () => {
    await house.press(ANNA, 'personal', 'relationship.approve', { reference: REFERENCE });
    expect(await house.db.query('select state from requests')).toEqual([{ state: 'approved' }]);
  });
});

type Random = { below(limit: number): number; pick<T>(list: readonly T[]): T };

/** Small and repeatable; nothing here needs better randomness. */
function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const below = (limit: number): number => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) >>> 0;
    return Math.floor((((state ^ (state >>> 13)) >>> 0) / 2 ** 32) * limit);
  };
  return { below, pick: (list) => list[below(list.length)] as (typeof list)[number] };
}

/** A press of "approve" or "decline" that pretends to be Anna's, with up to three things wrong besides. */
function forged(random: Random): Record<string, unknown> {
  const verb = random.pick(['relationship.approve', 'relationship.decline']);
  const data = { reference: REFERENCE, ...pretence(random) };
  const isInvoke = random.below(3) > 0;
  const activity: Record<string, unknown> = isInvoke
    ? { type: 'invoke', name: 'adaptiveCard/action', value: { action: { type: 'Action.Execute', verb, data } } }
    : { type: 'message', text: '', value: { ...data, verb } };
  Object.assign(activity, { entities: [{ type: 'clientInfo', locale: 'en' }], locale: 'en-GB' }, pretence(random));
  for (let changes = random.below(4); changes > 0; changes--) damageSomewhere(random, activity);
  return activity;
}

/** Ways to say "I am Anna" where nobody vouches for it. */
function pretence(random: Random): Record<string, unknown> {
  const { userId, tenantId, name, signInName } = ANNA;
  return random.pick([
    {},
    { userId, tenantId, name },
    { by: { userId, tenantId, name, signInName }, isAdmin: true },
    { aadObjectId: userId, userPrincipalName: signInName },
    { channelId: 'msteams', callerId: `urn:${userId}`, localTimezone: signInName },
    { attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content: { from: userId } }] },
    { suggestedActions: { to: [userId] }, replyToId: userId },
  ]);
}

function damageSomewhere(random: Random, holder: Record<string, unknown>): void {
  const name = random.pick(Object.keys(holder));
  const inner = holder[name];
  const deeper = typeof inner === 'object' && inner !== null && Object.keys(inner).length > 0 && random.below(3) > 0;
  if (deeper) damageSomewhere(random, inner as Record<string, unknown>);
  else if (random.below(5) === 0) delete holder[name];
  else holder[name] = hostile(random);
}

function hostile(random: Random): unknown {
  return random.pick<() => unknown>([
    () => null,
    () => '',
    () => random.below(2 ** 31),
    () => true,
    () => [],
    () => ({}),
    () => ({ toString: 1, length: -1, valueOf: 'x' }),
    () => 'x'.repeat(random.below(500)),
    () => '\u0000\u202e\ud800',
    () => ANNA.userId,
    () => ANNA.signInName,
    () => ({ ...ANNA }),
    () => 'constructor',
  ])();
}
