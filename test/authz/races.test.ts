import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { quietLog } from '../contracts/test-databases.ts';
import { keepFigures } from '../figures/keep.ts';
import { ACTORS } from './cast.ts';
import { type House, openHouse } from './house.ts';
import { REFERENCE, setScene } from './scene.ts';

const TRIALS = 25 * Number(process.env.FUZZ_TIMES ?? 1);
const CONTENDERS = 32;

const ANNA = ACTORS['the approver, known by object id'];
const BO = ACTORS['an approver, named but never seen'];
const ROBIN = ACTORS['the rep who asked'];
const data = { reference: REFERENCE };

let house: House;

beforeAll(async () => {
  house = await openHouse(quietLog);
});

afterAll(() => house?.close());

/** Everybody who can end a request presses at once, in an order that differs from trial to trial. */
const PRESSES = [
  () => house.press(ANNA, 'personal', 'relationship.approve', data),
  () => house.press(ANNA, 'personal', 'relationship.decline', data),
  () => house.press(BO, 'personal', 'relationship.approve', data),
  () => house.press(BO, 'personal', 'relationship.decline', data),
];

describe(`${CONTENDERS} presses at once, ${TRIALS} times`, () => {
  it('leave one decision, recorded once, by who made it', async () => {
    const outcomes = new Set<unknown>();
    for (let trial = 0; trial < TRIALS; trial++) {
      await setScene(house, 'sent');
      const before = await auditLength();
      await Promise.all(Array.from({ length: CONTENDERS }, (_, index) => pressOf(trial, index)()));
      const [request] = await house.db.query('select state, decision from requests');
      const entries = await house.db.query('select action, actor from audit where seq > $1', [before]);
      expect(entries).toHaveLength(1);
      expect(entries[0]?.action).toBe(`request.${request?.state}`);
      expect(request?.decision).toMatchObject({ by: entries[0]?.actor });
      outcomes.add(`${request?.state} ${JSON.stringify(entries[0]?.actor)}`);
    }
    expect(outcomes.size).toBeGreaterThan(1); // or nobody really contended
    keepFigures('decision races', { trials: TRIALS, contenders: CONTENDERS, 'different winners': outcomes.size });
  });

  it('let a withdrawal and a decision never both be last', async () => {
    for (let trial = 0; trial < TRIALS; trial++) {
      await setScene(house, 'sent');
      const before = await auditLength();
      const withdraw = () => house.press(ROBIN, 'personal', 'request.withdraw', data);
      await Promise.all(
        Array.from({ length: CONTENDERS }, (_, index) =>
          (index % 8 === trial % 8 ? withdraw : pressOf(trial, index))(),
        ),
      );
      const actions = (await house.db.query('select action from audit where seq > $1 order by seq', [before])).map(
        ({ action }) => action,
      );
      const [request] = await house.db.query('select state from requests');
      expect([
        ['request.withdrawn'],
        ['request.declined'],
        ['request.approved', 'request.withdrawn'], // taken back before Microsoft's step
      ]).toContainEqual(actions);
      expect(actions.at(-1)).toBe(`request.${request?.state}`);
    }
  });
});

function pressOf(trial: number, index: number): () => Promise<unknown> {
  return PRESSES[(trial * 7 + index) % PRESSES.length] as () => Promise<unknown>;
}

async function auditLength(): Promise<number> {
  const [row] = await house.db.query('select count(*) as n from audit');
  return Number(row?.n);
}
