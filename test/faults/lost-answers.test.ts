import { expect, it } from 'vitest';
import { expectNothingBroken, expectNotVacuous } from './expectations.ts';
import { SUITES } from './suites.ts';

it('loses and doubles nothing when every first POST is accepted and its answer lost', async () => {
  const suite = SUITES.lostAnswers;
  const figures = await suite.run(suite.trials);
  expectNothingBroken(figures);
  expectNotVacuous(figures, { trials: suite.trials, accepted: suite.trials });
  expect(figures.harms['line cut-after']).toBe(suite.trials);
}, 1_200_000);
