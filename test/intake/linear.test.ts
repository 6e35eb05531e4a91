import { expect, it } from 'vitest';
import { createListReader } from '../../services/devices/intake/index.ts';
import { DEFAULT_LIMITS } from '../../services/devices/intake/limits.ts';
import { readPaste } from '../../services/devices/intake/read-list.ts';

/** Lines without an end, made of what the readers look at longest. */
const UNITS = [
  ...['3300000000011 ', '3300000000011', '3300000000011, ', '33 00 000 000 011 ', '3300-0000-00011 ', '3300000000l1 '],
  ...[
    '1.',
    '1-',
    '1:',
    '1/',
    '1 / ',
    '1? ',
    '+1 ',
    '"1" ',
    "'1 ",
    '[1] ',
    '<1 ',
    '_1',
    '**1** ',
    '1\t',
    '1;',
    '|1',
    '１ ',
  ],
  ...[
    'PKID: ',
    'PKID: 3300000000011 ',
    'S/N: ABC123 PKID: 3300000000011; ',
    'Serial number ',
    'SN ',
    'EAN 7350012345678 ',
  ],
  ...[
    '1 234 567,89 EUR ',
    '2026-11-21 ',
    '12:34 ',
    'tel +46 70 123 45 67 ',
    'https://a.example/3300000000011 ',
    'a@b ',
  ],
  ...['ABCDE-FGHJK-12345-ABCDE-FGHJK ', 'ABCDE-', 'T0H4', '3.3E+12 ', '#REF! ', ' ', '\u00a01', '\u06611 ', 'ab ', '*'],
  ...['"1,', ',"""x', '""', 'x",', '"a"b,'],
  ...['<td>1</td>', '<tr><td rowspan=9>1</td></tr>', '<table>', '<td a="', '<!--', '&#49;', '<'],
];
const SHORT = 20_000;
/** Linear reading takes four times as long for this one, quadratic reading sixteen times. */
const LONG = 4 * SHORT;
const NEITHER = 9;

it.each(UNITS)('a line of %j takes as much longer to read as it is longer', (unit) => {
  const limits = { ...DEFAULT_LIMITS, cellChars: LONG, devices: LONG };
  const cpuMs = (chars: number) => {
    const line = unit.repeat(chars / unit.length);
    const isHtml = unit.startsWith('<') || unit.startsWith('&');
    const rich = isHtml ? { html: `<table>${line}</table>` } : {};
    const began = process.cpuUsage();
    readPaste({ kind: 'text', source: 'paste', text: isHtml ? '' : line, ...rich }, limits);
    const { user, system } = process.cpuUsage(began);
    return (user + system) / 1_000;
  };
  cpuMs(SHORT); // compiles what it needs
  const grown = () => cpuMs(LONG) / Math.max(cpuMs(SHORT), MEASURABLE_MS);
  let least = Number.POSITIVE_INFINITY;
  for (let tries = 0; tries < 5 && least > NEITHER; tries++) least = Math.min(least, grown());
  expect(least).toBeLessThan(NEITHER);
});

/** Below this it is noise that is compared. */
const MEASURABLE_MS = 2;

it('a paste is read at once only while it is short', async () => {
  const reader = createListReader({ limits: { queueLength: 0 } }); // workers take nothing
  const read = async (text: string, html?: string) => {
    const { devices, problems } = await reader.read({ kind: 'text', source: 'paste', text, ...(html && { html }) });
    return { devices: devices.length, refused: problems.map(({ details }) => details.what) };
  };
  const few = '3300000000011\n'.padEnd(DEFAULT_LIMITS.inlineChars, ' ');
  expect(await read(few)).toEqual({ devices: 1, refused: [] });
  expect(await read(`${few} `)).toEqual({ devices: 0, refused: ['busy'] });
  expect(await read(few.slice(1), '<b>')).toEqual({ devices: 0, refused: ['busy'] });
  await reader.close();
});
