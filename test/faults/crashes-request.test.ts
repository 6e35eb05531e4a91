import { expect, it } from 'vitest';
import { expectNothingBroken, expectNotVacuous } from './expectations.ts';
import { SUITES } from './suites.ts';

it('loses and doubles nothing wherever the process dies or a call fails while it asks for a relationship', async () => {
  const suite = SUITES.request;
  const figures = await suite.run(suite.trials);
  expectNothingBroken(figures);
  expectNotVacuous(figures, { trials: suite.trials, points: 60, accepted: 0 });
  expect(figures.deaths).toBeGreaterThan(suite.trials / 3);
}, 1_200_000);

it('loses and doubles nothing wherever the process dies or a call fails while a relationship ends', async () => {
  const suite = SUITES.ended;
  const figures = await suite.run(suite.trials);
  expectNothingBroken(figures);
  expectNotVacuous(figures, { trials: suite.trials, points: 60 });
  expect(figures.deaths).toBeGreaterThan(suite.trials / 3);
}, 1_200_000);
