import { deflateSync } from 'node:zlib';

/** A text at a place on the page, in points from the lower left corner. */
export type PdfText = Readonly<{ text: string; x: number; y: number }>;
export type PdfOptions = Readonly<{
  rotate?: 90 | 180 | 270;
  font?: 'Helvetica' | 'Courier';
  encrypted?: boolean;
  jpeg?: Readonly<{ bytes: Uint8Array; width: number; height: number }>;
}>;

/** Writes a PDF with text in Helvetica or Courier at the given places, one list of texts per page. */
export function makePdf(
  pages: readonly (readonly PdfText[])[],
  { rotate, encrypted = false, jpeg, font = 'Helvetica' }: PdfOptions = {},
): Uint8Array {
  const objects: Buffer[] = [];
  const add = (body: string | Buffer): number =>
    objects.push(typeof body === 'string' ? Buffer.from(body, 'latin1') : body);
  add('<< /Type /Catalog /Pages 2 0 R >>');
  add('');
  add(`<< /Type /Font /Subtype /Type1 /BaseFont /${font} /Encoding /WinAnsiEncoding >>`);
  const image =
    jpeg &&
    add(
      stream(
        `/Type /XObject /Subtype /Image /Width ${jpeg.width} /Height ${jpeg.height} /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode`,
        Buffer.from(jpeg.bytes),
      ),
    );
  const kids = pages.map((texts) => {
    const drawn = image
      ? 'q 500 0 0 375 40 200 cm /I1 Do Q'
      : texts.map(({ text, x, y }) => `BT /F1 10 Tf ${x} ${y} Td (${escaped(text)}) Tj ET`).join('\n');
    const content = add(stream('/Filter /FlateDecode', deflateSync(Buffer.from(drawn, 'latin1'))));
    return add(
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842]${rotate ? ` /Rotate ${rotate}` : ''} /Contents ${content} 0 R /Resources << /Font << /F1 3 0 R >>${image ? ` /XObject << /I1 ${image} 0 R >>` : ''} >> >>`,
    );
  });
  objects[1] = Buffer.from(
    `<< /Type /Pages /Kids [${kids.map((kid) => `${kid} 0 R`).join(' ')}] /Count ${kids.length} >>`,
  );
  return assembled(objects, encrypted);
}

function stream(dictionary: string, data: Buffer): Buffer {
  return Buffer.concat([
    Buffer.from(`<< ${dictionary} /Length ${data.length} >>\nstream\n`),
    data,
    Buffer.from('\nendstream'),
  ]);
}

function assembled(objects: readonly Buffer[], encrypted: boolean): Uint8Array {
  const parts: Buffer[] = [Buffer.from('%PDF-1.4\n')];
  const offsets: number[] = [];
  let at = parts[0]?.length ?? 0;
  objects.forEach((body, index) => {
    offsets.push(at);
    const part = Buffer.concat([Buffer.from(`${index + 1} 0 obj\n`), body, Buffer.from('\nendobj\n')]);
    parts.push(part);
    at += part.length;
  });
  const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const key = '0'.repeat(64);
  const lock = encrypted
    ? ` /Encrypt << /Filter /Standard /V 2 /R 3 /Length 128 /P -4 /O <${key}> /U <${'1'.repeat(64)}> >> /ID [<${key.slice(0, 32)}> <${key.slice(0, 32)}>]`
    : '';
  parts.push(
    Buffer.from(
      `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${rows}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R${lock} >>\nstartxref\n${at}\n%%EOF\n`,
    ),
  );
  return Buffer.concat(parts);
}

function escaped(text: string): string {
  return text.replace(/([\\()])/g, '\\$1');
}
