import { runAudit } from './audit/command.ts';
import { complain, withStoredData } from './stored.ts';

/** `npm run audit`: see `bot/audit/command.ts`. */
process.exitCode = await runAudit(process.argv.slice(2), {
  withDatabase: withStoredData,
  write: (text) => process.stdout.write(text),
  now: () => new Date(),
}).catch(complain);
