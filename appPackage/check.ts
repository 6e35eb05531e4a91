import { strFromU8, unzipSync } from 'fflate';
import { z } from 'zod';
import type { PackageFiles } from './build.ts';
import { commandProblems } from './commands.ts';
import { domainProblems, linkProblems } from './domains.ts';
import { ICON_SIZES, type IconName, iconProblems } from './icons.ts';
import { schemaAddress, schemaProblems } from './schemas.ts';

/** What the checks read; everything else is the schema's business. */
const manifestShape = z.looseObject({
  $schema: z.string().optional(),
  manifestVersion: z.string(),
  developer: z.object({ websiteUrl: z.string(), privacyUrl: z.string(), termsOfUseUrl: z.string() }),
  name: z.object({ short: z.string() }),
  icons: z.object({ color: z.string(), outline: z.string() }),
  localizationInfo: z.object({
    additionalLanguages: z.array(z.object({ languageTag: z.string(), file: z.string() })),
  }),
  bots: z.array(
    z.object({
      commandLists: z.array(
        z.object({ commands: z.array(z.object({ title: z.string(), description: z.string().optional() })) }),
      ),
    }),
  ),
  validDomains: z.array(z.string()),
});
export type Manifest = z.output<typeof manifestShape>;

/** A localisation file: paths into the manifest, and what stands there in one language. */
export type LanguageFile = Readonly<{ file: string; strings: Readonly<Record<string, unknown>> }>;

/** Everything Teams, its store, or a reader would object to in a package, a sentence each; without any network. */
export async function checkPackage(zip: Uint8Array): Promise<readonly string[]> {
  const files = unpack(zip);
  if (!files) return ['The package is not a zip file.'];
  const parsed = manifestShape.safeParse(jsonOf(files, 'manifest.json'));
  if (!parsed.success) {
    const version = z.object({ manifestVersion: z.string() }).safeParse(jsonOf(files, 'manifest.json'));
    if (!version.success) return ['manifest.json is missing, is no JSON, or has no manifestVersion.'];
    return ['manifest.json lacks what every package of ours has.', ...manifestFaults(files, version.data)];
  }
  const manifest = parsed.data;
  const languages = languagesOf(manifest, files);
  return [
    ...manifestFaults(files, manifest),
    ...layoutProblems(manifest, files),
    ...(await iconFaults(manifest, files)),
    ...languages.flatMap((language) => languageProblems(language, manifest)),
    ...commandProblems(manifest, languages),
    ...domainProblems(manifest.validDomains),
    ...linkProblems(manifest.developer),
    ...nameProblems(manifest),
    ...placeholderProblems(files),
  ];
}

function unpack(zip: Uint8Array): PackageFiles | undefined {
  try {
    return unzipSync(zip);
  } catch {
    return undefined;
  }
}

function jsonOf(files: PackageFiles, name: string): unknown {
  try {
    return JSON.parse(strFromU8(files[name] ?? new Uint8Array()));
  } catch {
    return undefined;
  }
}

function manifestFaults(files: PackageFiles, { manifestVersion }: { manifestVersion: string }): string[] {
  return schemaProblems('MicrosoftTeams', manifestVersion, jsonOf(files, 'manifest.json')).map(
    (fault) => `manifest.json: ${fault}.`,
  );
}

/** Teams reads the root of the zip only, and a file nobody refers to is a mistake or a leak. */
function layoutProblems({ icons, localizationInfo }: Manifest, files: PackageFiles): string[] {
  const languageFiles = localizationInfo.additionalLanguages.map(({ file }) => file);
  const wanted = new Set(['manifest.json', icons.color, icons.outline, ...languageFiles]);
  const missing = [...wanted].filter((name) => !files[name]).map((name) => `${name} is not in the package.`);
  const extra = Object.keys(files)
    .filter((name) => !wanted.has(name))
    .map((name) => `${name} does not belong into the package; its files lie at the root and the manifest names them.`);
  return [...missing, ...extra];
}

async function iconFaults({ icons }: Manifest, files: PackageFiles): Promise<string[]> {
  const names = Object.keys(ICON_SIZES) as IconName[];
  const faults = names.map((name) => {
    const bytes = files[icons[name]];
    return bytes ? iconProblems(name, icons[name], bytes) : [];
  });
  return (await Promise.all(faults)).flat();
}

function languagesOf({ localizationInfo }: Manifest, files: PackageFiles): readonly LanguageFile[] {
  return localizationInfo.additionalLanguages.map(({ file }) => {
    const strings = z.record(z.string(), z.unknown()).safeParse(jsonOf(files, file));
    return { file, strings: strings.success ? strings.data : {} };
  });
}

function languageProblems({ file, strings }: LanguageFile, { manifestVersion, $schema }: Manifest): string[] {
  const faults = schemaProblems('MicrosoftTeams.Localization', manifestVersion, strings).map(
    (fault) => `${file}: ${fault}.`,
  );
  const isSameVersion =
    $schema === schemaAddress('MicrosoftTeams', manifestVersion) &&
    strings.$schema === schemaAddress('MicrosoftTeams.Localization', manifestVersion);
  if (!isSameVersion) faults.push(`${file} and manifest.json must name the schemas of version ${manifestVersion}.`);
  return faults;
}

/** Names of Microsoft's products may not be part of an app's name. @see Teams store validation guidelines, app name */
function nameProblems({ name }: Manifest): string[] {
  return /\b(?:microsoft|teams|office|windows)\b/i.test(name.short)
    ? [`The short name “${name.short}” must not contain a name of Microsoft’s.`]
    : [];
}

const UNFILLED = /\$\{|\{\{|\[\[|\bTODO\b|lorem ipsum|00000000-0000-0000-0000-000000000000/i;

function placeholderProblems(files: PackageFiles): string[] {
  return Object.entries(files)
    .filter(([name, bytes]) => name.endsWith('.json') && UNFILLED.test(strFromU8(bytes)))
    .map(([name, bytes]) => `${name} still has a placeholder: ${placeholderIn(strFromU8(bytes))}.`);
}

function placeholderIn(text: string): string {
  const at = text.search(UNFILLED);
  return text.slice(at, at + 36).split(/["\n]/)[0] ?? '';
}
