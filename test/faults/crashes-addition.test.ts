import { expect, it } from 'vitest';
import { expectNothingBroken, expectNotVacuous } from './expectations.ts';
import { SUITES } from './suites.ts';

it('loses and doubles nothing wherever the process dies or a call fails while it adds devices to a batch that is there', async () => {
  const suite = SUITES.addition;
  const figures = await suite.run(suite.trials);
  expectNothingBroken(figures);
  expectNotVacuous(figures, { trials: suite.trials, points: 60, accepted: 2 * suite.trials });
  expect(figures.deaths).toBeGreaterThan(suite.trials / 3);
}, 1_200_000);

it('does so when 30 % of all calls fail', async () => {
  const suite = SUITES.mixedAddition;
  const figures = await suite.run(suite.trials);
  expectNothingBroken(figures);
  expectNotVacuous(figures, { trials: suite.trials, accepted: 2 * suite.trials });
}, 1_200_000);
