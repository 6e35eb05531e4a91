import { rotateSealKey } from '../services/login/seal-rotation.ts';
import { readSealKeys } from './config.ts';
import { complain, withStoredData } from './stored.ts';

const USAGE = `Seals the stored sign-in under another key.

  SEAL_KEY_NEW=$(openssl rand -base64 32) npm run seal-key -- rotate

Stop the bot first. SEAL_KEY is the key until now, SEAL_KEY_NEW the one from now on; afterwards put the new one into
SEAL_KEY and remove SEAL_KEY_NEW. All secrets change or none does; a second run with the same keys changes nothing.
`;

/** `npm run seal-key`: nothing it prints contains a key or a secret. */
process.exitCode = await run(process.argv.slice(2)).catch(complain);

async function run(args: readonly string[]): Promise<number> {
  if (args.length !== 1 || args[0] !== 'rotate') {
    process.stdout.write(USAGE);
    return 2;
  }
  return withStoredData(async (db) => {
    const { changed, already } = await rotateSealKey(db, readSealKeys(process.env));
    process.stdout.write(`${changed} sealed under the new key, ${already} were already. Put it into SEAL_KEY now.\n`);
    return 0;
  });
}
