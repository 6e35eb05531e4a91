import { extractImages, getDocumentProxy } from 'unpdf';
import type { IntakeLimits } from '../limits.ts';
import type { ListBuilder } from '../list-builder.ts';
import { readHeadings } from '../table/columns.ts';
import { createTableReader, type TableReader } from '../table/table-reader.ts';
import { createProseReader } from '../text/prose-reader.ts';
import { type PlacedLine, type PlacedText, placedLines, underHeadings } from './lines.ts';

type Document = Awaited<ReturnType<typeof getDocumentProxy>>;

/**
 * Reads a PDF with a text layer; one that only holds pictures is read as photos are. Rows are lines, counted over all
 * pages. The library runs without scripts, fonts or anything from outside the file.
 */
export async function readPdf(
  bytes: Uint8Array,
  source: string,
  list: ListBuilder,
  limits: IntakeLimits,
): Promise<void> {
  const document = await opened(bytes, list);
  if (!document) return;
  if (document.numPages > limits.pdfPages) {
    list.problem(0, 'too_large', { what: 'pages', found: document.numPages, limit: limits.pdfPages });
    return;
  }
  const hasText = await readPages(document, list, limits);
  if (!hasText) await readScans(document, source, list, limits);
}

async function opened(bytes: Uint8Array, list: ListBuilder): Promise<Document | undefined> {
  try {
    // The library takes its input over and empties it, hence the copy.
    return await getDocumentProxy(Uint8Array.from(bytes), {
      disableFontFace: true,
      stopAtErrors: false,
      verbosity: 0,
    });
  } catch (error) {
    list.problem(0, error instanceof Error && error.name === 'PasswordException' ? 'encrypted' : 'unreadable');
    return undefined;
  }
}

async function readPages(document: Document, list: ListBuilder, limits: IntakeLimits): Promise<boolean> {
  const reader = createPdfReader(list, limits);
  let hasText = false;
  for (let number = 1; number <= document.numPages; number++) {
    const page = await document.getPage(number);
    const { items } = await page.getTextContent();
    const lines = placedLines(items.flatMap(placed));
    hasText ||= lines.length > 0;
    for (const line of lines) reader.line(line);
    page.cleanup();
  }
  reader.end();
  return hasText;
}

/** One piece with its position; rotated pages come with the rotation in the matrix. */
function placed(item: unknown): PlacedText[] {
  if (typeof item !== 'object' || item === null || !('str' in item) || !('transform' in item)) return [];
  const { str, transform, width, height } = item as { str: string; transform: number[]; width: number; height: number };
  const [a = 1, b = 0, , , e = 0, f = 0] = transform;
  const upright = Math.abs(a) >= Math.abs(b);
  const size = height || Math.hypot(a, b) || 10;
  if (upright) return [{ text: str, x: e, y: f, width, height: size }];
  return [{ text: str, x: b > 0 ? f : -f, y: b > 0 ? -e : e, width, height: size }];
}

/** Reads lines as a table from its headings on, and as running text elsewhere. */
function createPdfReader(list: ListBuilder, limits: IntakeLimits) {
  const prose = createProseReader(list);
  let headings: PlacedLine | undefined;
  let table: TableReader | undefined;
  let row = 0;
  return {
    line(line: PlacedLine): void {
      row++;
      const cells = line.map(({ text }) => text.trim());
      if (line.length > 1 && readHeadings(cells)) {
        table?.end();
        prose.pause();
        headings = line;
        table = createTableReader(list, limits);
        table.row(cells, row);
      } else if (table && headings && line.length > 1) table.row(underHeadings(line, headings), row);
      else prose.line(cells.join('\t'), row);
    },
    end(): void {
      table?.end();
      prose.end();
    },
  };
}

/** Pages of a scan that are looked at: each costs as much as a photo. */
const SCANNED_PAGES = 10;

async function readScans(document: Document, source: string, list: ListBuilder, limits: IntakeLimits): Promise<void> {
  const before = list.deviceCount;
  const { readPixels } = await import('../picture/read-picture.ts');
  for (let number = 1; number <= Math.min(document.numPages, SCANNED_PAGES); number++) {
    list.from(document.numPages > 1 ? `${source}, ${number}` : source);
    for (const image of await extractImages(document, number)) {
      if (image.width < 200 || image.height < 100 || image.width * image.height > limits.pixels) continue;
      await readPixels(
        { data: image.data, width: image.width, height: image.height, channels: image.channels },
        list,
        limits,
      );
    }
  }
  list.from(source);
  if (list.deviceCount === before || document.numPages > SCANNED_PAGES) list.problem(0, 'no_text_layer');
}
