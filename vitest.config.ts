import { relative } from 'node:path';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * What takes longest begins first, so that no worker is left alone with it at the end. Without a list the order would be
 * that of file sizes on a machine that has not run them before, as in CI.
 */
const LONGEST_FIRST = [
  'test/authz/oracle.test.ts',
  'test/content/injection.test.ts',
  'test/faults/crashes-one-upload.test.ts',
  'test/faults/lost-answers.test.ts',
  'test/faults/kill/kill.test.ts',
  'test/faults/mixed.test.ts',
  'test/whole/sign-in.test.ts',
  'test/services/queue/jobs.test.ts',
  'test/faults/machines/rolling.test.ts',
  'test/faults/crashes-request.test.ts',
  'test/faults/crashes-three-uploads.test.ts',
  'test/services/queue/kill.test.ts',
  'test/faults/soak.test.ts',
];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) => {
      const index = LONGEST_FIRST.indexOf(relative(import.meta.dirname, moduleId));
      return index < 0 ? LONGEST_FIRST.length : index;
    };
    return (await super.sort(files)).toSorted((a, b) => place(a) - place(b));
  }
}

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/global-setup.ts'],
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    // Suites that hammer real sockets share two processors with others: a lost connection gets a second chance, in CI only.
    retry: process.env.CI ? 1 : 0,
    testTimeout: 60_000,
    hookTimeout: 180_000,
  },
});
