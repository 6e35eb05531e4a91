import { expect, it } from 'vitest';
import { DEFAULT_LIMITS } from '../../services/devices/intake/limits.ts';
import { readPaste } from '../../services/devices/intake/read-list.ts';
import { createRandom, type Random } from './make/random.ts';

const LISTS = 200_000;

type Written = Readonly<{ pkid: string; serial: string }>;
type Writer = (devices: readonly Written[], random: Random) => string;

/** A way to write a list in which every device is beyond doubt. */
const WRITERS: readonly [Writer, ...Writer[]] = [
  (devices, random) => devices.map(({ pkid }) => pkid).join(random.pick(['\n', '\r\n', '\r', '\n\n'])),
  (devices, random) => devices.map(({ pkid }) => random.pick(['- ', '* ', '• ', '', '"', "'", '(']) + pkid).join('\n'),
  (devices) => devices.map(({ pkid }, index) => `${index + 1}. ${pkid}`).join('\n'),
  (devices, random) =>
    devices
      .map(
        ({ pkid }) => `${random.pick(['PKID: ', 'PKID ', 'pkid=', 'Windows Product ID: ', 'Product Key ID: '])}${pkid}`,
      )
      .join('\n'),
  (devices, random) =>
    devices
      .map(({ pkid }) =>
        random.pick([grouped(pkid, ','), grouped(pkid, '.'), grouped(pkid, "'"), grouped(pkid, '\u00a0')]),
      )
      .join('\n'),
  (devices, random) =>
    devices.map(({ pkid }) => otherDigits(pkid, random.pick([0x660, 0x6f0, 0xff10, 0x966]))).join('\n'),
  (devices, random) =>
    devices
      .map(
        ({ pkid }) =>
          random.pick(['\u200b', '\u200e', '\ufeff', '\u00a0']) + pkid + random.pick(['\u200b', '\u00a0', ' ', '']),
      )
      .join('\n'),
  (devices, random) => table(devices, random.pick([',', ';', '\t', '|']), random.pick(['\n', '\r\n', '\r'])),
  (devices, random) => quotedTable(devices, random.pick([',', ';', '\t'])),
  (devices) => devices.map(({ pkid, serial }) => `Serial: ${serial}\nPKID: ${pkid}`).join('\n\n'),
  (devices) => devices.map(({ pkid, serial }) => `PKID ${pkid}, S/N ${serial}`).join('\n'),
  (devices, random) =>
    `Hi,\nplease register these:\n${devices.map(({ pkid }) => pkid).join('\n')}\n${random.pick(['Thanks', 'Danke', 'תודה', 'Merci'])}`,
];

function grouped(pkid: string, mark: string): string {
  return [pkid.slice(0, 1), pkid.slice(1, 4), pkid.slice(4, 7), pkid.slice(7, 10), pkid.slice(10)].join(mark);
}

function otherDigits(pkid: string, zero: number): string {
  return [...pkid].map((digit) => String.fromCharCode(zero + Number(digit))).join('');
}

function table(devices: readonly Written[], mark: string, end: string): string {
  return [`Serial Number${mark}Windows Product ID`, ...devices.map(({ pkid, serial }) => serial + mark + pkid)].join(
    end,
  );
}

function quotedTable(devices: readonly Written[], mark: string): string {
  return [
    `"PKID"${mark}"Note"`,
    ...devices.map(({ pkid, serial }) => `"${pkid}"${mark}"he said ""${serial}""${mark} twice"`),
  ].join('\n');
}

it(`reads ${LISTS} generated lists without an exception and gives every PKID back exactly`, () => {
  const random = createRandom(4711);
  for (let index = 0; index < LISTS; index++) {
    const devices = Array.from({ length: 1 + random.below(4) }, () => ({
      pkid: random.pkid(),
      serial: random.serial(),
    }));
    const text = random.pick(WRITERS)(devices, random);
    const list = readPaste({ kind: 'text', source: 'p', text }, DEFAULT_LIMITS);
    const wanted = devices.map(({ pkid }) => pkid).join();
    const got = list.devices.map(({ pkid }) => pkid).join();
    if (got !== wanted || list.problems.length > 0) expect({ text, list }).toEqual({ text, list: wanted });
  }
}, 400_000);

it('never throws for, nor repeats a product key from, text that is nearly a list', () => {
  const random = createRandom(99);
  const bits = [
    '3305123456789',
    '"',
    "'",
    ',',
    ';',
    '\t',
    '\n',
    '\r\n',
    'PKID',
    ':',
    'Serial',
    'E+12',
    '.',
    ' ',
    '<td>',
    '=',
    '\u0000',
    '\u200f',
    'O',
    '00000',
    '\ud800',
    'VK7JG-NPHTM-C97JM-9MPGT-3V66T',
    '|',
  ] as const;
  for (let index = 0; index < 20_000; index++) {
    const text = Array.from({ length: random.below(30) }, () => random.pick(bits)).join('');
    const { devices, problems } = readPaste({ kind: 'text', source: 'p', text }, DEFAULT_LIMITS);
    const bad = devices.filter(({ pkid }) => pkid !== undefined && !/^\d{13}$/.test(pkid));
    const said = JSON.stringify([devices, problems]);
    if (bad.length > 0 || said.includes('NPHTM')) expect({ text, devices, problems }).toBe('PKIDs only, and no key');
  }
});
