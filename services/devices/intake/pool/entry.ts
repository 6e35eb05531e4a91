/**
 * Where the worker's JavaScript is. Node 20 cannot start a worker from TypeScript, so when this file itself runs as
 * TypeScript (under the test runner) the built worker in `dist/` stands in.
 */
export function workerEntry(): URL {
  const here = import.meta.url;
  if (here.endsWith('.ts')) return new URL('../../../../dist/services/devices/intake/worker.js', here);
  return new URL('../worker.js', here);
}
