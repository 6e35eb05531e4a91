import { expect, it } from 'vitest';
import { expectNothingBroken, expectNotVacuous } from './expectations.ts';
import { SUITES } from './suites.ts';

it('loses nothing and says nothing wrong wherever the process dies or a call fails while a profile is applied', async () => {
  const suite = SUITES.profile;
  const figures = await suite.run(suite.trials);
  expectNothingBroken(figures);
  expectNotVacuous(figures, { trials: suite.trials, points: 60, accepted: suite.trials });
  expect(figures.deaths).toBeGreaterThan(suite.trials / 3);
}, 1_200_000);

it('does so when 30 % of all calls fail', async () => {
  const suite = SUITES.mixedProfile;
  const figures = await suite.run(suite.trials);
  expectNothingBroken(figures);
  expectNotVacuous(figures, { trials: suite.trials, accepted: suite.trials });
}, 1_200_000);
