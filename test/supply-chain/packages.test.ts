import { describe, expect, it } from 'vitest';
import { type LockedPackage, readLock, readManifest } from './lock.ts';

/** Licences that ask for nothing but their notice. A choice (`A OR B`) counts when one of them is here. */
const PERMISSIVE = new Set([
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'CC0-1.0',
  'ISC',
  'MIT',
  'Unlicense',
]);

/** Everything else that runs, each with the reason why it may. */
const DECIDED: Readonly<Record<string, string>> = {
  'libheif-js': 'LGPL-3.0, used as published and replaceable in node_modules',
  '@img/sharp-libvips-*': 'LGPL-3.0-or-later, a shared library beside sharp, replaceable',
  '@img/sharp-wasm32': 'LGPL-3.0-or-later in part, only where no native build exists',
  '@img/sharp-win32-*': 'LGPL-3.0-or-later in part, shared libraries beside it',
  'escape-regexp-component': 'MIT by its README; its manifest says nothing',
  jspath: 'MIT by its LICENSE file; its manifest says nothing',
};

/** What developers use and nobody is given: never part of an installation with `--omit=dev`. */
const FOR_DEVELOPERS = new Set(['CC-BY-4.0', 'MPL-2.0', 'Python-2.0']);
const DEVELOPERS_DECIDED: Readonly<Record<string, string>> = {
  '@microsoft/m365agentsplayground': 'Microsoft’s pre-release terms: evaluation, which is what tests do with it',
};

const { root, packages } = readLock();
const manifest = readManifest();
const shown = ({ name, version, license }: LockedPackage) => `${name}@${version}: ${license ?? 'no licence named'}`;

describe('the packages of the lock file', () => {
  it('that run with the bot are all under licences we may use', () => {
    const running = packages.filter(({ dev }) => !dev);
    expect(running.length).toBeGreaterThan(100);
    expect(running.filter((each) => !isPermissive(each.license) && !isDecided(each.name, DECIDED)).map(shown)).toEqual(
      [],
    );
  });

  it('that only developers use are all under licences they may use', () => {
    const others = packages.filter(
      ({ dev, license }) => dev && !isPermissive(license) && !FOR_DEVELOPERS.has(license ?? ''),
    );
    expect(others.filter(({ name }) => !isDecided(name, DEVELOPERS_DECIDED)).map(shown)).toEqual([]);
  });

  it('have no exception that nothing needs', () => {
    for (const pattern of Object.keys({ ...DECIDED, ...DEVELOPERS_DECIDED })) {
      const needing = packages.filter(({ name, license }) => matches(name, pattern) && !isPermissive(license));
      expect(needing, pattern).not.toHaveLength(0);
    }
  });

  it('never contain GPL or AGPL code that runs', () => {
    const copyleft = packages.filter(({ dev, license }) => !dev && /(?<!L)GPL/.test(license ?? ''));
    expect(copyleft.map(shown)).toEqual([]);
  });

  it('are checked against a hash when they are installed, and come from the registry', () => {
    expect(packages.filter(({ integrity }) => !integrity?.startsWith('sha512-')).map(shown)).toEqual([]);
    expect(packages.filter(({ resolved, link }) => resolved !== undefined || link).map(shown)).toEqual([]);
  });

  it('run scripts on installation only where package.json says yes or no', () => {
    const scripted = packages.filter(({ hasInstallScript }) => hasInstallScript).map(({ name }) => name);
    expect(scripted.filter((name) => !(name in manifest.allowScripts))).toEqual([]);
    expect(Object.values(manifest.allowScripts)).not.toContain(true);
  });
});

describe('package.json', () => {
  it('names exact versions', () => {
    const wanted = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies });
    expect(wanted.filter(([, version]) => !/^\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(version))).toEqual([]);
  });

  it('agrees with the lock file', () => {
    expect(root.dependencies).toEqual(manifest.dependencies);
    expect(root.devDependencies).toEqual(manifest.devDependencies);
    for (const [name, version] of Object.entries({ ...manifest.dependencies, ...manifest.devDependencies })) {
      expect(packages.find(({ path }) => path === `node_modules/${name}`)?.version, name).toBe(version);
    }
  });
});

function isPermissive(license = ''): boolean {
  const choices = license.replace(/[()]/g, '').split(' OR ');
  return choices.some((choice) => choice.split(' AND ').every((one) => PERMISSIVE.has(one)));
}

function isDecided(name: string, decided: Readonly<Record<string, string>>): boolean {
  return Object.keys(decided).some((pattern) => matches(name, pattern));
}

function matches(name: string, pattern: string): boolean {
  return pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern;
}
