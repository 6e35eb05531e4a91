import { expect, it } from 'vitest';
import { expectNothingBroken, expectNotVacuous } from './expectations.ts';
import { SUITES } from './suites.ts';

it('loses and doubles nothing wherever the process dies or a call fails while it registers devices in three uploads', async () => {
  const suite = SUITES.threeUploads;
  const figures = await suite.run(suite.trials);
  expectNothingBroken(figures);
  expectNotVacuous(figures, { trials: suite.trials, points: 60, accepted: 110 });
  expect(figures.deaths).toBeGreaterThan(suite.trials / 3);
}, 1_200_000);
