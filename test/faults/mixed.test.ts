import { describe, it } from 'vitest';
import { expectNothingBroken, expectNotVacuous } from './expectations.ts';
import { SUITES } from './suites.ts';

const { lostAnswers, lostAnswersLong, mixed, mixedLong, mixedRequest, soakBatches, soakRequests } = SUITES;

describe('nothing is lost, doubled or left untold when', () => {
  it.each([lostAnswers, lostAnswersLong, mixed, mixedLong, mixedRequest, soakBatches, soakRequests])(
    '$name',
    async (suite) => {
      const figures = await suite.run(suite.trials);
      expectNothingBroken(figures);
      expectNotVacuous(figures, { trials: suite.trials });
    },
    400_000,
  );
});
