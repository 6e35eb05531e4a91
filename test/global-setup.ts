import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const ROOT = join(import.meta.dirname, '..');
const ROOMS = ['bot', 'cards', 'dialogs', 'services', 'test'];

/**
 * Builds `dist/` once before the tests when a source is newer than the last build: the sandbox, killed processes and the
 * list reader's workers are started from there, because Node 20 runs no TypeScript. Type errors do not stop it;
 * `npm run check` finds those.
 */
export default function setup(): void {
  const builtMark = join(ROOT, 'dist/.built-for-tests');
  if (existsSync(builtMark) && statSync(builtMark).mtimeMs > Math.max(...ROOMS.map(newestIn))) return;
  const require = createRequire(import.meta.url);
  const tsc = join(dirname(require.resolve('typescript/package.json')), 'bin/tsc');
  const startedAt = new Date();
  try {
    execFileSync(process.execPath, [tsc, '--noEmitOnError', 'false'], { cwd: ROOT, stdio: 'pipe' });
  } catch (error) {
    if (!existsSync(join(ROOT, 'dist/bot/index.js'))) throw error;
  }
  writeFileSync(builtMark, startedAt.toISOString());
}

function newestIn(room: string): number {
  const files = readdirSync(join(ROOT, room), { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return Math.max(...files.map((file) => statSync(join(file.parentPath, file.name)).mtimeMs));
}
