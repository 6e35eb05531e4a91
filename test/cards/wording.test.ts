import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { IntlMessageFormat } from 'intl-messageformat';
import { describe, expect, it } from 'vitest';
import { DEVICE_CODES, en } from '../../cards/wording/en.ts';
import { deviceWords, errorSentence, problemSentence } from '../../cards/wording/sentences.ts';
import {
  CATALOGUES,
  createWording,
  LANGUAGE_NAMES,
  type Language,
  type MessageKey,
} from '../../cards/wording/wording.ts';
import { PROBLEM_KINDS } from '../../services/devices/device.ts';
import type { ErrorCode } from '../../services/errors.ts';

const KEYS = Object.keys(en) as MessageKey[];
const LANGUAGES = Object.keys(CATALOGUES) as Language[];
const OTHERS = LANGUAGES.filter((language) => language !== 'en');

describe.each(OTHERS)('the catalogue in %s', (language) => {
  it('has exactly the keys of English', () => {
    expect(Object.keys(CATALOGUES[language]).sort()).toEqual([...KEYS].sort());
  });

  it.each(KEYS)('takes the arguments of English in %s', (key) => {
    expect(argumentsOf(CATALOGUES[language][key], language)).toEqual(argumentsOf(en[key], 'en'));
  });
});

describe.each(LANGUAGES)('the words in %s', (language) => {
  it.each(KEYS)('can be said: %s', (key) => {
    const said = createWording(language).say(key, { ...numbers(key), ...texts(key) });
    expect(said.trim()).not.toBe('');
    expect(said).not.toMatch(/[{}]|undefined|NaN/);
  });

  it('have a form for every plural of the language', () => {
    const needed = new Set(new Intl.PluralRules(language).resolvedOptions().pluralCategories);
    expect(needed.has('other')).toBe(true);
    for (const key of KEYS) {
      for (const options of pluralsOf(CATALOGUES[language][key], language)) expect(options).toContain('other');
    }
  });
});

describe('every key', () => {
  it('is used somewhere', () => {
    const code = ['cards', 'dialogs', 'bot'].flatMap(sourcesOf).join('\n');
    expect(unusedIn(code, KEYS)).toEqual([]);
  });

  it('counts as used where its literal or its computed beginning stands in the code', () => {
    const code = [
      "say('chat.done'); say(`request.state.${state}`); say(`${key}.title`, v)",
      "const key = first ? 'help.customer' : 'help.customer.next';",
    ].join('\n');
    const used = ['chat.done', 'request.state.sent', 'help.customer.title', 'help.customer.next.title'];
    const unused = ['chat.done.more', 'request.state.sent.rep', 'batch.state.sent', 'help.stranger.title'];
    expect(unusedIn(code, [...used, ...unused])).toEqual(unused);
  });
});

describe('sentences', () => {
  const wording = createWording('en');

  it('exist for every refusal, problem and device code', () => {
    for (const code of Object.keys(ERROR_CODES) as ErrorCode[])
      expect(errorSentence(code, {}, wording)).toMatch(/[.!}…]$|: …$/);
    for (const kind of PROBLEM_KINDS) expect(problemSentence(kind, {}, wording)).toMatch(/\.$/);
    for (const name of DEVICE_CODES) expect(Object.values(deviceWords({ name }, wording)).every(Boolean)).toBe(true);
  });

  it('make what people typed harmless', () => {
    expect(errorSentence('customer-not-found', { customer: '**x**' }, wording)).toContain('\\*\\*x\\*\\*');
  });

  it('show a code that nobody knows as it came', () => {
    expect(deviceWords({ name: 'ZtdSomethingNew', code: '899' }, wording).cause).toContain('899 ZtdSomethingNew');
    expect(deviceWords({}, wording).cause).toContain('?');
    expect(deviceWords({ name: '__proto__' }, wording).cause).toContain('__proto__');
  });
});

describe('createWording', () => {
  it.each([
    ['sv-SE', 'sv'],
    ['fr-CA', 'fr'],
    ['FR', 'fr'],
    ['iw-IL', 'he'],
    ['he', 'he'],
    ['de-DE', 'en'],
    ['', 'en'],
    ['not a locale', 'en'],
    ['constructor', 'en'],
  ])('reads %j as %s', (locale, language) => {
    expect(createWording(locale).language).toBe(language);
  });

  it('names each language as its readers do', () => {
    expect(LANGUAGE_NAMES).toEqual({ en: 'English', fr: 'Français', sv: 'Svenska', he: 'עברית' });
  });

  it('is right-to-left in Hebrew only', () => {
    expect(LANGUAGES.filter((language) => createWording(language).rtl)).toEqual(['he']);
  });

  it('writes dates in the language and names the time zone', () => {
    const moment = new Date('2026-11-16T23:15:00Z');
    expect(createWording('en-GB', 'Europe/Stockholm').dateTime(moment)).toMatch(/17 Nov 2026.*00:15.*(CET|GMT\+1)/);
    expect(createWording('sv', 'Europe/Stockholm').dateTime(moment)).toMatch(/17 nov\.? 2026.*00:15/);
    expect(createWording('en', 'Mars/Olympus').dateTime(moment)).toMatch(/Nov 16, 2026.*11:15.*UTC/);
  });

  it('counts in the language', () => {
    expect(createWording('en').say('list.read', { count: 1 })).toBe('1 device understood');
    expect(createWording('sv').say('list.read', { count: 2 })).toBe('2 enheter uppfattade');
    expect(createWording('fr').say('list.read', { count: 0 })).toBe('0 appareil compris');
    expect(createWording('he').say('list.read', { count: 1 })).toBe('הובן מכשיר אחד');
  });

  it('keeps names and ids apart from Hebrew around them, but links bare', () => {
    const wording = createWording('he');
    expect(wording.say('request.title', { customer: 'Contoso' })).toContain('\u2068Contoso\u2069');
    expect(wording.say('mail.body', { link: 'https://x.example' })).toContain(': https://x.example\n');
  });

  it('says something even when a value is missing', () => {
    expect(createWording('en').say('request.title')).toBe('Relationship with …');
  });
});

const ERROR_CODES: Readonly<Record<ErrorCode, true>> = {
  'not-a-rep': true,
  'not-an-approver': true,
  'not-your-request': true,
  'second-person-needed': true,
  'not-a-remover': true,
  'not-an-admin': true,
  'personal-chat-only': true,
  'not-met-yet': true,
  'sign-in-other-person': true,
  'sign-in-not-needed': true,
  'sign-in-unavailable': true,
  'message-not-passed': true,
  'customer-not-found': true,
  'customer-is-partner': true,
  'no-approvers': true,
  'approver-name-invalid': true,
  'request-not-found': true,
  'request-open-already': true,
  'already-decided': true,
  'already-active': true,
  'reminded-enough': true,
  'link-refused': true,
  'relationship-not-active': true,
  'batch-not-found': true,
  'batch-not-open': true,
  'batch-empty': true,
  'batch-too-large': true,
  'batch-name-invalid': true,
  'batch-name-taken': true,
  'batch-under-way': true,
  'batch-resent': true,
  'batch-to-add-to-gone': true,
  'nothing-refused': true,
  'doubtful-devices': true,
  'removal-not-found': true,
  'removal-not-open': true,
  'removal-not-checked': true,
  'confirmation-wrong': true,
  'no-second-person': true,
  'profile-not-found': true,
  'profile-name-invalid': true,
  'profile-name-taken': true,
  'profile-change-unclear': true,
  'list-changed': true,
  'profile-busy': true,
  'profile-no-devices': true,
  'device-not-in-batch': true,
  'file-refused': true,
  'file-unreadable': true,
  'file-too-large': true,
  'file-not-saved': true,
  'link-not-allowed': true,
  'link-not-found': true,
  'partner-center-unavailable': true,
  'partner-center-refused': true,
  'partner-center-sign-in': true,
  'graph-unavailable': true,
  'mail-not-allowed': true,
};

type Nodes = ReturnType<IntlMessageFormat['getAst']>;

function parse(message: string, language: string): Nodes {
  return new IntlMessageFormat(message, language, undefined, { ignoreTag: true }).getAst();
}

/** Names with the kind of argument, such as `count:6` for a plural. */
function argumentsOf(message: string, language: string): string[] {
  return [...new Set(collect(parse(message, language)))].sort();
}

function collect(nodes: Nodes): string[] {
  return nodes.flatMap((node) => {
    if (!('value' in node) || node.type === 0) return [];
    const own = `${node.value}:${node.type}`;
    return 'options' in node ? [own, ...Object.values(node.options).flatMap(({ value }) => collect(value))] : [own];
  });
}

function pluralsOf(message: string, language: string): string[][] {
  return parse(message, language).flatMap((node) => ('options' in node ? [Object.keys(node.options)] : []));
}

function numbers(key: MessageKey): Record<string, number> {
  return Object.fromEntries(named(key, ([, kind]) => kind === '6' || kind === '2').map((name) => [name, 3]));
}

function texts(key: MessageKey): Record<string, string> {
  return Object.fromEntries(named(key, ([, kind]) => kind === '1').map((name) => [name, 'X']));
}

function named(key: MessageKey, wanted: (parts: string[]) => boolean): string[] {
  return argumentsOf(en[key], 'en')
    .map((each) => each.split(':'))
    .filter(wanted)
    .map(([name]) => name ?? '');
}

function sourcesOf(room: string): string[] {
  const root = join(import.meta.dirname, '../..', room);
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !/wording\/(?:en|fr|sv|he)\.ts$/.test(path))
    .map((path) => readFileSync(join(root, path), 'utf8'));
}

/**
 * Keys that code cannot say. Code says a key by its literal, by a literal beginning with parts computed
 * (`device.${name}.next`), or by a literal and an ending (`${key}.title`).
 */
function unusedIn(code: string, keys: readonly string[]): string[] {
  const literals = new Set(Array.from(code.matchAll(/'([\w.-]+)'/g), ([, literal = '']) => literal));
  const computed = Array.from(
    code.matchAll(/`(\w+\.(?:[\w.-]|\$\{[^}]*\})+)`/g),
    ([, template = '']) => new RegExp(`^${template.replaceAll('.', '\\.').replaceAll(/\$\{[^}]*\}/g, '[^.]+')}$`),
  );
  const endings = Array.from(code.matchAll(/`\$\{\w+\}(\.\w+)`/g), ([, ending = '']) => ending);
  return keys.filter((key) => {
    const isContinued = endings.some((end) => key.endsWith(end) && literals.has(key.slice(0, -end.length)));
    return !literals.has(key) && !isContinued && !computed.some((each) => each.test(key));
  });
}
