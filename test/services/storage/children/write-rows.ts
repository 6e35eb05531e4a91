import fs from 'node:fs';
import { openEmbeddedDatabase } from '../../../../services/storage/embedded-database.ts';

/**
 * Writes rows 1, 2, 3 … into the embedded database and tells its parent of each commit, until it is killed or the disk
 * fails: after so many writes to files, in the way that is named. Ends with 1 when the disk failed.
 */
const [dataDir = '', code = '', writes = '0'] = process.argv.slice(2);
const log = { debug() {}, info() {}, warn() {}, error() {} };

let left = Number(writes);
if (code) {
  const { writeSync } = fs;
  const failing = (...values: unknown[]): number => {
    left -= 1;
    if (left < 0) throw Object.assign(new Error(`${code}: the disk fails`), { code, errno: -NUMBERS[code as 'EIO'] });
    return Reflect.apply(writeSync, fs, values);
  };
  Object.assign(fs, { writeSync: failing });
}
/** @see Linux, errno.h */
const NUMBERS = { EIO: 5, ENOSPC: 28, EROFS: 30 } as const;

const database = await openEmbeddedDatabase({ dataDir, log, onDiskFailure: ends }).catch(ends);
const [last] = await database.query('SELECT coalesce(max(n), 0) AS n FROM thing');
for (let n = Number(last?.n) + 1; ; n++) {
  await database.transaction((tx) => tx.query('INSERT INTO thing VALUES ($1, $2)', [n, 'x'.repeat((n * 37) % 900)]));
  const [at] = await database.query(`SELECT pg_walfile_name(pg_current_wal_lsn()) AS file,
    (pg_walfile_name_offset(pg_current_wal_lsn())).file_offset AS offset`);
  process.send?.({ committed: n, file: at?.file, offset: at?.offset });
}

function ends(failure: Error): never {
  process.send?.({ failed: failure.message });
  process.exit(1);
}
