import { everyFiveSeconds, type Followed, fourLooks, onePostPerDevice, us } from './batch-patterns.ts';
import type { BenchRow } from './row.ts';

const SECOND_MS = 1_000;
const NORMAL = { devices: 500, workMs: 600 * SECOND_MS };
/** Lengths of Partner Center's work, in seconds, and of lists, in devices. */
const WORK_S = [3, 10, 60, 3_600];
const LISTS = [1, 13, 500, 2_000, 10_000];
/** From here on one POST per device, which takes two requests for each, cannot be the best. */
const MANY = 500;
const PEERS = {
  'CIPP’s pattern': fourLooks,
  'Partner-Center-PowerShell’s pattern': everyFiveSeconds,
  'one POST per device': onePostPerDevice,
};

/** Requests to Partner Center, and how soon the rep knows, beside the patterns of other tools on the same emulator. */
export async function runBatchBench(): Promise<BenchRow[]> {
  const { devices, workMs } = NORMAL;
  const [ours, cipp, steady, single] = [
    await us(devices, workMs),
    await fourLooks(devices, workMs),
    await everyFiveSeconds(devices, workMs),
    await onePostPerDevice(devices, workMs),
  ];
  const what = `requests for ${devices} devices, ${workMs / SECOND_MS} s of work (virtual time)`;
  const against = (peer: string, { requests }: Followed) =>
    row(what, ours.requests, 'requests', { peer, peerValue: requests, goal: '≤ 18' });
  return [
    against('CIPP’s pattern, which then wrongly says "failed"', cipp),
    against('Partner-Center-PowerShell’s pattern', steady),
    against('one POST per device', single),
    ...(await toldAfter(single)),
    ...(await grid()),
  ];
}

/** Ends of work spread over two of the longest pauses, so that they meet the looks at every moment. */
async function toldAfter(single: Followed): Promise<BenchRow[]> {
  const waits: number[] = [];
  for (let second = 0; second < 116; second += 2) {
    const { toldAfterMs } = await us(NORMAL.devices, NORMAL.workMs + second * SECOND_MS);
    waits.push(toldAfterMs ?? Number.POSITIVE_INFINITY);
  }
  const sorted = waits.toSorted((a, b) => a - b);
  const seconds = (index: number) => (sorted[index] ?? Number.NaN) / SECOND_MS;
  const steady = await everyFiveSeconds(NORMAL.devices, NORMAL.workMs);
  const peer = { peer: 'Partner-Center-PowerShell’s pattern', peerValue: (steady.toldAfterMs ?? 0) / SECOND_MS };
  const other = { peer: 'one POST per device', peerValue: (single.toldAfterMs ?? 0) / SECOND_MS };
  return [
    row('told after the end, at worst of 58', seconds(sorted.length - 1), 's', { ...peer, goal: '≤ 60 s' }),
    row('told after the end, median of 58', seconds(sorted.length / 2), 's', { ...other, goal: '≤ 30 s' }),
  ];
}

/** Every cell of the table: the bot beside the best of the patterns that tell the truth in it. */
async function grid(): Promise<BenchRow[]> {
  const rows: BenchRow[] = [];
  for (const devices of LISTS) {
    for (const workS of WORK_S) {
      const { ours, best, name } = await compare(devices, workS);
      const what = `requests for ${devices} devices, ${workS} s of work`;
      const named = { peer: `${name}, the best that tells the truth`, peerValue: best.requests };
      rows.push(row(what, ours.requests, 'requests', { ...named, goal: 'fewer, and never wrong' }));
    }
  }
  return rows;
}

/** One cell. @throws Error when nobody was told of it: the pattern that is ours is never wrong, or the bench ends. */
export async function compare(devices: number, workS: number) {
  const workMs = workS * SECOND_MS;
  const ours = await us(devices, workMs);
  if (ours.toldAfterMs === undefined) throw new Error(`nobody was told of ${devices} devices after ${workS} s`);
  const { 'one POST per device': _, ...withoutSingle } = PEERS;
  const followed = await Promise.all(
    Object.entries(devices >= MANY ? withoutSingle : PEERS).map(async ([name, pattern]) => ({
      name,
      best: await pattern(devices, workMs),
    })),
  );
  const right = followed.filter(({ best }) => best.toldAfterMs !== undefined);
  const [first] = right.toSorted((a, b) => a.best.requests - b.best.requests);
  if (!first) throw new Error('no peer tells the truth');
  return { ours, ...first };
}

function row(what: string, value: number, unit: string, more: Partial<BenchRow>): BenchRow {
  const { peerValue } = more;
  return { group: 'batches', what, value, unit, ...more, ...(peerValue && { ratio: value / peerValue }) };
}
