import { withoutInvisible } from '../characters.ts';
import type { IntakeLimits } from '../limits.ts';
import type { ListBuilder } from '../list-builder.ts';
import { createTableReader } from '../table/table-reader.ts';
import { eachRow } from './delimited.ts';
import { guessShape } from './dialect.ts';
import { createProseReader } from './prose-reader.ts';

const DAMAGED = { damaged: true };

/** Reads a text, pasted or from a file, whatever its shape. Line numbers are those of the text. */
export function readText(text: string, list: ListBuilder, limits: IntakeLimits) {
  const shape = guessShape(text);
  if (shape.kind === 'prose') return readProse(text, list, limits);
  const table = createTableReader(list, limits);
  eachRow(text, shape.dialect, (cells, line, damaged) => {
    if (line === 1 && isSeparatorNote(cells, shape.dialect.delimiter)) return true;
    return damaged ? table.row(cells, line, DAMAGED) : table.row(cells, line);
  });
  table.end();
}

function isSeparatorNote(cells: readonly string[], delimiter = ''): boolean {
  return /^\ufeff?"?sep=/i.test(cells.join(delimiter));
}

function readProse(text: string, list: ListBuilder, limits: IntakeLimits): void {
  const reader = createProseReader(list);
  let row = 0;
  for (const line of text.split(/\r\n|[\n\r\v\f\u0085\u2028\u2029]/)) {
    if (++row > limits.rows) {
      list.problem(row, 'too_large', { what: 'rows', limit: limits.rows });
      break;
    }
    if (line.length > limits.cellChars * 8)
      list.problem(row, 'too_large', { what: 'line', limit: limits.cellChars * 8 });
    else reader.line(withoutInvisible(line), row);
  }
  reader.end();
}
