import { describe, expect, it } from 'vitest';
import { us } from './batch-patterns.ts';
import { compare } from './batches.ts';

describe('requests to Partner Center for one list', () => {
  it.each([
    { devices: 1, workS: 3, requests: 3 },
    { devices: 1, workS: 10, requests: 4 },
    { devices: 1, workS: 60, requests: 7 },
    { devices: 13, workS: 3, requests: 3 },
    { devices: 13, workS: 10, requests: 4 },
    { devices: 13, workS: 60, requests: 7 },
    { devices: 500, workS: 3, requests: 3 },
    { devices: 500, workS: 60, requests: 5 },
  ])(
    'are $requests for $devices devices and $workS s of work, and no peer that tells the truth needs fewer',
    async ({ devices, workS, requests }) => {
      const { ours, best } = await compare(devices, workS);
      expect(ours.requests).toBe(requests);
      expect(ours.requests).toBeLessThanOrEqual(best.requests);
      expect(ours.toldAfterMs).toBeLessThanOrEqual(60_000);
    },
  );

  it('are one more for a name that the rep typed: it may be taken', async () => {
    expect((await us(1, 3_000, 'Order 4711')).requests).toBe((await us(1, 3_000)).requests + 1);
  });
});
