import { existsSync } from 'node:fs';
import { runBackup } from './backup/command.ts';
import { readDatabaseSettings } from './config.ts';
import { createLog } from './log.ts';
import { complain } from './stored.ts';

/** `npm run backup` and `npm run restore`: see `bot/backup/command.ts`. */
if (existsSync('.env')) process.loadEnvFile('.env');
process.exitCode = await run().catch(complain);

async function run(): Promise<number> {
  return runBackup(process.argv.slice(2), {
    database: readDatabaseSettings(process.env),
    write: (text) => process.stdout.write(text),
    now: () => new Date(),
    log: createLog('error'),
  });
}
