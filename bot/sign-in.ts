import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import { createSignInWatch } from '../services/login/sign-in-watch.ts';
import { createJobs } from '../services/queue/boss-jobs.ts';
import { readConfig } from './config.ts';
import { createLog } from './log.ts';
import { connectMicrosoft, partnerLoginOf } from './microsoft.ts';
import { runSignIn } from './sign-in/command.ts';
import { complain, withStoredData } from './stored.ts';

/** `npm run sign-in`: see `bot/sign-in/command.ts`. */
if (existsSync('.env')) process.loadEnvFile('.env');
const settings = readConfig(process.env);
process.exitCode =
  'problems' in settings ? complain(settings.problems.join('\n')) : await run(settings.config).catch(complain);

async function run(config: Extract<typeof settings, { config: unknown }>['config']): Promise<number> {
  const now = () => new Date();
  const log = createLog('error');
  return runSignIn(process.argv.slice(2), {
    login: partnerLoginOf(config, now),
    withSignIn: (work) =>
      withStoredData(async (db) => {
        const jobs = await createJobs({ database: db, log });
        try {
          const watch = createSignInWatch({ db, jobs, now, newId: randomUUID, log });
          return await work(connectMicrosoft(config, db, now, log, watch).signIn);
        } finally {
          await jobs.stop(1_000);
        }
      }),
    write: (text) => process.stdout.write(text),
    ask,
  });
}

async function ask(question: string): Promise<string> {
  const reader = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return await reader.question(question);
  } finally {
    reader.close();
  }
}
