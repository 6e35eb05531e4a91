import { readFileSync } from 'node:fs';
import { createListReader } from '../../services/devices/intake/index.ts';
import { eachRow } from '../../services/devices/intake/text/delimited.ts';
import { decodeText } from '../../services/devices/intake/text/encoding.ts';
import { WIDE_OPEN } from './intake-lists.ts';

// Does one thing with a file in a process of its own and prints the most memory that process had, worker threads
// included, in megabytes.
const [what, file = ''] = process.argv.slice(2);
const bytes = readFileSync(file);
let count = bytes.length;
if (what === 'cut') {
  eachRow(decodeText(bytes), { delimiter: ',' }, (cells) => {
    count += cells.length;
    return true;
  });
}
if (what?.startsWith('read')) {
  const limits = what === 'read' ? { fileBytes: WIDE_OPEN.fileBytes, heldBytes: WIDE_OPEN.heldBytes } : WIDE_OPEN;
  const reader = createListReader({ limits });
  const { devices } = await reader.read({ kind: 'file', source: 'list.csv', bytes });
  if (devices.length === 0) throw new Error('no devices read');
  count += devices.length;
  await reader.close();
}
if (count === 0) throw new Error('nothing read');
process.stdout.write(String(Math.round(process.resourceUsage().maxRSS / 1024)));
