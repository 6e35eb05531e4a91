import { BEHAVIOURS } from './behaviours.ts';
import { createTally, type Figures } from './figures.ts';
import { firstPostUnanswered, mixedFaults } from './mixed-faults.ts';
import {
  addition,
  ended,
  longRegistration,
  profile,
  registration,
  removal,
  request,
  type Scenario,
} from './scenarios.ts';
import { type SoakOptions, type SoakOutcome, soak } from './soak.ts';
import { type SweepOptions, sweep } from './sweep.ts';
import type { TrialOptions } from './trial.ts';

/** One line of the table of results: what was run, how often, and with which seed. */
export type Suite = Readonly<{ name: string; trials: number; seed: number; run(trials: number): Promise<Figures> }>;

/** Where three uploads of one batch can be taken for each other. */
const HARDEST = Object.fromEntries(Object.entries(BEHAVIOURS).filter(([name]) => /^(as|\(b\)|\(d\)|\(f\))/.test(name)));

/** Where what a removal reads looks different. */
const REMOVED_UNDER = Object.fromEntries(Object.entries(BEHAVIOURS).filter(([name]) => /^(as|\(f\))/.test(name)));

/** Everything that is simulated, with the number of trials of `npm test`; the long run does ten times as many. */
export const SUITES = {
  oneUpload: crashes('crashes, one upload', registration, { seed: 1, trials: 5_600 }),
  threeUploads: crashes('crashes, three uploads and a repeat', longRegistration, {
    seed: 2,
    trials: 2_800,
    behaviours: HARDEST,
  }),
  request: crashes('crashes, relationship request', request, {
    seed: 3,
    trials: 4_000,
    behaviours: { 'as documented': {} },
  }),
  addition: crashes('crashes, two uploads to a batch that is there', addition, {
    seed: 19,
    trials: 1_200,
    behaviours: HARDEST,
  }),
  ended: crashes('crashes, a relationship that ends', ended, {
    seed: 18,
    trials: 800,
    behaviours: { 'as documented': {} },
  }),
  profile: crashes('crashes, a profile for a batch', profile, {
    seed: 12,
    trials: 1_200,
    behaviours: { 'as documented': {} },
  }),
  removal: crashes('crashes, a removal with a second person', removal, {
    seed: 17,
    trials: 1_200,
    behaviours: REMOVED_UNDER,
  }),
  lostAnswers: chance('every first POST accepted but unanswered', registration, firstPostUnanswered, 4, 1_500),
  lostAnswersLong: chance('the same with three uploads', longRegistration, firstPostUnanswered, 5, 500),
  mixed: chance('30 % of all calls fail', registration, () => mixedFaults(0.3), 6, 700),
  mixedLong: chance('30 % of all calls fail, three uploads', longRegistration, () => mixedFaults(0.3), 7, 300),
  mixedAddition: chance('30 % of all calls fail, an addition', addition, () => mixedFaults(0.3), 15, 200),
  mixedProfile: chance('30 % of all calls fail, a profile', profile, () => mixedFaults(0.3), 13, 200),
  mixedRemoval: chance('30 % of all calls fail, a removal', removal, () => mixedFaults(0.3), 14, 200),
  mixedRequest: chance('30 % of all calls fail, request', request, () => mixedFaults(0.3), 8, 500),
  worlds: { name: '10 % faults in one world, in days', seed: 11, trials: 15, run: (days) => worlds(11, days) },
} satisfies Record<string, Suite>;

/** So many days, in worlds of at most fifteen: 2,500 requests, 1,500 batches and ten deployments in each fifteen. */
async function worlds(firstSeed: number, days: number): Promise<Figures> {
  const tally = createTally();
  const stories: string[] = [];
  for (let [left, seed] = [days, firstSeed]; left > 0; left -= DAYS_IN_A_WORLD, seed++) {
    const outcome = await soak(lifeOf(seed, Math.min(left, DAYS_IN_A_WORLD)));
    tally.add(outcome, `seed ${seed}`);
    stories.push(storyOf(outcome));
  }
  return { ...tally.figures(), stories };
}

const DAYS_IN_A_WORLD = 15;

/** What happens in a world of so many days. */
export function lifeOf(seed: number, days: number): SoakOptions {
  const share = (ofFifteenDays: number) => Math.ceil((ofFifteenDays * days) / DAYS_IN_A_WORLD);
  const work = { requests: share(2_500), batches: share(1_500) };
  return { seed, days, ...work, deployments: Math.max(4, share(10)), lapses: share(2), faults: 0.1 };
}

function storyOf({ options, counts, wallMs }: SoakOutcome): string {
  const { seed, days, requests, batches } = options;
  const times = Math.round((days * 86_400_000) / wallMs);
  const counted = Object.entries(counts).map(([what, count]) => `${what} ${count}`);
  return `seed ${seed}: ${days} days, ${requests} requests, ${batches} batches, ${times} × real time; ${counted.join(', ')}`;
}

function crashes(
  name: string,
  scenario: Scenario,
  { seed, trials, behaviours = BEHAVIOURS }: Pick<SweepOptions, 'seed' | 'trials'> & Partial<SweepOptions>,
): Suite {
  return { name, seed, trials, run: (count) => sweep({ scenario, behaviours, seed, trials: count }) };
}

function chance(
  name: string,
  scenario: Scenario,
  faults: () => Partial<TrialOptions>,
  seed: number,
  trials: number,
): Suite {
  const behaviours = Object.entries(BEHAVIOURS);
  return {
    ...{ name, seed, trials },
    async run(count) {
      const tally = createTally();
      for (let n = 0; n < count; n++) {
        const [label, behaviour] = behaviours[n % behaviours.length] ?? [];
        const trialSeed = seed * 1_000_000 + n;
        tally.add(await scenario({ seed: trialSeed, behaviour, ...faults() }), `${label}, seed ${trialSeed}`);
      }
      return tally.figures();
    },
  };
}
