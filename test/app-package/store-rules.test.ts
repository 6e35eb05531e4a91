import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { strFromU8 } from 'fflate';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { CATALOGUES, createWording } from '../../cards/wording/wording.ts';
import { parseCommand } from '../../dialogs/commands.ts';
import { partsOfType } from '../cards/host.ts';
import { SAMPLES } from '../cards/samples.ts';
import { FOLDER, someFiles } from './packages.ts';

const extensionCommand = z.object({
  id: z.string(),
  type: z.enum(['query', 'action']),
  title: z.string().min(1).max(32),
  description: z.string().min(1).max(128),
  initialRun: z.boolean().optional(),
  fetchTask: z.boolean().optional(),
  parameters: z
    .array(z.object({ name: z.string(), title: z.string().min(1), description: z.string().min(1) }))
    .default([]),
});
const manifestShape = z.object({
  description: z.object({ full: z.string() }),
  bots: z
    .array(
      z.object({
        botId: z.string(),
        scopes: z.array(z.string()),
        commandLists: z.array(
          z.object({ scopes: z.array(z.string()), commands: z.array(z.object({ title: z.string() })) }),
        ),
      }),
    )
    .length(1),
  composeExtensions: z.array(z.object({ botId: z.string(), commands: z.array(extensionCommand) })).length(1),
});

const files = await someFiles();
const manifest = manifestShape.parse(jsonOf('manifest.json'));
const LANGUAGES = Object.keys(CATALOGUES);
const OTHERS = LANGUAGES.filter((language) => language !== 'en');

describe('the message extension', () => {
  const [extension] = manifest.composeExtensions;
  const commands = extension?.commands ?? [];

  it('belongs to the bot and has a handful of commands, none twice', () => {
    expect(extension?.botId).toBe(manifest.bots[0]?.botId);
    expect(commands.length).toBeLessThanOrEqual(10);
    expect(new Set(commands.map(({ title }) => title.toLowerCase())).size).toBe(commands.length);
  });

  it.each(commands)('says what to type, or opens a form at once: $id', ({ type, parameters, fetchTask }) => {
    expect(type === 'query' ? parameters.length : Number(fetchTask)).toBe(1);
  });

  it.each(OTHERS)('has every title and description in %s', (language) => {
    const strings = stringsOf(language);
    const paths = commands.flatMap(({ parameters }, at) => {
      const path = `composeExtensions[0].commands[${at}]`;
      return [path, ...parameters.map((_, index) => `${path}.parameters[${index}]`)];
    });
    const wanted = paths.flatMap((path) => [`${path}.title`, `${path}.description`]);
    expect(wanted.filter((path) => !strings[path])).toEqual([]);
    const given = Object.keys(strings).filter((path) => path.startsWith('composeExtensions'));
    expect(given.sort()).toEqual(wanted.sort());
  });
});

describe('teams and group chats', () => {
  const menus = manifest.bots[0]?.commandLists ?? [];

  it('have a menu of their own in every scope the bot is in', () => {
    expect(menus.flatMap(({ scopes }) => scopes).sort()).toEqual(manifest.bots[0]?.scopes.toSorted());
  });

  it('are offered only commands that work there, by the table of the bot’s room', () => {
    const [, row = ''] = /^\| commands +\|([^|]*)\|/m.exec(readFileSync('bot/README.md', 'utf8')) ?? [];
    const working = [...row.matchAll(/`([^`]+)`/g)].map(([, name]) => name);
    const offered = menus.filter(({ scopes }) => scopes.includes('team')).flatMap(({ commands }) => commands);
    expect(offered.map(({ title }) => title).filter((title) => !working.includes(title))).toEqual([]);
    expect(offered.map(({ title }) => parseCommand(title)?.command)).toContain('help');
  });
});

describe('the long description', () => {
  it.each(LANGUAGES)('names in %s what is needed: account, group, and whose administrator rights', (language) => {
    const full = language === 'en' ? manifest.description.full : (stringsOf(language)['description.full'] ?? '');
    const role = CATALOGUES[language as keyof typeof CATALOGUES]['role.global-administrator'];
    expect(full.toLowerCase()).toContain(role.toLowerCase());
    expect(full).toContain('Microsoft Teams');
    expect(full.match(/\*\*[^*]+\*\*/g)).toHaveLength(3);
    expect(full.length).toBeLessThanOrEqual(4_000);
  });
});

describe('a link on a card', () => {
  it.each(LANGUAGES)('says in %s when it leaves Teams', (language) => {
    const links = SAMPLES.flatMap(({ draw }) => partsOfType(draw(createWording(language)), 'Action.OpenUrl'));
    const leaving = links.filter(({ url }) => new URL(String(url)).host !== 'teams.microsoft.com');
    expect(leaving.length).toBeGreaterThan(5);
    expect(leaving.map(({ title }) => String(title)).filter((title) => !/\(.*Teams.*\)$/.test(title))).toEqual([]);
  });
});

describe('the checklist in the README', () => {
  const [, section = ''] =
    readFileSync(join(FOLDER, 'README.md'), 'utf8').split('## Checklist of the Teams store') ?? [];
  const rows = (section.split('\n## ')[0] ?? '').split('\n').filter((line) => /^\| (?!rule |-)/.test(line));

  it('has a test for every rule, but for what only the publisher can do', () => {
    expect(rows.length).toBeGreaterThan(15);
    expect(rows.filter((row) => !/`test\/[^`]+`|\| you: /.test(row))).toEqual([]);
  });

  it('names tests that there are', () => {
    const named = rows.flatMap((row) => [...row.matchAll(/`(test\/[^`]+)`/g)].map(([, path = '']) => path));
    expect(
      named.filter((path) => !existsSync(path) || (!path.endsWith('.ts') && readdirSync(path).length === 0)),
    ).toEqual([]);
  });
});

function jsonOf(name: string): unknown {
  return JSON.parse(strFromU8(files[name] ?? new Uint8Array()));
}

function stringsOf(language: string): Record<string, string> {
  return z.record(z.string(), z.string()).parse(jsonOf(`${language}.json`));
}
