import { attribute, tags } from './xml.ts';

/** A sheet as the workbook lists it. */
export type SheetEntry = Readonly<{ name: string; relation: string; hidden: boolean }>;

/** Sheets in the order of their tabs. */
export function sheetEntries(workbookXml: string): SheetEntry[] {
  const sheets: SheetEntry[] = [];
  for (const { name, text, closing } of tags(workbookXml)) {
    if (name !== 'sheet' || closing) continue;
    const relation = attribute(text, 'r:id') ?? /:id="([^"]*)"/.exec(text)?.[1];
    const state = attribute(text, 'state');
    if (relation)
      sheets.push({
        name: attribute(text, 'name') ?? '',
        relation,
        hidden: state === 'hidden' || state === 'veryHidden',
      });
  }
  return sheets;
}

/** Where the parts of a workbook are, by the id that names them; relative to the folder of the workbook part. */
export function relationTargets(relationsXml: string): Map<string, string> {
  const targets = new Map<string, string>();
  for (const { name, text, closing } of tags(relationsXml)) {
    const id = attribute(text, 'Id');
    const target = attribute(text, 'Target');
    if (name === 'Relationship' && !closing && id && target && attribute(text, 'TargetMode') !== 'External')
      targets.set(id, target);
  }
  return targets;
}

/**
 * For every cell style, how many digits its number format fills up with zeros (`0000000000000` is 13), or 0. Excel shows
 * such zeros although the stored number lacks them.
 */
export function zeroPadding(stylesXml: string): number[] {
  const formats = new Map<string, number>();
  const widths: number[] = [];
  let inCellFormats = false;
  for (const { name, text, closing } of tags(stylesXml)) {
    if (name === 'numFmt')
      formats.set(attribute(text, 'numFmtId') ?? '', paddedDigits(attribute(text, 'formatCode') ?? ''));
    if (name === 'cellXfs') inCellFormats = !closing;
    if (name === 'xf' && inCellFormats && !closing) widths.push(formats.get(attribute(text, 'numFmtId') ?? '') ?? 0);
  }
  return widths;
}

function paddedDigits(code: string): number {
  const plain = code.split(';')[0]?.replace(/["\\\s'_-]/g, '') ?? '';
  return /^0{2,20}$/.test(plain) ? plain.length : 0;
}
