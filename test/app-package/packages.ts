import { strFromU8, strToU8 } from 'fflate';
import { buildFiles, type PackageFiles, pack } from '../../appPackage/build.ts';
import type { PackageSettings } from '../../appPackage/settings.ts';

export const FOLDER = 'appPackage';

/** An installation's settings; a name with a quotation mark must not break anything. */
export function someSettings(over: Partial<PackageSettings> = {}): PackageSettings {
  return {
    appId: 'b0000000-0000-4000-8000-000000000001',
    publicHost: 'bot.northwind.example',
    partnerName: 'Northwind "Cloud" Partner',
    developerName: 'Northwind',
    websiteUrl: 'https://northwind.example/tarmac',
    privacyUrl: 'https://northwind.example/privacy',
    termsUrl: 'https://northwind.example/terms',
    hasSignOn: false,
    ...over,
  };
}

export function someFiles(over?: Partial<PackageSettings>): Promise<PackageFiles> {
  return buildFiles(FOLDER, someSettings(over), '1.2.3');
}

/** The package with one file's JSON text changed; the change must change something. */
export async function withText(file: string, change: (text: string) => string): Promise<Uint8Array> {
  const files = await someFiles();
  const before = strFromU8(files[file] ?? new Uint8Array());
  const after = change(before);
  if (after === before) throw new Error(`the fault was not planted in ${file}`);
  return pack({ ...files, [file]: strToU8(after) });
}

/** The package with files put in, replaced, or (`undefined`) left out. */
export async function withFiles(changes: Readonly<Record<string, Uint8Array | undefined>>): Promise<Uint8Array> {
  const entries = Object.entries({ ...(await someFiles()), ...changes });
  return pack(Object.fromEntries(entries.flatMap(([name, bytes]) => (bytes ? [[name, bytes]] : []))));
}
