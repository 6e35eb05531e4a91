import type { Behaviour } from '../emulators/partner-center/behaviour.ts';
import { createTally, type Figures } from './figures.ts';
import { HARMS, type Harm, type Plan } from './points.ts';
import { createRandom } from './random.ts';
import type { Scenario } from './scenarios.ts';

export type SweepOptions = Readonly<{
  scenario: Scenario;
  behaviours: Readonly<Record<string, Partial<Behaviour>>>;
  seed: number;
  /** In all; what single harms leave of them, two harms at a time take. */
  trials: number;
}>;

/**
 * Harms every call of a story once: in each way where the server does as documented, in one way, by turns, under each
 * other behaviour. Then two calls at a time, by chance. The points come from a run without harm, in which the ports'
 * decorators count what is called.
 */
export async function sweep({ scenario, behaviours, seed, trials }: SweepOptions): Promise<Figures> {
  const tally = createTally();
  const random = createRandom(seed);
  const lengths = new Map<string, number>();
  let left = trials;

  async function trial(name: string, trialSeed: number, plan: Plan): Promise<void> {
    left -= 1;
    const outcome = await scenario({ seed: trialSeed, plan, behaviour: behaviours[name] });
    tally.add(outcome, labelOf(name, trialSeed, plan));
  }

  for (const [turn, [name, behaviour]] of Object.entries(behaviours).entries()) {
    const { world } = await scenario({ seed, behaviour });
    lengths.set(name, world.watch.calls.length);
    for (const point of pointsOf(world.watch.calls)) tally.pass(point);
    for (let index = 1; index <= world.watch.calls.length; index++) {
      const harms = turn === 0 ? HARMS : [HARMS[(index + turn) % HARMS.length] ?? 'die-after'];
      for (const harm of harms) await trial(name, seed, new Map([[index, harm]]));
    }
  }
  const names = Object.keys(behaviours);
  for (let n = 0; left > 0; n++) {
    const name = random.pick(names);
    const at = () => 1 + random.int((lengths.get(name) ?? 1) + 10);
    await trial(name, seed + n, new Map<number, Harm>([at(), at()].map((index) => [index, random.pick(HARMS)])));
  }
  return tally.figures();
}

/** The same call at another place of the story is another point. */
function pointsOf(calls: readonly string[]): readonly string[] {
  const seen = new Map<string, number>();
  return calls.map((call) => {
    const occurrence = (seen.get(call) ?? 0) + 1;
    seen.set(call, occurrence);
    return `${call} #${occurrence}`;
  });
}

function labelOf(behaviour: string, seed: number, plan: Plan): string {
  const harms = [...plan].map(([index, harm]) => `${harm} call ${index}`).join(' and ');
  return `${behaviour}, seed ${seed}, ${harms}`;
}
