import { readFileSync } from 'node:fs';
import { DEFAULT_LIMITS } from '../../services/devices/intake/limits.ts';
import { createListBuilder } from '../../services/devices/intake/list-builder.ts';
import { eachRow } from '../../services/devices/intake/text/delimited.ts';
import { decodeText } from '../../services/devices/intake/text/encoding.ts';
import { readText } from '../../services/devices/intake/text/read-text.ts';

// Does one thing with a file in a process of its own and prints the most memory it had, in megabytes.
const [what, file = ''] = process.argv.slice(2);
const bytes = readFileSync(file);
let count = bytes.length;
if (what === 'cut') {
  eachRow(decodeText(bytes), { delimiter: ',' }, (cells) => {
    count += cells.length;
    return true;
  });
}
if (what === 'product') {
  const list = createListBuilder(DEFAULT_LIMITS);
  readText(decodeText(bytes), list, DEFAULT_LIMITS);
  count += list.build().devices.length;
}
if (count === 0) throw new Error('nothing read');
process.stdout.write(String(Math.round(process.resourceUsage().maxRSS / 1024)));
