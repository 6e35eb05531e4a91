import { makeHash } from '../make/hash.ts';
import { attached, type Expected, type Sample } from './sample.ts';

const A = '3305123456789';
const B = '3305987654321';
const SERIAL_A = 'PF3AAA1';
const SERIAL_B = 'PF3AAA2';
const pair: Expected[] = [
  { pkid: A, serial: SERIAL_A },
  { pkid: B, serial: SERIAL_B },
];

/** Headings of serial number and PKID as they come in each language, with the code page such files are saved in. */
const LANGUAGES: readonly (readonly [name: string, serial: string, pkid: string, codePage: string])[] = [
  ['English', 'Device Serial Number', 'Windows Product ID', 'ascii'],
  ['German', 'Seriennummer des Geräts', 'Windows-Produkt-ID', 'windows-1252'],
  ['French', 'Numéro de série', 'ID de produit Windows', 'windows-1252'],
  ['Swedish', 'Enhetens serienummer', 'Produkt-ID för Windows', 'windows-1252'],
  ['Spanish', 'Número de serie', 'Id. de producto de Windows', 'windows-1252'],
  ['Italian', 'Numero di serie', 'ID prodotto Windows', 'ascii'],
  ['Portuguese', 'Número de série', 'ID do produto do Windows', 'windows-1252'],
  ['Dutch', 'Serienummer van apparaat', 'Windows-product-id', 'ascii'],
  ['Danish', 'Enhedens serienummer', 'Windows-produkt-id', 'ascii'],
  ['Finnish', 'Laitteen sarjanumero', 'Windows-tuotetunnus', 'ascii'],
  ['Polish', 'Numer seryjny urządzenia', 'Identyfikator produktu Windows', 'windows-1250'],
  ['Czech', 'Sériové číslo zařízení', 'ID produktu Windows', 'windows-1250'],
  ['Hungarian', 'Eszköz sorozatszáma', 'Windows-termékazonosító', 'windows-1250'],
  ['Turkish', 'Cihaz Seri Numarası', 'Windows ürün KIMLIĞI', 'windows-1254'],
  ['Russian', 'Серийный номер', 'Код продукта Windows', 'windows-1251'],
  ['Hebrew', 'מספר סידורי', 'מזהה מוצר Windows', 'windows-1255'],
  ['Japanese', 'デバイスのシリアル番号', 'Windows 製品 ID', 'utf-8'],
  ['Chinese', '设备序列号', 'Windows 产品 ID', 'utf-8'],
  ['Korean', '장치 일련 번호', 'Windows 제품 ID', 'utf-8'],
  ['Arabic', 'الرقم التسلسلي', 'معرف منتج Windows', 'utf-8'],
];

/** Delimited text in the shapes, headings and encodings it comes in. */
export function delimitedFiles(): Sample[] {
  return [...languages(), ...encodings(), ...shapes(), ...vendors(), ...tuples(), ...damage(), ...hashes()];
}

function languages(): Sample[] {
  return LANGUAGES.flatMap(([name, serial, pkid, codePage]) => {
    const text = `${serial};${pkid}\r\n${SERIAL_A};${A}\r\n${SERIAL_B};${B}\r\n`;
    const files = [attached(`${name}.csv`, text, { devices: pair })];
    if (codePage.startsWith('windows'))
      files.push(attached(`${name}, ${codePage}.csv`, inCodePage(text, codePage), { devices: pair }));
    return files;
  });
}

/** Encodes with the table that decoding uses, turned around. */
function inCodePage(text: string, codePage: string): Uint8Array {
  const decoder = new TextDecoder(codePage);
  const table = new Map(Array.from({ length: 256 }, (_, byte) => [decoder.decode(Uint8Array.of(byte)), byte] as const));
  return Uint8Array.from([...text], (char) => table.get(char) ?? 63);
}

function encodings(): Sample[] {
  const text = `Seriennummer;Windows-Produkt-ID;Gerät\r\n${SERIAL_A};${A};ThinkPad\r\n${SERIAL_B};${B};Büro\r\n`;
  const utf16 = Buffer.from(text, 'utf16le');
  const swapped = Buffer.from(utf16).swap16();
  const outcome = { devices: pair };
  return [
    attached('utf-8 with mark.csv', `\ufeff${text}`, outcome),
    attached('utf-16 little endian with mark.csv', Buffer.concat([Buffer.from([0xff, 0xfe]), utf16]), outcome),
    attached('utf-16 big endian with mark.csv', Buffer.concat([Buffer.from([0xfe, 0xff]), swapped]), outcome),
    attached('utf-16 little endian.csv', utf16, outcome),
    attached('utf-16 big endian.csv', swapped, outcome),
    attached(
      'utf-16 tabs, as Excel saves Unicode text.txt',
      Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text.replaceAll(';', '\t'), 'utf16le')]),
      outcome,
    ),
  ];
}

function shapes(): Sample[] {
  const rows = [
    ['Serial Number', 'PKID', 'Note'],
    [SERIAL_A, A, 'a'],
    [SERIAL_B, B, 'b'],
  ];
  const cut = (mark: string, end = '\r\n') => rows.map((row) => row.join(mark)).join(end);
  const outcome = { devices: pair };
  const quoted = rows.map((row) => row.map((cell) => `"${cell}"`).join(',')).join('\r\n');
  return [
    attached('comma.csv', cut(','), outcome),
    attached('semicolon.csv', cut(';'), outcome),
    attached('tab.tsv', cut('\t'), outcome),
    attached('pipe.txt', cut('|'), outcome),
    attached('old Mac.csv', cut(',', '\r'), outcome),
    attached('Unix.csv', cut(',', '\n'), outcome),
    attached('mixed line ends.csv', `Serial,PKID\r\n${SERIAL_A},${A}\n${SERIAL_B},${B}\r`, outcome),
    attached('quoted.csv', quoted, outcome),
    attached('quoted, spaces around.csv', `"Serial" , "PKID"\n"${SERIAL_A}" , "${A}"\n"${SERIAL_B}" ,"${B}"`, outcome),
    attached('sep line.csv', `sep=;\r\n${cut(';')}`, {
      devices: pair.map((device, index) => ({ ...device, row: index + 3 })),
    }),
    attached('CSV named xlsx.xlsx', cut(','), outcome),
    attached('delimiter within quotes.csv', `Serial,Model,PKID\n${SERIAL_A},"Pad, 14""",${A}`, {
      devices: [{ pkid: A, serial: SERIAL_A, model: 'Pad, 14"' }],
    }),
    attached('line break within quotes.csv', `Serial,Note,PKID\n${SERIAL_A},"two\nlines",${A}\n${SERIAL_B},,${B}`, {
      devices: [
        { pkid: A, serial: SERIAL_A, row: 2 },
        { pkid: B, serial: SERIAL_B, row: 4 },
      ],
    }),
    attached(
      'address above the headings.csv',
      `Contoso Distribution\nMain street 1\n\nDelivery note,4711\n\nSerial,PKID\n${SERIAL_A},${A}\n${SERIAL_B},${B}`,
      {
        devices: [
          { pkid: A, serial: SERIAL_A, row: 7 },
          { pkid: B, serial: SERIAL_B, row: 8 },
        ],
      },
    ),
    attached('headings twice.csv', `Serial,PKID\n${SERIAL_A},${A}\nPKID,Serial\n${B},${SERIAL_B}`, outcome),
    attached('total below.csv', `${cut(',')}\r\nTotal: 2 devices`, outcome),
    attached('ragged.csv', `Serial,PKID,Model\n${SERIAL_A},${A}\n${SERIAL_B},${B},\n`, outcome),
    attached('no headings.csv', `${SERIAL_A},${A},ThinkPad\n${SERIAL_B},${B},ThinkPad`, outcome),
    attached('no headings, one column.txt', `${A}\n${B}`, { devices: [{ pkid: A }, { pkid: B }] }),
    attached('text formulas.csv', `Serial,PKID\n${SERIAL_A},"=""${A}"""\n${SERIAL_B},="${B}"`, outcome),
    attached('apostrophes.csv', `Serial,PKID\n'${SERIAL_A},'${A}\n'${SERIAL_B},'${B}`, outcome),
    attached('no-break spaces.csv', `Serial,PKID\n${SERIAL_A}\u00a0,\u00a0${A}\n${SERIAL_B},${B}\u00a0`, outcome),
    attached('empty.csv', '', { problems: [[0, 'no_devices_found']] }),
    attached('headings only.csv', 'Device Serial Number,Windows Product ID,Hardware Hash\n', {
      problems: [[0, 'no_devices_found']],
    }),
    attached('prototype names.csv', `__proto__,constructor,PKID\nx,y,${A}`, { devices: [{ pkid: A }] }),
  ];
}

function vendors(): Sample[] {
  return [
    attached(
      'Partner Center.csv',
      `\ufeffDevice Serial Number,Windows Product ID,Hardware Hash,Manufacturer name,Device model\n${SERIAL_A},${A},,,\n${SERIAL_B},,,LENOVO,20XW\n`,
      {
        devices: [
          { pkid: A, serial: SERIAL_A },
          { serial: SERIAL_B, manufacturer: 'LENOVO', model: '20XW' },
        ],
      },
    ),
    attached(
      'Partner Center, sample left in.csv',
      `Device serial number,Windows product ID,Hardware hash,Manufacturer name,Device Model\n${SERIAL_A},${A},,,\n\nSAMPLE EXPLAINED (remove the following section before uploading)\n,${B},,,\n`,
      {
        devices: [
          { pkid: A, serial: SERIAL_A },
          { pkid: B, confirm: 'placeholder_value' },
        ],
        problems: [
          [4, 'placeholder_value'],
          [5, 'placeholder_value'],
        ],
      },
    ),
    attached(
      'Intune.csv',
      `Device Serial Number,Windows Product ID,Hardware Hash,Group Tag,Assigned User\n${SERIAL_A},${A},,Sales,anna@contoso.com`,
      { devices: [{ pkid: A, serial: SERIAL_A }] },
    ),
    attached(
      'Dell.csv',
      `Order Number,Service Tag,Express Service Code,Model,PKID\n123456789,7ABC123,12345678901,Latitude 5440,${A}`,
      { devices: [{ pkid: A, serial: '7ABC123', model: 'Latitude 5440' }] },
    ),
    attached(
      'HP.csv',
      `Purchase Order;Product Number;Serial No.;Prod Key ID;EAN\n4500012345678;5P6Z3EA#ABD;5CG1234ABC;${A};0196337123456`,
      { devices: [{ pkid: A, serial: '5CG1234ABC' }] },
    ),
    attached('Lenovo.csv', `MTM,1S,PKID\n20XW0000GE,1S20XW0000GEPF3ABCDE,${A}`, {
      devices: [{ pkid: A, serial: 'PF3ABCDE' }],
    }),
    attached(
      'distributor.csv',
      `Lieferschein-Nr;Artikelnummer;EAN;Bezeichnung;Seriennummer;Produktschlüssel-ID\n80001234;4711;4012345678901;Notebook;${SERIAL_A};${A}`,
      { devices: [{ pkid: A, serial: SERIAL_A }] },
    ),
    attached('edition and PKID.csv', `Serial,Windows Product,PKID\n${SERIAL_A},Windows 11 Pro,${A}`, {
      devices: [{ pkid: A, serial: SERIAL_A }],
    }),
    attached('product key column of PKIDs.csv', `Serial,Product Key\n${SERIAL_A},${A}`, {
      devices: [{ pkid: A, serial: SERIAL_A }],
    }),
    attached('product keys.csv', `Serial,Product Key\n${SERIAL_A},VK7JG-NPHTM-C97JM-9MPGT-3V66T`, {
      problems: [[2, 'not_a_pkid']],
    }),
    attached('product key in a note.csv', `Serial,PKID,Note\n${SERIAL_A},${A},VK7JG-NPHTM-C97JM-9MPGT-3V66T`, {
      devices: [{ pkid: A, serial: SERIAL_A }],
      problems: [[2, 'not_a_pkid']],
    }),
  ];
}

function tuples(): Sample[] {
  const head = 'Serial Number,Manufacturer,Model';
  return [
    attached('tuples.csv', `${head}\n5CG1234ABC,HP,HP EliteBook 840 G8\n${SERIAL_A},LENOVO,20XW`, {
      devices: [
        { serial: '5CG1234ABC', manufacturer: 'HP', model: 'HP EliteBook 840 G8' },
        { serial: SERIAL_A, manufacturer: 'LENOVO', model: '20XW' },
      ],
    }),
    attached('tuple in odd letters.csv', `${head}\n${SERIAL_A},Lenovo,20XW`, {
      devices: [{ serial: SERIAL_A, manufacturer: 'Lenovo', model: '20XW', confirm: 'case_sensitive_value' }],
      problems: [[2, 'case_sensitive_value']],
    }),
    attached('inner spaces stay.csv', `${head}\n${SERIAL_A},Contoso  Ltd., Pad  9 `, {
      devices: [{ serial: SERIAL_A, manufacturer: 'Contoso  Ltd.', model: 'Pad  9' }],
    }),
    attached('no manufacturer.csv', `${head}\n${SERIAL_A},,20XW`, { problems: [[2, 'missing_manufacturer']] }),
    attached('no model.csv', `${head}\n${SERIAL_A},LENOVO,`, { problems: [[2, 'insufficient_identifiers']] }),
    attached('no serial.csv', `${head}\n,LENOVO,20XW`, { problems: [[2, 'missing_serial']] }),
    attached('serials only.csv', `Serial Number\n${SERIAL_A}\n${SERIAL_B}`, {
      problems: [
        [2, 'insufficient_identifiers'],
        [3, 'insufficient_identifiers'],
      ],
    }),
    attached('PKID missing in one row.csv', `Serial,PKID\n${SERIAL_A},${A}\n${SERIAL_B},`, {
      devices: [{ pkid: A, serial: SERIAL_A }],
      problems: [[3, 'missing_pkid']],
    }),
    attached('firmware placeholder.csv', `${head}\nTo be filled by O.E.M.,LENOVO,20XW`, {
      problems: [[2, 'placeholder_value']],
    }),
    attached('placeholder serial beside a PKID.csv', `Serial,PKID\nDefault string,${A}`, {
      devices: [{ pkid: A }],
      problems: [[2, 'placeholder_value']],
    }),
    attached(
      'tuples in Partner Center order without headings.csv',
      `${SERIAL_A},,,LENOVO,20XW\n${SERIAL_B},,,LENOVO,20XX`,
      {
        devices: [
          { serial: SERIAL_A, manufacturer: 'LENOVO', model: '20XW' },
          { serial: SERIAL_B, manufacturer: 'LENOVO', model: '20XX' },
        ],
      },
    ),
    attached('tuples in another order without headings.csv', `LENOVO,${SERIAL_A},20XW\nLENOVO,${SERIAL_B},20XW`, {
      devices: [
        { serial: SERIAL_A, manufacturer: 'LENOVO', model: '20XW', confirm: 'ambiguous_candidate' },
        { serial: SERIAL_B, manufacturer: 'LENOVO', model: '20XW', confirm: 'ambiguous_candidate' },
      ],
      problems: [
        [1, 'ambiguous_candidate'],
        [2, 'ambiguous_candidate'],
      ],
    }),
  ];
}

function damage(): Sample[] {
  return [
    attached('shortened by Excel.csv', `Serial,PKID\n${SERIAL_A},3.30512E+12\n${SERIAL_B},${B}`, {
      devices: [{ pkid: B, serial: SERIAL_B }],
      problems: [[2, 'scientific_notation_lossy']],
    }),
    attached('rounded by Excel.csv', `Serial,PKID\n${SERIAL_A},3305120000000`, {
      devices: [{ pkid: '3305120000000', serial: SERIAL_A, confirm: 'suspicious_value' }],
      problems: [[2, 'suspicious_value']],
    }),
    attached('leading zero lost.csv', `Serial,PKID\n${SERIAL_A},330512345678`, { problems: [[2, 'wrong_length']] }),
    attached('stray quote.csv', `Serial,PKID\n"${SERIAL_A},${A}\n${SERIAL_B},${B}`, {
      devices: [
        { pkid: A, serial: `"${SERIAL_A}`, confirm: 'malformed_row' },
        { pkid: B, serial: SERIAL_B },
      ],
      problems: [[2, 'malformed_row']],
    }),
    attached('comma in a name.csv', `Serial,Model,PKID\n${SERIAL_A},ThinkPad, 14,${A}\n${SERIAL_B},ThinkPad,${B}`, {
      devices: [{ pkid: B, serial: SERIAL_B, model: 'ThinkPad' }],
      problems: [[2, 'wrong_length']],
    }),
    attached('too many cells.csv', `Serial,PKID,Model\n${SERIAL_A},${A},ThinkPad, 14`, {
      devices: [{ pkid: A, serial: SERIAL_A, model: 'ThinkPad', confirm: 'malformed_row' }],
      problems: [[2, 'malformed_row']],
    }),
    attached('words for PKIDs.csv', `Serial,PKID\n${SERIAL_A},see label\n${SERIAL_B},${B}`, {
      devices: [{ pkid: B, serial: SERIAL_B }],
      problems: [[2, 'not_a_pkid']],
    }),
    attached('duplicates.csv', `Serial,PKID\n${SERIAL_A},${A}\n${SERIAL_A},${A}`, {
      devices: [{ pkid: A, serial: SERIAL_A }],
      problems: [[3, 'duplicate_in_list']],
    }),
    attached('binary.csv', Buffer.from(Array.from({ length: 2_000 }, (_, at) => (at * 73) % 256)), {
      problems: [[0, 'unsupported_type']],
    }),
    attached('program.csv', Buffer.concat([Buffer.from('MZ\x90\0', 'latin1'), Buffer.alloc(500)]), {
      problems: [[0, 'unsupported_type']],
    }),
    attached('letter.rtf', '{\\rtf1 3305123456789}', { problems: [[0, 'unsupported_type']] }),
  ];
}

function hashes(): Sample[] {
  const head = 'Device Serial Number,Windows Product ID,Hardware Hash';
  const hash = makeHash({ serial: SERIAL_A });
  const other = makeHash({ serial: 'PF9ZZZ9' });
  const wrong = makeHash({ serial: SERIAL_A, checksum: 'wrong' });
  return [
    attached('hashes.csv', `${head}\n${SERIAL_A},,${hash}`, { devices: [{ serial: SERIAL_A, hash }] }),
    attached(
      'hash without padding.csv',
      `${head}\n${SERIAL_A},,${makeHash({ serial: SERIAL_A, bytes: 2_999, padded: false })}`,
      { devices: [{ serial: SERIAL_A, hash: makeHash({ serial: SERIAL_A, bytes: 2_999 }) }] },
    ),
    attached('hash without checksum.csv', `${head}\n${SERIAL_A},,${makeHash({ serial: SERIAL_A, checksum: 'none' })}`, {
      devices: [{ serial: SERIAL_A, hash: makeHash({ serial: SERIAL_A, checksum: 'none' }) }],
    }),
    attached('hash of another device.csv', `${head}\n${SERIAL_A},,${other}`, {
      devices: [{ serial: SERIAL_A, hash: other, confirm: 'hash_mismatch' }],
      problems: [[2, 'hash_mismatch']],
    }),
    attached('hash with another PKID.csv', `${head}\n,${A},${makeHash({ pkid: B })}`, {
      devices: [{ pkid: A, hash: makeHash({ pkid: B }), confirm: 'hash_mismatch' }],
      problems: [[2, 'hash_mismatch']],
    }),
    attached('hash with a failing checksum.csv', `${head}\n${SERIAL_A},,${wrong}`, {
      devices: [{ serial: SERIAL_A, hash: wrong, confirm: 'hash_invalid' }],
      problems: [[2, 'hash_invalid']],
    }),
    attached('hash cut off.csv', `${head}\n${SERIAL_A},,${hash.slice(0, 120)}`, { problems: [[2, 'hash_truncated']] }),
    attached('hash cut off beside a PKID.csv', `${head}\n${SERIAL_A},${A},${hash.slice(0, 120)}`, {
      devices: [{ serial: SERIAL_A, pkid: A, confirm: 'hash_truncated' }],
      problems: [[2, 'hash_truncated']],
    }),
    attached('not a hash.csv', `${head}\n${SERIAL_A},,hello world`, { problems: [[2, 'hash_invalid']] }),
  ];
}
