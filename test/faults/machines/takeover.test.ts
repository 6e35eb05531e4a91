import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { ownDatabase } from '../kill/own-database.ts';
import { beginWorker } from '../kill/worker-kills.ts';
import { openKillWorld } from '../kill/world.ts';
import { sharedServer } from './server.ts';

/** The promise: what a killed process was working on goes on elsewhere within this time. */
const WITHIN_MS = 30_000;
const url = sharedServer();

describe.runIf(url)('a process on a shared server that is killed at work', () => {
  it(`hands its work to another within ${WITHIN_MS / 1_000} s`, async () => {
    const world = await openKillWorld(await ownDatabase(url ?? ''));
    try {
      const isPost = ({ method, path }: { method: string; path: string }) =>
        method === 'POST' && /DeviceBatches/i.test(path);
      const told: unknown[] = [];
      const first = await beginWorker(world, (message) => told.push(message));
      // The POST arrives and is never answered: the first process hangs in the middle of its job.
      world.faults.add({ method: 'POST', path: '*/DeviceBatches', effect: { kind: 'stall', acts: true } });
      first.send({ register: 'Order 1', pkids: ['4400000000010', '4500000000010'] });
      while (!world.journal.entries().some(isPost)) await sleep(50);
      const second = await beginWorker(world, (message) => told.push(message));
      first.kill('SIGKILL');
      const killedAt = performance.now();
      const before = world.journal.entries().length;
      while (
        !world.journal
          .entries()
          .slice(before)
          .some(({ path }) => /batches/i.test(path))
      )
        await sleep(50);
      const takenUpMs = performance.now() - killedAt;
      expect(takenUpMs).toBeLessThan(WITHIN_MS);
      while (!told.some((one) => JSON.stringify(one).includes('batch.notice-rep'))) await sleep(100);
      expect(Object.values(world.partnerCenter.state().counters.creations)).toEqual([1]);
      second.send({ stop: true });
      await once(second, 'exit');
    } finally {
      await world.close();
    }
  }, 300_000);
});
