import { strToU8, zipSync } from 'fflate';
import sharp from 'sharp';
import { photograph } from '../make/label.ts';
import { makePdf, type PdfText } from '../make/pdf.ts';
import { makeXlsx } from '../make/workbook.ts';
import { attached, type Expected, type Sample } from './sample.ts';

const A = '3305123456789';
const B = '3305987654321';
const pair: Expected[] = [
  { pkid: A, serial: 'PF3AAA1' },
  { pkid: B, serial: 'PF3AAA2' },
];
const CSV = strToU8(`Serial,PKID\nPF3AAA1,${A}`);
const OTHER = strToU8(`Serial;PKID\nPF3AAA2;${B}`);

/** PDF delivery notes and archives. */
export async function documents(): Promise<Sample[]> {
  return [...pdfs(), ...(await scans()), ...archives()];
}

const COLUMNS = [40, 160, 320] as const;

function grid(rows: readonly (readonly string[])[], from = 760): PdfText[] {
  return rows.flatMap((cells, row) =>
    cells.flatMap((text, column) => (text === '' ? [] : [{ text, x: COLUMNS[column] ?? 40, y: from - row * 18 }])),
  );
}

function pdfs(): Sample[] {
  const table = [
    ['Serial Number', 'Model', 'PKID'],
    ['PF3AAA1', 'ThinkPad', A],
    ['PF3AAA2', 'ThinkPad', B],
  ];
  const devices = pair.map((device) => ({ ...device, model: 'ThinkPad' }));
  const gaps = [
    ['Serial Number', 'Model', 'PKID'],
    ['PF3AAA1', '', A],
    ['', 'ThinkPad', B],
  ];
  const byColumn = [0, 1, 2].flatMap((column) => grid(table).filter(({ x }) => x === COLUMNS[column]));
  const letters = grid(table).flatMap(({ text, x, y }) =>
    [...text].map((char, index) => ({ text: char, x: x + index * 6, y })),
  );
  return [
    attached('table.pdf', makePdf([grid(table)]), { devices }),
    attached('table column by column.pdf', makePdf([byColumn]), { devices }),
    attached('table letter by letter.pdf', makePdf([letters], { font: 'Courier' }), {
      devices,
    }),
    attached('table with gaps.pdf', makePdf([grid(gaps)]), {
      devices: [
        { pkid: A, serial: 'PF3AAA1' },
        { pkid: B, model: 'ThinkPad' },
      ],
    }),
    attached('two pages.pdf', makePdf([grid(table.slice(0, 2)), grid([table[0] ?? [], table[2] ?? []])]), { devices }),
    attached('rotated page.pdf', makePdf([grid(table)], { rotate: 90 }), { devices }),
    attached('letter.pdf', makePdf([grid([['Delivery note 4711'], [`PKID: ${A}`], [`PKID: ${B}`]])]), {
      devices: [{ pkid: A }, { pkid: B }],
    }),
    attached('with a password.pdf', makePdf([grid(table)], { encrypted: true }), { problems: [[0, 'encrypted']] }),
    attached('cut off.pdf', '%PDF-1.4\n1 0 obj', { problems: [[0, 'unreadable']] }),
    attached('empty page.pdf', makePdf([[]]), { problems: [[0, 'no_text_layer']] }),
  ];
}

async function scans(): Promise<Sample[]> {
  const labels = [
    [
      { bcid: 'code128', text: 'PF3AAA1' },
      { bcid: 'code128', text: A },
    ],
  ] as const;
  const bytes = await photograph(labels, { width: 1_000, height: 750 });
  const { width, height } = await sharp(bytes).metadata();
  return [attached('scan.pdf', makePdf([[]], { jpeg: { bytes, width, height } }), { devices: pair.slice(0, 1) })];
}

function archives(): Sample[] {
  const workbook = makeXlsx([
    {
      name: 'S',
      rows: [
        ['Serial', 'PKID'],
        ['PF3AAA2', B],
      ],
    },
  ]);
  return [
    attached('one.zip', zipSync({ 'a.csv': CSV }), { devices: pair.slice(0, 1) }),
    attached('two.zip', zipSync({ 'a.csv': CSV, 'folder/b.csv': OTHER }), { devices: pair }),
    attached('mixed.zip', zipSync({ 'a.csv': CSV, 'b.xlsx': workbook }), { devices: pair }),
    attached('the same twice.zip', zipSync({ 'a.csv': CSV, 'b.csv': CSV }), {
      devices: pair.slice(0, 1),
      problems: [[2, 'duplicate_in_list']],
    }),
    attached(
      'with a Mac’s extras.zip',
      zipSync({ 'a.csv': CSV, '__MACOSX/._a.csv': strToU8('\0\0junk'), '.DS_Store': strToU8('\0') }),
      { devices: pair.slice(0, 1) },
    ),
    attached('with a readme.zip', zipSync({ 'a.csv': CSV, 'readme.txt': strToU8('Hello there') }), {
      devices: pair.slice(0, 1),
      problems: [[0, 'no_devices_found']],
    }),
    attached('within another.zip', zipSync({ 'a.csv': CSV, 'more.zip': zipSync({ 'b.csv': OTHER }) }), {
      devices: pair.slice(0, 1),
      problems: [[0, 'nested_archive']],
    }),
    attached('with a program.zip', zipSync({ 'a.csv': CSV, 'setup.exe': Uint8Array.of(0x4d, 0x5a, 0x90, 0) }), {
      devices: pair.slice(0, 1),
      problems: [[0, 'unsupported_type']],
    }),
    attached('ZIP named pdf.pdf', zipSync({ 'a.csv': CSV }), { devices: pair.slice(0, 1) }),
    attached(
      'letter.docx',
      zipSync({ '[Content_Types].xml': strToU8('<Types/>'), 'word/document.xml': strToU8('<w/>') }),
      { problems: [[0, 'unsupported_type']] },
    ),
    attached('cut off.zip', zipSync({ 'a.csv': CSV }).slice(0, 60), { problems: [[0, 'unreadable']] }),
    attached('list.gz', Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0), { problems: [[0, 'unsupported_type']] }),
  ];
}
