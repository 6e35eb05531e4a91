import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const ROOT = join(import.meta.dirname, '../..');

const versions = z.record(z.string(), z.string()).default({});
const locked = z.object({
  version: z.string().optional(),
  license: z.string().optional(),
  dev: z.boolean().default(false),
  integrity: z.string().optional(),
  resolved: z.string().optional(),
  link: z.boolean().optional(),
  hasInstallScript: z.boolean().default(false),
  dependencies: versions,
  devDependencies: versions,
});

/** One package of the lock file, under the name it is installed by. */
export type LockedPackage = z.infer<typeof locked> & Readonly<{ path: string; name: string }>;

const lockFile = z.object({ packages: z.record(z.string(), locked) });
const manifest = z.object({
  dependencies: versions,
  devDependencies: versions,
  allowScripts: z.record(z.string(), z.boolean()),
});

export function readManifest(): z.infer<typeof manifest> {
  return manifest.parse(JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')));
}

/** What the lock file says of ourselves, and of every package. */
export function readLock(): { root: z.infer<typeof locked>; packages: readonly LockedPackage[] } {
  const { packages } = lockFile.parse(JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')));
  const { '': root, ...others } = packages;
  if (!root) throw new Error('the lock file has no root');
  const named = Object.entries(others).map(([path, entry]) => ({ ...entry, path, name: nameOf(path) }));
  return { root, packages: named };
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
}
