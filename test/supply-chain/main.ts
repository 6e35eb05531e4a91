import { spawnSync } from 'node:child_process';
import { verdictOf } from './advisories.ts';

/** `npm run advisories`: asks the registry's advisory service about the packages that run with the bot. */
const { stdout } = spawnSync('npm', ['audit', '--omit=dev', '--json'], { encoding: 'utf8' });
const { sentence, code } = verdictOf(stdout);
process.stdout.write(`${sentence}\n`);
process.exitCode = code;
