import { makeHash } from '../make/hash.ts';
import { doubtful, pasted, pastedHtml, type Sample } from './sample.ts';

const A = '3305123456789';
const B = '3305987654321';
const C = '0330512345678';
const D = '1600000123454';
const [a, b, c, d] = [{ pkid: A }, { pkid: B }, { pkid: C }, { pkid: D }];
const THOUSANDS = '3,305,123,456,789';

/** Pasted text of every shape. */
export function pastes(): Sample[] {
  return [
    ...plainLists(),
    ...charactersSamples(),
    ...proseSamples(),
    ...doubtfulSamples(),
    ...refusedSamples(),
    ...foreignSamples(),
    ...damagedSamples(),
    ...noticeSamples(),
    ...tableSamples(),
    ...htmlSamples(),
  ];
}

function plainLists(): Sample[] {
  const three = { devices: [a, b, c] };
  return [
    pasted('one number', A, { devices: [{ ...a, row: 1 }] }),
    pasted('one a line', `${A}\n${B}\n${C}`, {
      devices: [
        { ...a, row: 1 },
        { ...b, row: 2 },
        { ...c, row: 3 },
      ],
    }),
    pasted('one a line, CRLF and blank lines', `\r\n${A}\r\n\r\n${B}\r\n${C}\r\n`, {
      devices: [
        { ...a, row: 2 },
        { ...b, row: 4 },
        { ...c, row: 5 },
      ],
    }),
    pasted('mixed line ends', `${A}\r${B}\r\n${C}\n${D}`, { devices: [a, b, c, d] }),
    pasted('commas', `${A}, ${B}, ${C}`, three),
    pasted('commas without spaces', `${A},${B},${C}`, three),
    pasted('semicolons', `${A};${B};${C}`, three),
    pasted('spaces', `${A} ${B} ${C}`, three),
    pasted('tabs', `${A}\t${B}\t${C}`, three),
    pasted('pipes', `${A} | ${B} | ${C}`, three),
    pasted('slashes', `${A} / ${B} / ${C}`, three),
    pasted('commas over two lines', `${A}, ${B},\n${C}, ${D}`, { devices: [a, b, c, d] }),
    pasted('bullets', `• ${A}\n• ${B}\n• ${C}`, three),
    pasted('hyphen bullets', `- ${A}\n- ${B}\n* ${C}`, three),
    pasted('numbered', `1. ${A}\n2. ${B}\n3) ${C}`, three),
    pasted('quoted', `"${A}"\n'${B}'\n“${C}”`, three),
    pasted('apostrophe in front', `'${A}\n'${B}`, { devices: [a, b] }),
    pasted('trailing commas', `${A},\n${B},\n${C}`, three),
    pasted('brackets', `(${A})\n[${B}]\n<${C}>`, three),
    pasted('heading and numbers', `PKID\n${A}\n${B}`, {
      devices: [
        { ...a, row: 2 },
        { ...b, row: 3 },
      ],
    }),
  ];
}

function charactersSamples(): Sample[] {
  const arabic = [...A].map((digit) => String.fromCharCode(0x660 + Number(digit))).join('');
  const wide = [...B].map((digit) => String.fromCharCode(0xff10 + Number(digit))).join('');
  const persian = [...C].map((digit) => String.fromCharCode(0x6f0 + Number(digit))).join('');
  return [
    pasted('thousands separators, comma', `PKID ${THOUSANDS}`, { devices: [a] }),
    pasted('thousands separators alone', THOUSANDS, { devices: [a] }),
    pasted('thousands separators, point', '3.305.123.456.789\n3.305.987.654.321', { devices: [a, b] }),
    pasted('thousands separators, apostrophe', "3'305'123'456'789", { devices: [a] }),
    pasted('thousands separators, typographic apostrophe', '3’305’123’456’789', { devices: [a] }),
    pasted('thousands separators, no-break space', '3\u00a0305\u00a0123\u00a0456\u00a0789', { devices: [a] }),
    pasted('thousands separators, narrow no-break space', '3\u202f305\u202f123\u202f456\u202f789', { devices: [a] }),
    pasted('groups of digits', '3305 123 456 789', { devices: [a] }),
    pasted('groups with hyphens', '3305-1234-56789', { devices: [a] }),
    pasted('no-break spaces around', `\u00a0${A}\u00a0\n\u00a0${B}`, { devices: [a, b] }),
    pasted('zero-width spaces', `\u200b${A}\u200b\n33059\u200b87654321`, { devices: [a, b] }),
    pasted('bidi marks', `\u202a${A}\u202c\n\u200f${B}\u200e`, { devices: [a, b] }),
    pasted('byte order mark', `\ufeff${A}\n${B}`, { devices: [a, b] }),
    pasted('full-width digits', wide, { devices: [b] }),
    pasted('Arabic-Indic digits', arabic, { devices: [a] }),
    pasted('Persian digits', persian, { devices: [c] }),
    pasted('decimal zeros', `${A}.0\n${B},00`, { devices: [a, b] }),
    pasted('text formula', `="${A}"\n="${B}"`, { devices: [a, b] }),
    pasted('exact exponent', 'PKID: 3.305123456789E+12', { devices: [a] }),
    pasted('exact exponent with a comma', 'PKID: 3,305123456789E+12', { devices: [a] }),
    pasted('line separators', `${A}\u2028${B}\u2029${C}`, { devices: [a, b, c] }),
  ];
}

function proseSamples(): Sample[] {
  return [
    pasted('a friendly message', `Hi, could you please register ${A} for Contoso? Thanks!`, { devices: [a] }),
    pasted('label', `PKID: ${A}`, { devices: [a] }),
    pasted('labels', `PKID: ${A}\nPKID: ${B}`, {
      devices: [
        { ...a, row: 1 },
        { ...b, row: 2 },
      ],
    }),
    pasted('label glued on', `PKID${A}`, { devices: [a] }),
    pasted('long label', `Windows Product ID: ${A}`, { devices: [a] }),
    pasted('product key id', `Product Key ID = ${A}`, { devices: [a] }),
    pasted('label and serial in a line', `PKID: ${A}, Serial: PF3ABCDE`, { devices: [{ ...a, serial: 'PF3ABCDE' }] }),
    pasted('serial first', `S/N PF3ABCDE PKID ${A}`, { devices: [{ ...a, serial: 'PF3ABCDE' }] }),
    pasted('one device below the other', `Serial: PF3AAA1\nPKID: ${A}\n\nSerial: PF3AAA2\nPKID: ${B}`, {
      devices: [
        { ...a, serial: 'PF3AAA1', row: 2 },
        { ...b, serial: 'PF3AAA2', row: 5 },
      ],
    }),
    pasted(
      'one device below the other, no blank line',
      `PKID: ${A}\nSerial number: PF3AAA1\nPKID: ${B}\nSerial number: PF3AAA2`,
      {
        devices: [
          { ...a, serial: 'PF3AAA1', row: 1 },
          { ...b, serial: 'PF3AAA2', row: 3 },
        ],
      },
    ),
    pasted('tuple in labels', 'Serial: 5CG1234ABC\nManufacturer: HP\nModel: HP EliteBook 840 G8', {
      devices: [{ serial: '5CG1234ABC', manufacturer: 'HP', model: 'HP EliteBook 840 G8' }],
    }),
    pasted('EAN and PKID in labels', `EAN: 7340012345670 PKID: ${A}`, { devices: [a] }),
    pasted('order number and PKID', `PO 4500012345678 PKID ${A}`, { devices: [a] }),
    pasted('order and then a list', `Order no: 4500012345678\n${A}\n${B}`, { devices: [a, b] }),
    pasted('a phone number below', `${A}\nCall me: +46 70 123 45 67`, { devices: [a] }),
    pasted('tracking number', `Tracking: 1234567890124\nPKID: ${A}`, { devices: [a] }),
    pasted('German', `Seriennummer: PF3AAA1, PKID: ${A}`, { devices: [{ ...a, serial: 'PF3AAA1' }] }),
    pasted('French', `Numéro de série : PF3AAA1 PKID : ${A}`, { devices: [{ ...a, serial: 'PF3AAA1' }] }),
    pasted('Hebrew', `מספר סידורי: PF3AAA1 PKID: ${A}`, { devices: [{ ...a, serial: 'PF3AAA1' }] }),
    pasted('Swedish', `Serienummer PF3AAA1, PKID ${A}`, { devices: [{ ...a, serial: 'PF3AAA1' }] }),
    pasted('serial beside', `PF3AAA1 ${A}\nPF3AAA2 ${B}`, {
      devices: [
        { ...a, serial: 'PF3AAA1' },
        { ...b, serial: 'PF3AAA2' },
      ],
    }),
    pasted('greeting and list', `Hello team,\n\nplease add these:\n${A}\n${B}\n\nBest regards\nAnna`, {
      devices: [
        { ...a, row: 4 },
        { ...b, row: 5 },
      ],
    }),
    pasted('a list behind a label', `PKIDs: ${A}, ${B}, ${C}`, { devices: [a, b, c] }),
  ];
}

function doubtfulSamples(): Sample[] {
  return [
    pasted(
      'rounded zeros',
      '3305120000000',
      doubtful([{ pkid: '3305120000000', row: 1, confirm: 'suspicious_value' }]),
    ),
    pasted(
      'counting up',
      'PKID 1234567890123',
      doubtful([{ pkid: '1234567890123', row: 1, confirm: 'suspicious_value' }]),
    ),
    pasted('all the same', '1111111111111', doubtful([{ pkid: '1111111111111', row: 1, confirm: 'suspicious_value' }])),
    pasted('letter O', 'PKID: 33O5123456789', doubtful([{ ...a, row: 1, confirm: 'ambiguous_character' }])),
    pasted(
      'letter l',
      'PKID: 330512345678l',
      doubtful([{ pkid: '3305123456781', row: 1, confirm: 'ambiguous_character' }]),
    ),
    pasted('letter O without a label', '33O5I23456789', doubtful([{ ...a, row: 1, confirm: 'ambiguous_character' }])),
    pasted('ISBN', '978-3-16-148410-0', doubtful([{ pkid: '9783161484100', row: 1, confirm: 'ambiguous_candidate' }])),
    pasted('plus in front', 'PKID: +3305123456789', doubtful([{ ...a, row: 1, confirm: 'suspicious_value' }])),
    pasted('two numbers in a sentence', `The box says ${A} and 7340012345670`, {
      devices: [
        { ...a, confirm: 'ambiguous_candidate' },
        { pkid: '7340012345670', confirm: 'ambiguous_candidate' },
      ],
      problems: [
        [1, 'ambiguous_candidate'],
        [1, 'ambiguous_candidate'],
      ],
    }),
    pasted('one serial, two PKIDs', `PKID: ${A}, Serial: PF3AAA1\nPKID: ${B}, Serial: PF3AAA1`, {
      devices: [
        { ...a, serial: 'PF3AAA1', confirm: 'conflict' },
        { ...b, serial: 'PF3AAA1', confirm: 'conflict' },
      ],
      problems: [
        [1, 'conflict'],
        [2, 'conflict'],
      ],
    }),
    pasted('lower-case manufacturer', 'Serial: PF3AAA1\nManufacturer: lenovo\nModel: 20XW', {
      devices: [{ serial: 'PF3AAA1', manufacturer: 'lenovo', model: '20XW' }],
    }),
  ].map((sample) => sample);
}

function foreignSamples(): Sample[] {
  return [
    pasted('article numbers under their heading', 'EAN,SKU\n7340012345670,ABC\n4012345678901,DEF', {
      problems: [
        [2, 'malformed_row'],
        [3, 'malformed_row'],
      ],
    }),
    pasted(
      'bar codes in one column',
      'Barcode\n7340012345670\n4012345678901',
      doubtful([
        { pkid: '7340012345670', row: 2, confirm: 'ambiguous_candidate' },
        { pkid: '4012345678901', row: 3, confirm: 'ambiguous_candidate' },
      ]),
    ),
    pasted('two columns of PKIDs', `Serial,PKID 1,PKID 2\nPF3AAA1,${A},${B}`, {
      devices: [
        { ...a, serial: 'PF3AAA1' },
        { ...b, confirm: 'ambiguous_candidate' },
      ],
      problems: [[2, 'ambiguous_candidate']],
    }),
    pasted('a signature below', `${A}\n\n-- \nAnna Svensson\n+46 8 123 45 67\nOrg.nr 5566778899`, { devices: [a] }),
    pasted('a table in Markdown', `| Serial | PKID |\n|---|---|\n| PF3AAA1 | ${A} |\n| PF3AAA2 | ${B} |`, {
      devices: [
        { ...a, serial: 'PF3AAA1', row: 3 },
        { ...b, serial: 'PF3AAA2', row: 4 },
      ],
    }),
    pasted('EAN beside, one row', `PF3AAA1,${A},7340012345670`, {
      devices: [
        { ...a, confirm: 'ambiguous_candidate' },
        { pkid: '7340012345670', confirm: 'ambiguous_candidate' },
      ],
      problems: [
        [1, 'ambiguous_candidate'],
        [1, 'ambiguous_candidate'],
      ],
    }),
  ];
}

function refusedSamples(): Sample[] {
  const key = 'VK7JG-NPHTM-C97JM-9MPGT-3V66T';
  return [
    pasted('nothing', 'Hello there', { problems: [[0, 'no_devices_found']] }),
    pasted('empty', '', { problems: [[0, 'no_devices_found']] }),
    pasted('twelve digits', '330512345678', { problems: [[1, 'wrong_length']] }),
    pasted('fourteen digits', `33051234567890\n${A}`, { devices: [a], problems: [[1, 'wrong_length']] }),
    pasted('twelve digits with a label', 'PKID: 330512345678', { problems: [[1, 'wrong_length']] }),
    pasted('scientific notation', `3.30512E+12\n${A}`, { devices: [a], problems: [[1, 'scientific_notation_lossy']] }),
    pasted('scientific notation with a comma', 'PKID 3,30512E+12', { problems: [[1, 'scientific_notation_lossy']] }),
    pasted('placeholder zeros', '0000000000000', { problems: [[1, 'placeholder_value']] }),
    pasted('placeholder letters', 'PKID: XXXXXXXXXXXXX', { problems: [[1, 'placeholder_value']] }),
    pasted('product key', key, { problems: [[1, 'not_a_pkid']] }),
    pasted('product key with a label', `Product key: ${key}\nPKID: ${A}`, {
      devices: [a],
      problems: [[1, 'not_a_pkid']],
    }),
    pasted('product key without hyphens', key.replaceAll('-', ''), { problems: [[1, 'not_a_pkid']] }),
    pasted('product id', 'PKID: 00330-80000-00000-AA123', { problems: [[1, 'not_a_pkid']] }),
    pasted('duplicate', `${A}\n${B}\n${A}`, { devices: [a, b], problems: [[3, 'duplicate_in_list']] }),
    pasted('serial only', 'Serial: PF3ABCDE', { problems: [[1, 'insufficient_identifiers']] }),
    pasted('PKID with two serials', `PKID: ${A}, Serial: PF3AAA1\nPKID: ${A}, Serial: PF3AAA2`, {
      devices: [{ ...a, serial: 'PF3AAA1', confirm: 'conflict' }],
      problems: [
        [1, 'conflict'],
        [2, 'conflict'],
      ],
    }),
  ];
}

/** One line of a good list is damaged: it has to be asked about, not dropped. */
function damagedSamples(): Sample[] {
  const beside = (kind: Sample['problems'][number][1], row = 1) => ({
    devices: [a, b],
    problems: [[row, kind] as const],
  });
  return [
    pasted('twelve digits beside good ones', `${A}, ${B}, 330598765432`, beside('wrong_length')),
    pasted('a letter on a line of its own', `${A}\n330598765432O\n${B}`, {
      devices: [a, { pkid: '3305987654320', confirm: 'ambiguous_character' }, b],
      problems: [[2, 'ambiguous_character']],
    }),
    pasted('a letter and a digit lost', `${A} 33059876543O ${B}`, beside('not_a_pkid')),
    pasted('digits nobody could read', `${A}\n33059876?4321\n${B}`, beside('not_a_pkid', 2)),
    pasted('a word glued on', `${A}\n${C}pcs\n${B}`, beside('not_a_pkid', 2)),
    pasted('cell errors', `${A}\n#REF!\n${B}`, beside('cell_error', 2)),
    pasted('an empty label', `PKID: ${A}\nPKID:\nPKID: ${B}`, beside('missing_pkid', 2)),
    pasted('a label with words', `PKID: ${A}\nPKID: see box\nPKID: ${B}`, beside('missing_pkid', 2)),
    pasted('an empty number in a list', `1. ${A}\n2.\n3. ${B}`, beside('missing_pkid', 2)),
    pasted('a serial number without its PKID', `PF3AAA1 ${A}\nPF3AAA3\nPF3AAA2 ${B}`, {
      devices: [
        { ...a, serial: 'PF3AAA1' },
        { ...b, serial: 'PF3AAA2' },
      ],
      problems: [[2, 'missing_pkid']],
    }),
    pasted('a number broken in two lines', `${A}\n3305987\n654321\n${B}`, {
      devices: [a, b],
      problems: [
        [2, 'wrong_length'],
        [3, 'wrong_length'],
      ],
    }),
    pasted('a good line before a bad one', `PKID: ${A}\n330598765432`, {
      devices: [a],
      problems: [[2, 'wrong_length']],
    }),
    pasted('the serial number of a refused PKID', `PKID: 33051234567\nSerial: PF3AAA1\nPKID: ${B}\nSerial: PF3AAA2`, {
      devices: [{ ...b, serial: 'PF3AAA2', row: 3 }],
      problems: [[1, 'wrong_length']],
    }),
    pasted('a quantity beside an order number', `${A}\n987 4500012341`, {
      devices: [a, { pkid: '9874500012341', confirm: 'ambiguous_candidate' }],
      problems: [[2, 'ambiguous_candidate']],
    }),
    pasted('a verb that may be a label', `Please make sure ${A} is in, or call ${B}`, {
      devices: [
        { ...a, confirm: 'ambiguous_candidate' },
        { ...b, confirm: 'ambiguous_candidate' },
      ],
      problems: [
        [1, 'ambiguous_candidate'],
        [1, 'ambiguous_candidate'],
      ],
    }),
    pasted('a correction in words', `the old PKID ${A} was wrong, use ${B} instead`, {
      devices: [a, { ...b, confirm: 'ambiguous_candidate' }],
      problems: [[1, 'ambiguous_candidate']],
    }),
    pasted('underscores', `_${A}_ and *${B}*`, {
      devices: [
        { ...a, confirm: 'ambiguous_candidate' },
        { ...b, confirm: 'ambiguous_candidate' },
      ],
      problems: [
        [1, 'ambiguous_candidate'],
        [1, 'ambiguous_candidate'],
      ],
    }),
    pasted(
      'two PKIDs in one cell',
      `PKID\n${A}, ${B}`,
      doubtful([A, B].map((pkid) => ({ pkid, row: 2, confirm: 'ambiguous_candidate' as const }))),
    ),
    pasted('two a line with a duplicate', `${A},${B}\n${C},${D}\n${A},3305111111112`, {
      devices: [a, b, c, d, { pkid: '3305111111112' }],
      problems: [[3, 'duplicate_in_list']],
    }),
    pasted('a second column of PKIDs, damaged', `Serial,PKID 1,PKID 2\nPF3AAA1,${A},330598765432`, {
      devices: [{ ...a, serial: 'PF3AAA1' }],
      problems: [[2, 'wrong_length']],
    }),
  ];
}

/** Messages of suppliers are full of numbers: those that explain themselves are no reason for a question. */
function noticeSamples(): Sample[] {
  return [
    pasted(
      'a delivery notice',
      `Dear partner,
your order 4500012345 of 5 November 2026 has shipped today with our transport 45678901.
Delivery note: 8001234567, pages 1/2
Tracking: JJD000390007827364510 and 1Z999AA10123456784
Carrier: DHL (account 951234567), 3 parcels, 24.5 kg
Ship to: Contoso AB, Storgatan 12, 114 55 Stockholm
Contact: Anna Svensson, +46 70 123 45 67, 08-123 45 67, anna.svensson2024@contoso.com
Invoice 90012345 over 12.345,00 EUR, IBAN DE89 3704 0044 0532 0130 00, VAT SE556677889901
https://portal.example.com/orders/4500012345?id=20261105123456
Printed 2026-11-05 14:33:21 by user 1042

PKID of the devices:
${A}
${B}

Kind regards
Anna Svensson
Distribution AB, Box 1234, 11455 Stockholm
070-123 45 67
Org.nr 556677-8899`,
      { devices: [a, b] },
    ),
    pasted(
      'a delivery note in German',
      `Lieferschein 80012345 vom 05.11.2026
Bestellung: 4500012345
Kundennr. 10023456

Pos Artikel Menge
10 20XW00A1GE ThinkPad T14 2 Stk 1.299,00 EUR
PKID: ${A}
PKID: ${B}
20 20XW00A2GE ThinkPad T14s 1 Stk 1.599,00 EUR
PKID: ${C}

Gesamt netto 4.197,00 EUR
USt-IdNr. DE123456789 · HRB 12345 · Tel. 089 123456-0`,
      { devices: [a, b, c] },
    ),
    pasted(
      'pallets',
      `Pallet 1 (SSCC 340123450000000017)\n1. PF3AAA1 ${A}\nPallet 2 (SSCC 340123450000000024)\n2. PF3AAA2 ${B}`,
      {
        devices: [
          { ...a, serial: 'PF3AAA1' },
          { ...b, serial: 'PF3AAA2' },
        ],
      },
    ),
    pasted(
      'other identifiers of the same device',
      `PKID: ${A}\nIMEI: 356789012345678\nMAC 00:1A:2B:3C:4D:5E\nUUID 12345678-1234-1234-1234-123456789012\nPKID: ${B}`,
      { devices: [a, b] },
    ),
    pasted(
      'a chat',
      `[05/11/2026, 14:33:21] Anna: ${A}\n[05/11/2026, 14:33:40] Bo: ${B}\n[06/11/2026, 08:01:02] Anna: ok`,
      {
        devices: [a, b],
      },
    ),
    pasted('order numbers in a column', `${A} 4500012340\n${B} 4500012341\n${C} 4500012342`, { devices: [a, b, c] }),
    pasted('serial numbers of twelve digits', `${A} 012345678901\n${B} 012345678902\n${C} 012345678903`, {
      devices: [a, b, c],
    }),
  ];
}

function tableSamples(): Sample[] {
  const withSerials = {
    devices: [
      { ...a, serial: 'PF3AAA1' },
      { ...b, serial: 'PF3AAA2' },
    ],
  };
  const hash = makeHash();
  return [
    pasted('Excel cells with headings', `Serial\tPKID\tModel\nPF3AAA1\t${A}\t20XW\nPF3AAA2\t${B}\t20XW`, {
      devices: [
        { ...a, serial: 'PF3AAA1', model: '20XW' },
        { ...b, serial: 'PF3AAA2', model: '20XW' },
      ],
    }),
    pasted('Excel cells without headings', `PF3AAA1\t${A}\nPF3AAA2\t${B}`, withSerials),
    pasted(
      'columns with an article number',
      `PF3AAA1;7340012345670;${A}\nPF3AAA2;7340012345670;${B}\nPF3AAA3;7340012345670;${C}`,
      {
        devices: [
          { ...a, serial: 'PF3AAA1' },
          { ...b, serial: 'PF3AAA2' },
          { ...c, serial: 'PF3AAA3' },
        ],
      },
    ),
    pasted('Excel cells, shortened', `Serial\tPKID\nPF3AAA1\t3.30512E+12\nPF3AAA2\t${B}`, {
      devices: [{ ...b, serial: 'PF3AAA2', row: 3 }],
      problems: [[2, 'scientific_notation_lossy']],
    }),
    pasted('hash alone', hash, { devices: [{ hash }] }),
    pasted('hash without padding', makeHash({ bytes: 2_999, padded: false }), {
      devices: [{ hash: makeHash({ bytes: 2_999 }) }],
    }),
    pasted('hash cut off', hash.slice(0, 120), { problems: [[1, 'hash_truncated']] }),
    pasted('hash of something else', Buffer.alloc(3_000, 5).toString('base64'), { problems: [[1, 'hash_invalid']] }),
  ];
}

function htmlSamples(): Sample[] {
  const row = (...cells: string[]) => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
  const table = (...rows: string[]) =>
    `<div itemprop="copy-paste-block">\r\n<table itemprop="copy-paste-table">\r\n<tbody>${rows.join('\r\n')}</tbody></table></div>`;
  return [
    pastedHtml('Excel table', table(row('Serial', 'PKID'), row('PF3AAA1', A), row('PF3AAA2', B)), {
      devices: [
        { ...a, serial: 'PF3AAA1', row: 2 },
        { ...b, serial: 'PF3AAA2', row: 3 },
      ],
    }),
    pastedHtml(
      'empty cells',
      table(row('Serial', 'PKID', 'Manufacturer', 'Model'), row('PF3AAA1', '', 'LENOVO', '20XW'), row('', A, '', '')),
      {
        devices: [{ serial: 'PF3AAA1', manufacturer: 'LENOVO', model: '20XW' }, a],
      },
    ),
    pastedHtml(
      'entities and no-break spaces',
      table(row('Serial&nbsp;No.', 'PKID'), row('PF3AAA1&nbsp;', `&nbsp;${A}`)),
      {
        devices: [{ ...a, serial: 'PF3AAA1' }],
      },
    ),
    pastedHtml('one column', table(row('PKID'), row(A), row(B)), { devices: [a, b] }),
    pastedHtml('no headings', table(row(A), row(B), row(C)), { devices: [a, b, c] }),
    pastedHtml(
      'merged cells',
      `<table><tr><th>Manufacturer</th><th>PKID</th></tr><tr><td rowspan="2">LENOVO</td><td>${A}</td></tr><tr><td>${B}</td></tr></table>`,
      {
        devices: [
          { ...a, manufacturer: 'LENOVO' },
          { ...b, manufacturer: 'LENOVO' },
        ],
      },
    ),
    pastedHtml(
      'hidden row',
      `<table><tr><td>PKID</td></tr><tr style="display:none"><td>${A}</td></tr><tr><td>${B}</td></tr></table>`,
      {
        devices: [{ ...a, confirm: 'hidden_data' }, b],
        problems: [[2, 'hidden_data']],
      },
    ),
    pastedHtml('text in paragraphs', `<p>PKID: ${A}</p><p>PKID: ${B}</p>`, { devices: [a, b] }),
    pastedHtml('text beside a table', `<p>Please register</p>${table(row('PKID'), row(A))}<p>Thanks</p>`, {
      devices: [a],
    }),
    pastedHtml(
      'spans within cells',
      table(row('<span><b>PKID</b></span>'), row(`<span style="color:red">${A.slice(0, 6)}</span>${A.slice(6)}`)),
      { devices: [a] },
    ),
    pastedHtml('never closed', `<table><tr><td>PKID<tr><td>${A}<tr><td>${B}`, { devices: [a, b] }),
    pastedHtml(
      'script and style',
      `<style>.x{}</style><script>var x = "${C}"</script><table><tr><td>PKID</td></tr><tr><td>${A}</td></tr></table>`,
      { devices: [a] },
    ),
  ];
}
