import { relative } from 'node:path';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * What takes longest begins first, so that no worker is left alone with it at the end. Without a list the order would be
 * that of file sizes on a machine that has not run them before, as in CI.
 */
const LONGEST_FIRST = [
  'test/faults/kill/kill.test.ts',
  'test/faults/machines/rolling.test.ts',
  'test/faults/machines/takeover.test.ts',
  'test/sandbox/sandbox.test.ts',
  'test/playground/story.test.ts',
  'test/faults/crashes-one-upload.test.ts',
  'test/authz/oracle.test.ts',
  'test/content/injection.test.ts',
  'test/faults/lost-answers.test.ts',
  'test/faults/mixed.test.ts',
  'test/whole/sign-in.test.ts',
  'test/whole/relationships-over-time.test.ts',
  'test/services/queue/jobs.test.ts',
  'test/faults/crashes-request.test.ts',
  'test/faults/crashes-removal.test.ts',
  'test/faults/crashes-three-uploads.test.ts',
  'test/services/queue/kill.test.ts',
  'test/services/storage/disk-faults.test.ts',
  'test/intake/generated-lists.test.ts',
  'test/content/notices.test.ts',
  'test/faults/soak.test.ts',
];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId, project }: TestSpecification) => {
      const index = LONGEST_FIRST.indexOf(relative(import.meta.dirname, moduleId));
      const own = project.name === OWN ? 0 : 1_000; // a shared process goes on only with a file of its kind
      return own + (index < 0 ? LONGEST_FIRST.length : index);
    };
    return (await super.sort(files)).toSorted((a, b) => place(a) - place(b));
  }
}

const OWN = 'own process';

/**
 * Suites that need a process of their own: they change what a process has one of (its output, its modules), or start and
 * kill others. All the rest shares its processes, each of which loads the program and compiles the database once.
 */
const OWN_PROCESS = [
  'test/canary/**/*.test.ts',
  'test/cards/cards.test.ts',
  'test/faults/{kill,machines}/**/*.test.ts',
  'test/{playground,sandbox}/**/*.test.ts',
];

/**
 * For the processes of the tests: what the optimizing compiler makes of the embedded database costs more than a suite
 * asks of it, and much is made and thrown away at once, which is cheap where the young generation has room.
 */
const NODE_FLAGS = ['--liftoff-only', '--min-semi-space-size=32', '--max-semi-space-size=128'];

export default defineConfig({
  test: {
    globalSetup: ['test/global-setup.ts'],
    // One more than CI has processors: many suites wait most of the time.
    maxWorkers: 3,
    execArgv: NODE_FLAGS,
    sequence: { sequencer: LongestFirst },
    // Suites that hammer real sockets share two processors with others: a lost connection gets a second chance, in CI only.
    retry: process.env.CI ? 1 : 0,
    testTimeout: 180_000, // generous: what passes does not wait for it, and a machine may have much else to do
    hookTimeout: 300_000,
    expect: { poll: { timeout: 20_000 } },
    projects: [
      { extends: true, test: { name: OWN, include: OWN_PROCESS } },
      {
        extends: true,
        test: {
          name: 'shared',
          include: ['test/**/*.test.ts', ...OWN_PROCESS.map((pattern) => `!${pattern}`)],
          isolate: false,
        },
      },
    ],
  },
});
