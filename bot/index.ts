import { existsSync } from 'node:fs';
import { compose } from './compose.ts';
import { readConfig } from './config.ts';
import { createLog } from './log.ts';

/** Longest time turns and jobs in progress are waited for, in ms; together with the rest well under ten seconds. */
const GRACE_MS = 8_000;

if (existsSync('.env')) process.loadEnvFile('.env');
const settings = readConfig(process.env);
if ('problems' in settings) {
  const sentences = settings.problems.map((problem) => `- ${problem}`).join('\n');
  process.stderr.write(`Tarmac cannot start. Please correct these settings (README, "Settings"):\n${sentences}\n`);
  process.exit(1);
}

const log = createLog(settings.config.logLevel);
const tarmac = await compose(settings.config, log, { onDiskFailure: giveUp }).catch(giveUp);
process.once('uncaughtException', (error) => {
  log.error('stopped by an error nobody caught', { error }); // Node itself would print the error with all its members
  process.exit(1);
});
process.on('unhandledRejection', (error) => log.error('a promise was left alone', { error }));
process.once('SIGTERM', stop);
process.once('SIGINT', stop);

const port = await tarmac.listen().catch(giveUp);
log.info('Tarmac is listening', { port, database: settings.config.database.url ? 'server' : 'embedded' });

function stop(): void {
  process.once('SIGTERM', () => process.exit(1)); // asked twice: at once
  process.once('SIGINT', () => process.exit(1));
  log.info('stopping');
  tarmac.close(GRACE_MS).then(
    () => process.exit(0),
    (error: unknown) => {
      log.error('did not stop cleanly', { error });
      process.exit(1);
    },
  );
}

function giveUp(error: unknown): never {
  log.error('Tarmac cannot run', { error });
  process.stderr.write(`Tarmac cannot run: ${sentence(error)}\n`);
  process.exit(1);
}

function sentence(error: unknown): string {
  const isTaken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
  if (isTaken)
    return 'another program listens on that port already. Set PORT to a free one, or stop the other program.';
  return error instanceof Error ? error.message : String(error);
}
