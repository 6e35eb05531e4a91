import { describe, it } from 'vitest';
import { expectNothingBroken, expectNotVacuous } from './expectations.ts';
import { SUITES } from './suites.ts';

const { lostAnswersLong, mixed, mixedLong, mixedRequest } = SUITES;

describe('nothing is lost, doubled or left untold when', () => {
  it.each([lostAnswersLong, mixed, mixedLong, mixedRequest])(
    '$name',
    async (suite) => {
      const figures = await suite.run(suite.trials);
      expectNothingBroken(figures);
      expectNotVacuous(figures, { trials: suite.trials });
    },
    400_000,
  );
});
