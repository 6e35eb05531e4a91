import { createServer } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import { pkidOf } from './seed-batches.ts';

/** Says of every upload of `seedOpenBatches` that it is being worked on, at once or after `delayMs`. */
export async function startBusyPartnerCenter({ devices, delayMs = 0 }: { devices: number; delayMs?: number }) {
  let looks = 0;
  const server = createServer(async (request, response) => {
    if (delayMs > 0) await setTimeout(delayMs);
    response.setHeader('content-type', 'application/json');
    const [, number = '0'] = /\/batchJobStatus\/d0{7}-0000-4000-8000-([0-9a-f]{12})$/i.exec(request.url ?? '') ?? [];
    looks += 1;
    const first = Number.parseInt(number, 16) * devices;
    const devicesStatus = Array.from({ length: devices }, (_, n) => ({
      productKey: pkidOf(first + n),
      status: 'queued',
    }));
    response.end(JSON.stringify({ batchTrackingId: number, status: 'processing', devicesStatus }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (typeof address !== 'object' || !address) throw new Error('no address');
  return {
    url: `http://127.0.0.1:${address.port}`,
    looks: () => looks,
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}
