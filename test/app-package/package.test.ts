import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { strFromU8, strToU8, unzipSync } from 'fflate';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { pack } from '../../appPackage/build.ts';
import { checkPackage } from '../../appPackage/check.ts';
import { ICON_SIZES } from '../../appPackage/icons.ts';
import { CATALOGUES } from '../../cards/wording/wording.ts';
import { COMMANDS, parseCommand } from '../../dialogs/commands.ts';
import { FOLDER, someFiles, withFiles, withText } from './packages.ts';

const manifestShape = z.looseObject({
  manifestVersion: z.string(),
  id: z.string(),
  validDomains: z.array(z.string()),
  description: z.object({ short: z.string(), full: z.string() }),
  developer: z.object({ name: z.string() }),
  webApplicationInfo: z.object({ id: z.string(), resource: z.string() }).optional(),
  permissions: z.array(z.string()),
  localizationInfo: z.object({ additionalLanguages: z.array(z.object({ languageTag: z.string() })) }),
  bots: z
    .array(
      z.looseObject({
        botId: z.string(),
        scopes: z.array(z.string()),
        supportsFiles: z.boolean(),
        isNotificationOnly: z.boolean(),
        commandLists: z.array(z.object({ commands: z.array(z.object({ title: z.string() })) })),
      }),
    )
    .length(1),
});

async function manifestOf(over?: Parameters<typeof someFiles>[0]) {
  const files = await someFiles(over);
  return manifestShape.parse(JSON.parse(strFromU8(files['manifest.json'] ?? new Uint8Array())));
}

const languageFiles = readdirSync(join(FOLDER, 'languages'));

function stringsOf(file: string): Record<string, string> {
  return z.record(z.string(), z.string()).parse(JSON.parse(readFileSync(join(FOLDER, 'languages', file), 'utf8')));
}

describe('the package', () => {
  it('is valid, with and without single sign-on', async () => {
    expect(await checkPackage(pack(await someFiles()))).toEqual([]);
    expect(await checkPackage(pack(await someFiles({ hasSignOn: true })))).toEqual([]);
  });

  it('has all its files at the root', async () => {
    const names = Object.keys(unzipSync(pack(await someFiles()))).sort();
    expect(names).toEqual(['color.png', 'fr.json', 'he.json', 'manifest.json', 'outline.png', 'sv.json']);
  });

  it('comes out the same from the same settings', async () => {
    expect(pack(await someFiles())).toEqual(pack(await someFiles()));
  });

  it('takes its values from the settings', async () => {
    const manifest = await manifestOf();
    expect(manifest.id).toBe('b0000000-0000-4000-8000-000000000001');
    expect(manifest.bots[0]?.botId).toBe(manifest.id);
    expect(manifest.developer.name).toBe('Northwind');
    expect(manifest.description.full).toContain('Northwind "Cloud" Partner uses Tarmac');
    expect(manifest.validDomains).toEqual(['bot.northwind.example']);
  });

  it('follows the newest schema there is', async () => {
    const entry = createRequire(import.meta.url).resolve('@microsoft/app-manifest');
    const versions = readdirSync(join(dirname(entry), 'json-schemas/teams')).flatMap(
      (name) => /^v1\.(\d+)$/.exec(name)?.[1] ?? [],
    );
    expect((await manifestOf()).manifestVersion).toBe(`1.${Math.max(...versions.map(Number))}`);
  });

  it('asks for a sign-on only where one is set up', async () => {
    expect((await manifestOf()).webApplicationInfo).toBeUndefined();
    const manifest = await manifestOf({ hasSignOn: true });
    expect(manifest.webApplicationInfo?.resource).toBe('api://botid-b0000000-0000-4000-8000-000000000001');
    expect(manifest.validDomains).toContain('token.botframework.com');
  });

  it('asks for one permission, and none of a team or chat', async () => {
    const manifest = await manifestOf();
    expect(manifest.permissions).toEqual(['identity']);
    expect(manifest).not.toHaveProperty('authorization');
    expect(manifest).not.toHaveProperty('devicePermissions');
  });

  it('works in personal chats with files, in teams and in group chats, and listens', async () => {
    const [bot] = (await manifestOf()).bots;
    expect(bot?.scopes).toEqual(['personal', 'team', 'groupChat']);
    expect(bot?.supportsFiles).toBe(true);
    expect(bot?.isNotificationOnly).toBe(false);
  });

  it('offers every command there is in the personal chat, but for what a card or a channel’s menu offers', async () => {
    const titles = (await manifestOf()).bots[0]?.commandLists[0]?.commands.map(({ title }) => title);
    expect(titles?.toSorted()).toEqual(
      COMMANDS.filter((command) => !/^(?:sign-|language$|notify$|surface$|cancel$)/.test(command)).sort(),
    );
  });
});

describe('the command menu', () => {
  it.each(languageFiles)('sends words the bot understands, in %s too', async (file) => {
    const strings = stringsOf(file);
    for (const [list, { commands }] of ((await manifestOf()).bots[0]?.commandLists ?? []).entries()) {
      for (const [index, { title }] of commands.entries()) {
        const localised = strings[`bots[0].commandLists[${list}].commands[${index}].title`] ?? '';
        expect(parseCommand(title)).toEqual({ command: title, rest: '' });
        expect(parseCommand(localised), localised).toEqual({ command: title, rest: '' });
      }
    }
  });

  it('is there in every language the bot speaks', async () => {
    const tags = (await manifestOf()).localizationInfo.additionalLanguages.map(({ languageTag }) => languageTag);
    expect(['en', ...tags].sort()).toEqual(Object.keys(CATALOGUES).sort());
  });

  it.each(languageFiles)('quotes in the description of %s only words the bot understands', (file) => {
    const quoted = [...(stringsOf(file)['description.full'] ?? '').matchAll(/[«”](?:\s|\u00a0)?([^«»”,.]+?)\s?[»”]/g)];
    const words = quoted.map(([, word = '']) => word);
    expect(words.length).toBeGreaterThanOrEqual(5);
    for (const word of words) expect(parseCommand(word), word).toBeDefined();
  });

  it('promises nothing the store’s reviewer cannot type: hi, hello and help in any case', () => {
    for (const word of ['Hi', 'HELLO', 'help', 'Help', 'HELP', 'Aide', 'HJÄLP', 'עזרה']) {
      expect(parseCommand(word)?.command).toBe('help');
    }
  });
});

describe('the icons', () => {
  it.each(['color', 'outline'] as const)('of %s are what their drawing shows', async (name) => {
    const size = ICON_SIZES[name];
    const drawn = await sharp(join(FOLDER, 'icons', `${name}.svg`))
      .resize(size, size)
      .ensureAlpha()
      .raw()
      .toBuffer();
    const kept = await sharp(join(FOLDER, 'icons', `${name}.png`))
      .ensureAlpha()
      .raw()
      .toBuffer();
    const differing = drawn.filter((value, at) => Math.abs(value - (kept[at] ?? 0)) > 24).length;
    expect(kept.length).toBe(drawn.length);
    expect(differing / drawn.length).toBeLessThan(0.01);
  });
});

describe('a fault in the package is reported', () => {
  const manifest = 'manifest.json';
  const swap = (from: string | RegExp, to: string) => (text: string) => text.replace(from, to);

  it.each<[string, string, (text: string) => string, RegExp]>([
    ['an unknown member', manifest, swap('"accentColor"', '"acentColor"'), /acentColor|accentColor/],
    ['a name that is too long', manifest, swap('"short": "Tarmac"', `"short": "${'T'.repeat(31)}"`), /name\/short/],
    ['no privacy page', manifest, swap(/"privacyUrl".*\n/, ''), /privacyUrl/],
    ['a page without https', manifest, swap('https://northwind.example/terms', 'http://a.example'), /termsOfUseUrl/],
    ['a bad app id', manifest, swap('"id": "b0000000', '"id": "b00'), /\/id/],
    [
      'an older schema',
      manifest,
      swap('"manifestVersion": "1.30"', '"manifestVersion": "1.29"'),
      /must name the schemas of version 1\.29/,
    ],
    ['a version nobody knows', manifest, swap('"manifestVersion": "1.30"', '"manifestVersion": "9.9"'), /no schema/],
    ['a placeholder', manifest, swap('"name": "Northwind"', '"name": "${DEVELOPER}"'), /placeholder: \$\{DEVELOPER\}/],
    ['a shared domain', manifest, swap('bot.northwind.example', 'x.onmicrosoft.com'), /onmicrosoft\.com/],
    ['a tunnel', manifest, swap('bot.northwind.example', 'abc.ngrok-free.app'), /ngrok-free\.app/],
    ['a wildcard domain', manifest, swap('bot.northwind.example', '*.northwind.example'), /wildcard/],
    ['an address of a desk', manifest, swap('bot.northwind.example', '127.0.0.1'), /127\.0\.0\.1/],
    ['two equal commands', manifest, swap('"title": "doctor"', '"title": "Help"'), /“help” is there twice/],
    ['a slash command', manifest, swap('"title": "doctor"', '"title": "/cancel"'), /must begin with a letter/],
    ['a command without description', manifest, swap(/("title": "doctor"),\s*"description": "[^"]*"/, '$1'), /no desc/],
    ['an untranslated command', 'he.json', swap(/.*commandLists\[1\]\.commands\[3\]\.title.*\n/, ''), /has no title/],
    ['two equal translations', 'sv.json', swap('"status"', '"hjälp"'), /sv\.json.*twice/],
    ['a translation of nothing', 'fr.json', swap('commands[0].title', 'commands[99].title'), /fr\.json/],
    ['a long translation', 'fr.json', swap(/("description.short": ")/, `$1${'x'.repeat(80)}`), /description\.short/],
    ['no full description', 'he.json', swap(/.*description\.full.*\n/, ''), /description\.full/],
    ['a language of another version', 'fr.json', swap('/v1.30/', '/v1.29/'), /fr\.json and manifest\.json must name/],
    ['a language file that is no JSON', 'sv.json', () => '{', /sv\.json/],
    ['a name of Microsoft’s', manifest, swap('"short": "Tarmac"', '"short": "Tarmac for Teams"'), /name of Microsoft/],
    ['a manifest that is no JSON', manifest, () => 'hello', /manifest\.json is missing/],
    ['a manifest without bots', manifest, swap('"bots"', '"botz"'), /botz/],
  ])('%s', async (_what, file, fault, expected) => {
    const problems = await checkPackage(await withText(file, fault));
    expect(problems.join('\n')).toMatch(expected);
  });

  it('a placeholder in a language file', async () => {
    const problems = await checkPackage(await withText('sv.json', (text) => text.replace('kunder', '${CUSTOMERS}')));
    expect(problems.join('\n')).toMatch(/sv\.json still has a placeholder: \$\{CUSTOMERS\}/);
  });

  it('more commands than Teams shows', async () => {
    const many = JSON.stringify(Array.from({ length: 13 }, (_, at) => ({ title: `word${at}`, description: 'x' })));
    const problems = await checkPackage(
      await withText('manifest.json', (text) => text.replace(/"commands": \[[^\]]*\]/, `"commands": ${many}`)),
    );
    expect(problems.join('\n')).toMatch(/13 commands; 12 are allowed/);
  });

  it('something that is no zip', async () => {
    expect(await checkPackage(strToU8('no zip at all'))).toEqual(['The package is not a zip file.']);
  });

  it('a missing icon, and a file too many', async () => {
    const problems = await checkPackage(await withFiles({ 'color.png': undefined, 'notes/.env': strToU8('secret') }));
    expect(problems).toContain('color.png is not in the package.');
    expect(problems.join('\n')).toContain('notes/.env does not belong into the package');
  });

  it('a missing language file', async () => {
    expect(await checkPackage(await withFiles({ 'he.json': undefined }))).toContain('he.json is not in the package.');
  });

  const square = (size: number, colour: string) =>
    sharp({ create: { width: size, height: size, channels: 4, background: colour } });

  it('icons of the wrong size or kind', async () => {
    const small = await square(96, '#12324f').png().toBuffer();
    const jpeg = await square(32, 'white').jpeg().toBuffer();
    const problems = await checkPackage(await withFiles({ 'color.png': small, 'outline.png': jpeg }));
    expect(problems).toContain('color.png is 96×96 pixels; the color icon must be 192×192.');
    expect(problems).toContain('outline.png is not a PNG picture.');
  });

  it.each([
    ['coloured', '#ff0000', 'outline.png has colours; the outline icon must be white on transparent.'],
    ['opaque', '#ffffff', 'outline.png has no transparent background.'],
    ['empty', '#ffffff00', 'outline.png shows nothing.'],
  ])('an outline that is %s', async (_what, colour, problem) => {
    const outline = await square(32, colour).png().toBuffer();
    expect(await checkPackage(await withFiles({ 'outline.png': outline }))).toContain(problem);
  });
});
