import { BEHAVIOURS } from '../faults/behaviours.ts';
import { createLocalPartnerCenter, type LocalPartnerCenter } from '../faults/local-partner-center.ts';
import { registrationOf } from '../faults/scenarios.ts';
import type { BenchRow } from './row.ts';

const SECOND_MS = 1_000;
const NORMAL = { devices: 500, workMs: 600 * SECOND_MS };
/** Lengths of Partner Center's work, in seconds, and of lists, in devices. */
const WORK_S = [3, 10, 60, 3_600];
const LISTS = [1, 13, 500, 2_000];

/** What a pattern cost, and what came of it. `toldAfterMs` is absent where nobody is told the truth. */
type Followed = Readonly<{ requests: number; toldAfterMs?: number }>;
type Pattern = (devices: number, workMs: number) => Promise<Followed>;

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

async function grid(): Promise<BenchRow[]> {
  const rows: BenchRow[] = [];
  for (const devices of LISTS) {
    for (const workS of WORK_S) {
      const ours = await us(devices, workS * SECOND_MS);
      const peer = await everyFiveSeconds(devices, workS * SECOND_MS);
      if (ours.toldAfterMs === undefined) throw new Error(`nobody was told of ${devices} devices after ${workS} s`);
      const what = `requests for ${devices} devices, ${workS} s of work`;
      const named = { peer: 'Partner-Center-PowerShell’s pattern', peerValue: peer.requests };
      rows.push(row(what, ours.requests, 'requests', named));
    }
  }
  return rows;
}

function row(what: string, value: number, unit: string, more: Partial<BenchRow>): BenchRow {
  const { peerValue } = more;
  return { group: 'batches', what, value, unit, ...more, ...(peerValue && { ratio: value / peerValue }) };
}

/** The bot itself, from the first word of the rep to the last card. */
const us: Pattern = async (devices, workMs) => {
  const behaviour = { ...BEHAVIOURS['as documented'], ...timing(workMs) };
  const { world, broken, toldAfterMs } = await registrationOf(devices)({ seed: 1, behaviour });
  if (broken.length > 0) throw new Error(broken.join('; '));
  return { requests: world.partnerCenter.calls.length, toldAfterMs };
};

/** Lists, posts, looks four times a second apart, and gives up. */
const fourLooks: Pattern = async (devices, workMs) => {
  const peer = openPeer(workMs);
  await peer.get('/deviceBatches');
  const location = await peer.post('b', 0, devices);
  for (let look = 0; look < 4; look++) {
    if (look > 0) peer.clock.ms += SECOND_MS;
    if (await peer.isOver(location)) return peer.followed(true);
  }
  return peer.followed(false);
};

/** Lists, posts, looks at once and then every five seconds without end. It sends at most a thousand devices, too. */
const everyFiveSeconds: Pattern = async (devices, workMs) => {
  const peer = openPeer(workMs);
  await peer.get('/deviceBatches');
  for (let from = 0; from < devices; from += 1_000) {
    const location = await peer.post(`b${from}`, from, Math.min(from + 1_000, devices));
    while (!(await peer.isOver(location))) peer.clock.ms += 5 * SECOND_MS;
  }
  return peer.followed(true);
};

/** A batch of its own for each device, the whole list every 15 seconds, and each batch's device deleted at the end. */
const onePostPerDevice: Pattern = async (devices, workMs) => {
  const peer = openPeer(workMs);
  for (let index = 0; index < devices; index++) await peer.post(`b${index}`, index, index + 1);
  while (!(await peer.isListedAsOver())) peer.clock.ms += 15 * SECOND_MS;
  const told = peer.followed(true);
  for (const { batchId, devices: held } of peer.batches()) await peer.remove(batchId, held[0]?.id ?? '');
  return { ...told, requests: peer.followed(true).requests };
};

function openPeer(workMs: number) {
  const clock = { ms: Date.parse('2026-11-21T09:00:00Z') };
  const tenantId = crypto.randomUUID();
  const tenant = { tenantId, name: 'Contoso', domain: 'c.example', defaultDomain: 'c.example' };
  const local: LocalPartnerCenter = createLocalPartnerCenter({ clock, tenant, behaviour: timing(workMs) });
  local.accept();
  const base = `http://127.0.0.1:9/v1/customers/${tenantId}`;
  const call = (method: string, path: string, body?: unknown) =>
    local.fetch(`${base}${path}`, {
      method,
      headers: { authorization: 'Bearer user', 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  const text = async (response: Response) => {
    let all = '';
    for await (const chunk of response.body ?? []) all += Buffer.from(chunk).toString('utf8');
    return all;
  };
  return {
    clock,
    get: async (path: string) => text(await call('GET', path)),
    async post(batchId: string, from: number, to: number): Promise<string> {
      const devices = Array.from({ length: to - from }, (_, n) => ({
        productKey: `33${String((from + n) * 10).padStart(11, '0')}`,
      }));
      const answer = await call('POST', '/deviceBatches', { batchId, devices });
      return answer.headers.get('location')?.split('/').at(-1) ?? '';
    },
    isOver: async (trackingId: string) =>
      /"status":"finished/.test((await text(await call('GET', `/batchJobStatus/${trackingId}`))).slice(0, 120)),
    isListedAsOver: async () => !/"status":"(queued|processing)/.test(await text(await call('GET', '/deviceBatches'))),
    remove: (batchId: string, deviceId: string) => call('DELETE', `/deviceBatches/${batchId}/devices/${deviceId}`),
    batches: () => local.state().batches,
    followed(isTold: boolean): Followed {
      const ended = Math.max(...local.state().jobs.map(({ endsAt }) => endsAt));
      return { requests: local.calls.length, ...(isTold && { toldAfterMs: Math.max(clock.ms - ended, 0) }) };
    },
  };
}

/** A fifth of the time in the queue, the rest at work. */
function timing(workMs: number) {
  return { timing: { queuedMs: workMs / 5, processingMs: (workMs * 4) / 5 } };
}
