import { expect, it } from 'vitest';
import { expectNothingBroken, expectNotVacuous } from './expectations.ts';
import { SUITES } from './suites.ts';

it('removes what a second person confirmed, once, and nothing else wherever the process dies or a call fails', async () => {
  const suite = SUITES.removal;
  const figures = await suite.run(suite.trials);
  expectNothingBroken(figures);
  expectNotVacuous(figures, { trials: suite.trials, points: 60 });
  expect(figures.deaths).toBeGreaterThan(suite.trials / 3);
}, 1_200_000);

it('does so when 30 % of all calls fail', async () => {
  const suite = SUITES.mixedRemoval;
  const figures = await suite.run(suite.trials);
  expectNothingBroken(figures);
  expectNotVacuous(figures, { trials: suite.trials });
}, 1_200_000);
