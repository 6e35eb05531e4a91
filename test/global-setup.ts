import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const ROOT = join(import.meta.dirname, '..');

/**
 * Builds `dist/` once before the tests when a source of the list reader is newer: its workers are started from there,
 * because Node 20 cannot start a worker from TypeScript. Type errors elsewhere do not stop it; `npm run check` finds those.
 */
export default function setup(): void {
  const worker = join(ROOT, 'dist/services/devices/intake/worker.js');
  if (existsSync(worker) && statSync(worker).mtimeMs > newest(join(ROOT, 'services/devices'))) return;
  const require = createRequire(import.meta.url);
  const tsc = join(dirname(require.resolve('typescript/package.json')), 'bin/tsc');
  try {
    execFileSync(process.execPath, [tsc, '--noEmitOnError', 'false'], { cwd: ROOT, stdio: 'ignore' });
  } catch (error) {
    if (!existsSync(worker)) throw error;
  }
}

function newest(folder: string): number {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Math.max(...files.map((file) => statSync(join(file.parentPath, file.name)).mtimeMs));
}
