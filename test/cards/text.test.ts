import { describe, expect, it } from 'vitest';
import { bare, bareLines, inDirection, isolate, plain, spoken } from '../../cards/text.ts';
import { nodeTypes, readText } from './markdown.ts';

/** What somebody may type as a name or a note in order to look like more than text. */
const HOSTILE = [
  '[click here](https://evil.example)',
  '![pixel](https://evil.example/p.png)',
  '[ref][1]',
  '[1]: https://evil.example',
  '<https://evil.example>',
  '<a href="https://evil.example">x</a>',
  '<at>Global Admin</at>',
  '<script>alert(1)</script>',
  'https://evil.example/path?a=b',
  'HTTP://EVIL.EXAMPLE',
  'www.evil.example',
  'mailto:ceo@evil.example',
  'ftp://evil.example',
  '//evil.example/path',
  '**bold**',
  '__bold__',
  '*it* and _it_',
  '***all***',
  'a*b*c',
  '~~gone~~',
  '`code`',
  '```js',
  '~~~',
  '# Heading',
  '###### Heading',
  'Title\n=====',
  'Title\n-----',
  '- item',
  '* item',
  '+ item',
  '1. item',
  '2) item',
  '999999999. item',
  '  - item',
  '> quote',
  '---',
  '***',
  '___',
  '| a | b |\n|---|---|\n| 1 | 2 |',
  '    indented code',
  '\tindented code',
  '&lt;b&gt; &#42;x&#42; &amp;',
  'line one\n\n# line two',
  'line one\r\n- line two',
  'line\u2028- two\u2029- three',
  '\\*not escaped\\*',
  '\\[x](https://evil.example)',
  '\u200B**bold**',
  '*\u200Bbold\u200B*',
  '{{DATE(2026-01-01,SHORT)}}',
];

/** What makes text look different from what it is. */
const INVISIBLE = [
  'a\u202Egnp.exe',
  'a\u2066b\u2069c',
  'a\u200Eb\u200Fc',
  'a\uFEFFb',
  'a\u00ADb',
  'a\u{E0041}b',
  'a\u0000b\u0007c',
];

/** What a reader sees of it; the word joiner has no shape. */
function seen(text: string): string {
  return readText(text).replaceAll('\u2060', '');
}

describe('plain', () => {
  it.each(HOSTILE)('makes %j one paragraph of text', (text) => {
    const allowed = new Set(['paragraph_open', 'inline', 'paragraph_close', 'text', 'text_special']);
    expect(nodeTypes(plain(text, 200)).filter((type) => !allowed.has(type))).toEqual([]);
  });

  it.each(HOSTILE)('leaves %j readable as it was typed', (text) => {
    const expected = text
      .replaceAll('\u200B', '')
      .replace(/[\s\u2028\u2029]+/g, ' ')
      .trim();
    expect(seen(plain(text, 200))).toBe(expected);
  });

  it('would be needed: the same texts do something when they are not escaped', () => {
    const harmless = HOSTILE.filter((text) => {
      const types = nodeTypes(text);
      return types.length === 4 && types[3] === 'text';
    });
    expect(harmless.length).toBeLessThan(HOSTILE.length / 4);
  });

  it.each(INVISIBLE)('removes what cannot be seen from %j', (text) => {
    expect(plain(text, 200)).toMatch(/^[a-z. ]+$/);
  });

  it('breaks template expressions', () => {
    expect(plain('${customer}', 200)).not.toContain('${');
    expect(bare('${customer} ${', 200)).not.toContain('${');
    expect(bare('$\u200B{customer}', 200)).not.toContain('${');
  });

  it('leaves mentions no mark to begin with', () => {
    expect(plain('<at>Anna</at>', 200)).not.toMatch(/(?<!\\)</);
  });

  it('shortens before escaping, with an ellipsis, never inside a character', () => {
    expect(plain('*'.repeat(50), 10)).toBe(`${'\\*'.repeat(9)}…`);
    expect(bare('ab😀cd', 4)).toBe('ab…');
    expect(bare('ab😀', 4)).toBe('ab😀');
    expect(bare('x'.repeat(1_000_000), 20)).toHaveLength(20);
  });

  it('keeps the joiners that scripts and emoji need', () => {
    expect(bare('👩‍💻 می‌خواهم', 50)).toBe('👩‍💻 می‌خواهم');
  });
});

describe('bare', () => {
  it('joins lines and keeps everything that can be seen', () => {
    expect(bare('  a *b*\n\n_c_ \t <d>  ', 50)).toBe('a *b* _c_ <d>');
  });
});

describe('bareLines', () => {
  it('keeps line breaks and nothing else that could mislead', () => {
    expect(bareLines('a \u202Eb\r\n${c}\n\nd', 50)).toBe('a b\n$\u2060{c}\n\nd');
    expect(bareLines('ab\ncd', 4)).toBe('ab\nc');
  });
});

describe('spoken', () => {
  it.each(HOSTILE)('gives back what plain escaped in %j', (text) => {
    expect(spoken(plain(text, 200)).replaceAll('\u2060', '')).toBe(bare(text, 200).replaceAll('\u2060', ''));
  });
});

describe('inDirection', () => {
  it('isolates only what could be reordered', () => {
    expect(inDirection('Contoso', false)).toBe('Contoso');
    expect(inDirection('Contoso', true)).toBe(isolate('Contoso'));
    expect(inDirection('קונטוסו', false)).toBe(isolate('קונטוסו'));
    expect(inDirection('شركة', false)).toBe(isolate('شركة'));
  });
});

describe('isolate', () => {
  it('puts the marks around, not into, an identifier', () => {
    expect(isolate('3305123456789')).toBe('\u20683305123456789\u2069');
  });
});
