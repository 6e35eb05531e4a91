import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { z } from 'zod';
import { ICON_SIZES } from './icons.ts';
import type { PackageSettings } from './settings.ts';

/** The files of a package by name; all of them lie at the root of the zip. */
export type PackageFiles = Readonly<Record<string, Uint8Array>>;

/** Teams asks only this host for tokens on behalf of a bot. @see Teams, add authentication to a bot */
const TOKEN_HOST = 'token.botframework.com';

/** Fills the templates in `folder` with an installation's settings. */
export async function buildFiles(folder: string, settings: PackageSettings, version: string): Promise<PackageFiles> {
  const values = valuesOf(settings, version);
  const files: Record<string, Uint8Array> = {};
  const languages = (await readdir(join(folder, 'languages'))).sort();
  const manifest = withLanguages(fill(await readJson(join(folder, 'manifest.json')), values), languages);
  files['manifest.json'] = asJson(settings.hasSignOn ? withSignOn(manifest, settings.appId) : manifest);
  for (const name of Object.keys(ICON_SIZES)) {
    files[`${name}.png`] = new Uint8Array(await readFile(join(folder, 'icons', `${name}.png`)));
  }
  for (const name of languages) {
    files[name] = asJson(fill(await readJson(join(folder, 'languages', name)), values));
  }
  return files;
}

/** Packs the files. The same files give the same bytes: the time in the zip is fixed. */
export function pack(files: PackageFiles): Uint8Array {
  return zipSync({ ...files }, { level: 9, mtime: new Date(1980, 0, 1, 12) });
}

function valuesOf(settings: PackageSettings, version: string): ReadonlyMap<string, string> {
  return new Map([
    ['VERSION', version],
    ['MicrosoftAppId', settings.appId],
    ['PUBLIC_HOST', settings.publicHost],
    ['PARTNER_NAME', settings.partnerName],
    ['DEVELOPER_NAME', settings.developerName],
    ['WEBSITE_URL', settings.websiteUrl],
    ['PRIVACY_URL', settings.privacyUrl],
    ['TERMS_URL', settings.termsUrl],
  ]);
}

/** Puts values into strings only after parsing, so that a quotation mark in a name cannot break the file. */
function fill(json: unknown, values: ReadonlyMap<string, string>): unknown {
  if (typeof json === 'string') return json.replace(/\$\{(\w+)\}/g, (whole, name: string) => values.get(name) ?? whole);
  if (Array.isArray(json)) return json.map((item) => fill(item, values));
  if (json === null || typeof json !== 'object') return json;
  return Object.fromEntries(Object.entries(json).map(([key, value]) => [key, fill(value, values)]));
}

/** Each language file is named for its language. */
function withLanguages(manifest: unknown, files: readonly string[]) {
  const additionalLanguages = files.map((file) => ({ languageTag: basename(file, '.json'), file }));
  const localizationInfo = { defaultLanguageTag: 'en', additionalLanguages };
  return { ...z.looseObject({}).parse(manifest), localizationInfo };
}

/** Single sign-on: which Entra app stands behind the bot, and the host that hands out tokens. */
function withSignOn(manifest: unknown, appId: string): unknown {
  const fields = z.looseObject({ validDomains: z.array(z.string()) }).parse(manifest);
  return {
    ...fields,
    validDomains: [...fields.validDomains, TOKEN_HOST],
    webApplicationInfo: { id: appId, resource: `api://botid-${appId}` },
  };
}

async function readJson(path: string): Promise<unknown> {
  return JSON.parse(await readFile(path, 'utf8'));
}

function asJson(value: unknown): Uint8Array {
  return strToU8(`${JSON.stringify(value, null, 2)}\n`);
}
