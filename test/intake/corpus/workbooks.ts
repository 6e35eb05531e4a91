import { writeOds } from 'hucre';
import { type CellSpec, makeXlsx, THIRTEEN_DIGITS } from '../make/workbook.ts';
import { makeEncryptedOffice, makeXls } from '../make/xls.ts';
import { attached, type Expected, type Sample } from './sample.ts';

const A = '3305123456789';
const B = '3305987654321';
const pair: Expected[] = [
  { pkid: A, serial: 'PF3AAA1' },
  { pkid: B, serial: 'PF3AAA2' },
];
const HEAD = ['Serial Number', 'PKID'];

/** Workbooks of Excel and others. */
export async function workbooks(): Promise<Sample[]> {
  return [...xlsx(), ...cells(), ...hidden(), ...legacy(), ...(await openDocument()), ...htmlNamedXls()];
}

function oneSheet(...rows: (readonly CellSpec[])[]): Uint8Array {
  return makeXlsx([{ name: 'Sheet1', rows }]);
}

function xlsx(): Sample[] {
  const rows = [HEAD, ['PF3AAA1', A], ['PF3AAA2', B]];
  const outcome = { devices: pair.map((device, index) => ({ ...device, row: index + 2 })) };
  return [
    attached('texts.xlsx', oneSheet(...rows), outcome),
    attached('prefixed.xlsx', makeXlsx([{ name: 'Sheet1', rows }], { prefix: 'x' }), outcome),
    attached('no references.xlsx', makeXlsx([{ name: 'Sheet1', rows }], { withoutRefs: true }), outcome),
    attached('XLSX named csv.csv', oneSheet(...rows), outcome),
    attached('no headings.xlsx', oneSheet(['PF3AAA1', A], ['PF3AAA2', B]), { devices: pair }),
    attached('address above.xlsx', oneSheet(['Contoso'], [null, 'Delivery note'], ...rows), { devices: pair }),
    attached(
      'two sheets.xlsx',
      makeXlsx([
        { name: 'One', rows: [HEAD, ['PF3AAA1', A]] },
        { name: 'Two', rows: [HEAD, ['PF3AAA2', B]] },
      ]),
      { devices: pair },
    ),
    attached(
      'the same on two sheets.xlsx',
      makeXlsx([
        { name: 'One', rows: [HEAD, ['PF3AAA1', A]] },
        { name: 'Two', rows: [HEAD, ['PF3AAA1', A]] },
      ]),
      {
        devices: [{ pkid: A, serial: 'PF3AAA1' }],
        problems: [[2, 'duplicate_in_list']],
      },
    ),
    attached(
      'Partner Center columns.xlsx',
      oneSheet(
        ['Device Serial Number', 'Windows Product ID', 'Hardware Hash', 'Manufacturer name', 'Device model'],
        ['PF3AAA1', A, null, null, null],
        ['PF3AAA2', null, null, 'LENOVO', '20XW'],
      ),
      {
        devices: [
          { pkid: A, serial: 'PF3AAA1' },
          { serial: 'PF3AAA2', manufacturer: 'LENOVO', model: '20XW' },
        ],
      },
    ),
    attached('empty.xlsx', oneSheet(), { problems: [[0, 'no_devices_found']] }),
    attached(
      'binary workbook.xlsb',
      makeXlsx([{ name: 'S', rows }], { extra: { 'xl/workbook.bin': Uint8Array.of(1) } }),
      outcome,
    ),
  ];
}

function cells(): Sample[] {
  const read = (cell: CellSpec) => oneSheet(HEAD, ['PF3AAA1', cell]);
  const clean = { devices: [{ pkid: A, serial: 'PF3AAA1' }] };
  return [
    attached('number cells.xlsx', read({ number: A }), clean),
    attached('numbers as Java writes them.xlsx', read({ number: '3.305123456789E12' }), clean),
    attached('number ending in zero as Java writes it.xlsx', read({ number: '3.30512345678E12' }), {
      devices: [{ pkid: '3305123456780', serial: 'PF3AAA1' }],
    }),
    attached('rounded number.xlsx', read({ number: '3.30512E+12' }), { problems: [[2, 'scientific_notation_lossy']] }),
    attached('rounded number, all digits.xlsx', read({ number: '3305120000000' }), {
      devices: [{ pkid: '3305120000000', serial: 'PF3AAA1', confirm: 'suspicious_value' }],
      problems: [[2, 'suspicious_value']],
    }),
    attached('leading zero by format.xlsx', read({ number: '330512345678', style: THIRTEEN_DIGITS }), {
      devices: [{ pkid: '0330512345678', serial: 'PF3AAA1', confirm: 'leading_zero_restored' }],
      problems: [[2, 'leading_zero_restored']],
    }),
    attached('leading zero lost.xlsx', read({ number: '330512345678' }), { problems: [[2, 'wrong_length']] }),
    attached('format without need.xlsx', read({ number: A, style: THIRTEEN_DIGITS }), clean),
    attached('formula.xlsx', read({ formula: 'CONCAT(B9,B10)', value: A }), clean),
    attached('formula without value.xlsx', read({ formula: 'CONCAT(B9,B10)' }), {
      problems: [[2, 'formula_without_value']],
    }),
    attached('error.xlsx', read({ error: '#N/A' }), { problems: [[2, 'cell_error']] }),
    attached('inline text.xlsx', read({ inline: A }), clean),
    attached('rich text.xlsx', read({ rich: [A.slice(0, 5), A.slice(5)] }), clean),
    attached('phonetic guide.xlsx', read({ rich: [A], phonetic: 'ニ' }), clean),
    attached('no-break space.xlsx', read(`\u00a0${A}\u00a0`), clean),
    attached('entity in a name.xlsx', oneSheet(['Serial', 'Manufacturer', 'Model'], ['PF3AAA1', 'A & B', '<9>"x"']), {
      devices: [{ serial: 'PF3AAA1', manufacturer: 'A & B', model: '<9>"x"' }],
    }),
  ];
}

function hidden(): Sample[] {
  const rows = [HEAD, ['PF3AAA1', A], ['PF3AAA2', B]];
  return [
    attached(
      'hidden column of PKIDs.xlsx',
      makeXlsx([{ name: 'S', rows, head: '<cols><col min="2" max="3" width="9" hidden="1"/></cols>' }]),
      {
        devices: [
          { pkid: A, serial: 'PF3AAA1', confirm: 'hidden_data' },
          { pkid: B, serial: 'PF3AAA2', confirm: 'hidden_data' },
        ],
        problems: [
          [0, 'hidden_data'],
          [2, 'hidden_data'],
          [3, 'hidden_data'],
        ],
      },
    ),
    attached(
      'hidden column of serial numbers.xlsx',
      makeXlsx([{ name: 'S', rows, head: '<cols><col min="1" max="1" width="0"/></cols>' }]),
      {
        devices: [
          { pkid: A, serial: 'PF3AAA1' },
          { pkid: B, serial: 'PF3AAA2' },
        ],
        problems: [[0, 'hidden_data']],
      },
    ),
    attached(
      'hidden column beside the list.xlsx',
      makeXlsx([{ name: 'S', rows, head: '<cols><col min="9" max="16384" hidden="1"/></cols>' }]),
      {
        devices: [
          { pkid: A, serial: 'PF3AAA1' },
          { pkid: B, serial: 'PF3AAA2' },
        ],
      },
    ),
    attached('hidden row.xlsx', makeXlsx([{ name: 'S', rows, hiddenRows: [3] }]), {
      devices: [
        { pkid: A, serial: 'PF3AAA1' },
        { pkid: B, serial: 'PF3AAA2', confirm: 'hidden_data' },
      ],
      problems: [[3, 'hidden_data']],
    }),
    attached(
      'hidden sheet.xlsx',
      makeXlsx([
        { name: 'S', rows: rows.slice(0, 2) },
        { name: 'Old', rows: [HEAD, ['PF3AAA2', B]], state: 'hidden' },
      ]),
      {
        devices: [
          { pkid: A, serial: 'PF3AAA1' },
          { pkid: B, serial: 'PF3AAA2', confirm: 'hidden_data' },
        ],
        problems: [
          [0, 'hidden_data'],
          [2, 'hidden_data'],
        ],
      },
    ),
    attached(
      'very hidden sheet.xlsx',
      makeXlsx([
        { name: 'S', rows: rows.slice(0, 2) },
        { name: 'Lists', rows: [['yes'], ['no']], state: 'veryHidden' },
      ]),
      { devices: [{ pkid: A, serial: 'PF3AAA1' }] },
    ),
  ];
}

function legacy(): Sample[] {
  return [
    attached('texts.xls', makeXls([HEAD, ['PF3AAA1', A], ['PF3AAA2', B]]), { devices: pair }),
    attached('numbers.xls', makeXls([HEAD, ['PF3AAA1', Number(A)], ['PF3AAA2', Number(B)]]), { devices: pair }),
    attached('XLS named xlsx.xlsx', makeXls([HEAD, ['PF3AAA1', A]]), { devices: pair.slice(0, 1) }),
    attached('with a password.xlsx', makeEncryptedOffice(), { problems: [[0, 'encrypted']] }),
    attached('cut off.xls', makeXls([HEAD]).slice(0, 700), { problems: [[0, 'unsupported_type']] }),
  ];
}

async function openDocument(): Promise<Sample[]> {
  const texts = await writeOds({ sheets: [{ name: 'S', rows: [HEAD, ['PF3AAA1', A], ['PF3AAA2', B]] }] });
  const numbers = await writeOds({
    sheets: [{ name: 'S', rows: [HEAD, ['PF3AAA1', Number(A)], ['PF3AAA2', Number(B)]] }],
  });
  const two = await writeOds({
    sheets: [
      { name: 'S', rows: [HEAD, ['PF3AAA1', A]] },
      { name: 'T', rows: [HEAD, ['PF3AAA2', B]] },
    ],
  });
  return [
    attached('texts.ods', new Uint8Array(texts), { devices: pair }),
    attached('numbers.ods', new Uint8Array(numbers), { devices: pair }),
    attached('two sheets.ods', new Uint8Array(two), { devices: pair }),
  ];
}

function htmlNamedXls(): Sample[] {
  const table = `<table border=1><tr><th>Seriennummer<th>PKID<tr><td>PF3AAA1<td>${A}<tr><td>PF3AAA2<td>${B}</table>`;
  return [
    attached(
      'export.xls',
      `<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta charset="utf-8"></head><body>${table}</body></html>`,
      { devices: pair },
    ),
    attached('export, no head.xls', table, { devices: pair }),
    attached(
      'export, utf-16.xls',
      Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(`<html><body>${table}</body></html>`, 'utf16le')]),
      { devices: pair },
    ),
    attached(
      'sign-in page.csv',
      '<!DOCTYPE html><html><head><title>Sign in</title></head><body><p>Sign in to your account</p></body></html>',
      { problems: [[0, 'no_devices_found']] },
    ),
  ];
}
