import { BEHAVIOURS } from './behaviours.ts';
import { createTally, type Figures } from './figures.ts';
import { firstPostUnanswered, mixedFaults } from './mixed-faults.ts';
import { longRegistration, registration, request, type Scenario } from './scenarios.ts';
import { type SweepOptions, sweep } from './sweep.ts';
import type { TrialOptions } from './trial.ts';

/** One line of the table of results: what was run, how often, and with which seed. */
export type Suite = Readonly<{ name: string; trials: number; seed: number; run(trials: number): Promise<Figures> }>;

/** Where three uploads of one batch can be taken for each other. */
const HARDEST = Object.fromEntries(Object.entries(BEHAVIOURS).filter(([name]) => /^(as|\(b\)|\(d\)|\(f\))/.test(name)));

/** Everything that is simulated, with the number of trials of `npm test`; the long run does ten times as many. */
export const SUITES = {
  oneUpload: crashes('crashes, one upload', registration, { seed: 1, trials: 7_500 }),
  threeUploads: crashes('crashes, three uploads and a repeat', longRegistration, {
    seed: 2,
    trials: 3_000,
    behaviours: HARDEST,
  }),
  request: crashes('crashes, relationship request', request, {
    seed: 3,
    trials: 4_800,
    behaviours: { 'as documented': {} },
  }),
  lostAnswers: chance('every first POST accepted but unanswered', registration, firstPostUnanswered, 4, 1_500),
  lostAnswersLong: chance('the same with three uploads', longRegistration, firstPostUnanswered, 5, 500),
  mixed: chance('30 % of all calls fail', registration, () => mixedFaults(0.3), 6, 700),
  mixedLong: chance('30 % of all calls fail, three uploads', longRegistration, () => mixedFaults(0.3), 7, 300),
  mixedRequest: chance('30 % of all calls fail, request', request, () => mixedFaults(0.3), 8, 500),
  soakBatches: chance('10 % faults and a death every 100 calls, batches', longRegistration, soak, 9, 400),
  soakRequests: chance('10 % faults and a death every 100 calls, requests', request, soak, 10, 800),
} satisfies Record<string, Suite>;

function soak(): Partial<TrialOptions> {
  return { ...mixedFaults(0.1), deathRate: 0.01 };
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
