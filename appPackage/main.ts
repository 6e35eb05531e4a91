import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { buildFiles, pack } from './build.ts';
import { checkPackage } from './check.ts';
import { readPackageSettings } from './settings.ts';

/** `npm run package-app`: builds the Teams app package, checks it, and writes it only when nothing is wrong with it. */
if (existsSync('.env')) process.loadEnvFile('.env');
process.exitCode = await packageApp();

async function packageApp(): Promise<0 | 1> {
  const read = readPackageSettings(process.env);
  if ('problems' in read) return complain('The package needs these settings (appPackage/README.md):', read.problems);

  const { version } = z.object({ version: z.string() }).parse(JSON.parse(await readFile('package.json', 'utf8')));
  const zip = pack(await buildFiles('appPackage', read.settings, version));
  const problems = await checkPackage(zip);
  if (problems.length > 0) return complain('The package was not written, because Teams would refuse it:', problems);

  const path = `appPackage/build/tarmac-${version}.zip`;
  await mkdir('appPackage/build', { recursive: true });
  await writeFile(path, zip);
  for (const notice of read.notices) process.stderr.write(`Note: ${notice}\n`);
  process.stdout.write(`${path}: valid, ${zip.length} bytes\n`);
  return 0;
}

function complain(heading: string, problems: readonly string[]): 1 {
  process.stderr.write(`${heading}\n${problems.map((problem) => `- ${problem}\n`).join('')}`);
  return 1;
}
