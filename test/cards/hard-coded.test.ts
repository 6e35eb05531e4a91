import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { spoken } from '../../cards/text.ts';
import { LANGUAGE_NAMES } from '../../cards/wording/wording.ts';
import { parts } from './host.ts';
import { CUSTOMER, LINK, PARTNER } from './people.ts';
import { foreignWords, pseudoWording } from './pseudo.ts';
import { SAMPLES } from './samples.ts';

/** What the samples take from outside: nothing else on a card may be written in ordinary letters. */
const FROM_OUTSIDE = [
  ...[PARTNER, CUSTOMER.name, ...Object.values(LANGUAGE_NAMES)],
  // the long link may be broken in several places so that it fits a phone
  new RegExp(Array.from(LINK, (letter) => letter.replace(/\W/, '\\$&')).join(' ?')),
  /https:\u2060?\/\u2060?\/(?:bot\.contoso|fabrikam)\.com\/\w+/,
  ...['Fabrikam', 'Tailspin Toys', 'Großhandel Süd GmbH', 'zebra'],
  // people, and what they typed
  ...['Hello\nAnna', 'Ida Nyström', 'Anna Berg', 'Olle Ek', 'Carl', 'Anna'],
  ...['As agreed on the phone: 40 laptops for the Malmö office.', 'We register our devices ourselves.'],
  'They still need the three in Malmö.',
  // sign-in names, domains, files, addresses, ids, time zones, serial numbers
  /[\w.-]+@contoso\.com|\banna\b/,
  /\b(?:contoso(?:-\d)?|contso|fabrikam|tailspin)\.com\b/,
  /\bcontoso\.xlsx\b|\blabel 2\.jpg\b/,
  /https:\/\/teams\.microsoft\.com\/l\/[\w/-]+/,
  /\b(?:Directory\.Read|CrossTenantInformation\.ReadBasic)\.All\b|\bMail\.Send\b/,
  /\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/,
  /\b(?:Europe\/Stockholm|Asia\/Jerusalem)\b/,
  /\b5CG1234[X-Z]{3}\b/,
  'Contoso Logistics & Sön…', // cut to fit a button
  // devices, batches, profiles, channels and codes of Microsoft's
  ...['HP · EliteBook 840 G9', 'Order 4711', 'Autopilot Malmö', '899 ZtdSomethingNew', 'AADSTS700082'],
  ...['tickets.northwind.example', 'batch.finished', 'request.approved'],
  ...['Standard', 'Kiosks', 'Kiosk', 'As delivered', 'Offices in Malmö and Lund'],
  /\bMalmö(?: 2026-\d+)?/,
];

describe('a card in a pseudo language', () => {
  it.each(SAMPLES.map(({ name, draw }) => ({ name, draw })))('has no word of its own: $name', ({ draw }) => {
    const card = draw(pseudoWording());
    expect(visibleTexts(card).length).toBeGreaterThan(0);
    expect(visibleTexts(card).filter((text) => foreignWords(withoutOutside(text)).length > 0)).toEqual([]);
  });
});

describe('what conversations and the bot answer', () => {
  it('has no word written beside the catalogues', () => {
    const sources = ['dialogs', 'bot/actions', 'bot/lookups', 'bot', 'cards'].flatMap(sourcesIn);
    expect(sources.length).toBeGreaterThan(100);
    expect(sources.flatMap(writtenWords)).toEqual([]);
  });

  it('is read by a check that finds such words, and none in names and separators', () => {
    expect(writtenWords("return { replies: [{ text: 'Done.' }] };")).toEqual(["text: 'Done.'"]);
    expect(writtenWords('title: `Batch ${name}`, label: say(`x.${y}`)')).toEqual(['title: `Batch ${name}`']);
    expect(writtenWords("text: `${sign} ${words}`, label: '', title: say('chat.done')")).toEqual([]);
  });
});

describe('the check for words of a card’s own', () => {
  const hardCoded = (text: string) => foreignWords(withoutOutside(text));

  it('finds a word beside a message, inside of one, and in any script', () => {
    const wording = pseudoWording();
    expect(hardCoded('Cancel')).toEqual(['Cancel']);
    expect(hardCoded(`${wording.say('common.cancel')}: now`)).toEqual(['now']);
    expect(hardCoded(wording.say('request.title', { customer: 'nobody known' }))).toEqual(['nobody', 'known']);
    expect(hardCoded('ביטול')).toEqual(['ביטול']);
  });

  it('lets messages, dates, plurals and names from outside pass', () => {
    const wording = pseudoWording();
    expect(hardCoded(wording.say('request.title', { customer: CUSTOMER.name }))).toEqual([]);
    expect(hardCoded(wording.say('list.read', { count: 3 }))).toEqual([]);
    expect(hardCoded(wording.dateTime(new Date('2026-11-16T08:15:00Z')))).toEqual([]);
  });
});

/** Where a card holds words that are seen or read aloud. */
const WORDS = ['text', 'title', 'label', 'placeholder', 'speak', 'fallbackText', 'altText', 'errorMessage', 'tooltip'];
/** Only here is a value something to read; elsewhere it is an id that comes back when a button is pressed. */
const SHOWS_VALUE = new Set(['Input.Text', 'Input.Number', 'Fact']);

function visibleTexts(card: unknown): string[] {
  return [...parts(card)].flatMap((part) => {
    const names = SHOWS_VALUE.has(String(part.type)) ? [...WORDS, 'value'] : WORDS;
    return names.flatMap((name) => (typeof part[name] === 'string' ? [spoken(part[name])] : []));
  });
}

/** The files of one folder itself. Programs for administrators and the document of the API are folders of their own. */
function sourcesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: !folder.startsWith('bot'), encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !path.startsWith('wording/'))
    .map((path) => readFileSync(join(folder, path), 'utf8'));
}

/** Properties that are shown, with a literal in place of a message. */
function writtenWords(code: string): string[] {
  return Array.from(code.matchAll(/\b(?:text|title|label|placeholder|subtitle): ?(['"`])(.*?)\1/g))
    .filter(([, , literal = '']) => foreignWords(literal.replaceAll(/\$\{[^}]*\}/g, '')).length > 0)
    .map(([property]) => property);
}

function withoutOutside(text: string): string {
  return FROM_OUTSIDE.reduce<string>((left, outside) => left.replaceAll(allOf(outside), ' '), text);
}

function allOf(outside: string | RegExp): RegExp | string {
  return typeof outside === 'string' ? outside : new RegExp(outside, 'g');
}
