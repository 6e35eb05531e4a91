import { lockDataDir } from '../../../../services/storage/data-dir-lock.ts';

/** Takes the folder it is given, or tells why not, and stays until it is killed. */
const log = { debug() {}, info() {}, warn() {}, error() {} };
try {
  await lockDataDir(process.argv[2] ?? '', log);
  process.send?.('locked');
} catch (error) {
  process.send?.(error instanceof Error ? error.name : 'failed');
}
setInterval(() => {}, 1_000);
