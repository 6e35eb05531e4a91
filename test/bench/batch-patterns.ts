import { MAX_DEVICES_PER_BATCH } from '../../services/devices/device.ts';
import { BEHAVIOURS } from '../faults/behaviours.ts';
import { createLocalPartnerCenter, type LocalPartnerCenter } from '../faults/local-partner-center.ts';
import { registrationOf } from '../faults/scenarios.ts';

const SECOND_MS = 1_000;

/** What a pattern cost, and what came of it. `toldAfterMs` is absent where nobody is told the truth. */
export type Followed = Readonly<{ requests: number; toldAfterMs?: number | undefined }>;
type Pattern = (devices: number, workMs: number) => Promise<Followed>;

/**
 * The bot itself, from the first word of the rep to the last card, under the name it suggests or one the rep typed. What
 * is too long for one list comes as several.
 */
export async function us(devices: number, workMs: number, name?: string): Promise<Followed> {
  const behaviour = { ...BEHAVIOURS['as documented'], ...timing(workMs) };
  const inList = Math.min(devices, MAX_DEVICES_PER_BATCH);
  const { world, broken, toldAfterMs } = await registrationOf(inList, name)({ seed: 1, behaviour });
  if (broken.length > 0) throw new Error(broken.join('; '));
  const requests = world.partnerCenter.calls.length;
  if (devices === inList) return { requests, toldAfterMs };
  const others = await us(devices - inList, workMs, name);
  const latest = Math.max(toldAfterMs ?? Number.POSITIVE_INFINITY, others.toldAfterMs ?? Number.POSITIVE_INFINITY);
  return { requests: requests + others.requests, toldAfterMs: Number.isFinite(latest) ? latest : undefined };
}

/** Lists, posts, looks four times a second apart, and gives up. */
export const fourLooks: Pattern = async (devices, workMs) => {
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
export const everyFiveSeconds: Pattern = async (devices, workMs) => {
  const peer = openPeer(workMs);
  await peer.get('/deviceBatches');
  for (let from = 0; from < devices; from += 1_000) {
    const location = await peer.post(`b${from}`, from, Math.min(from + 1_000, devices));
    while (!(await peer.isOver(location))) peer.clock.ms += 5 * SECOND_MS;
  }
  return peer.followed(true);
};

/** A batch of its own for each device, the whole list every 15 seconds, and each batch's device deleted at the end. */
export const onePostPerDevice: Pattern = async (devices, workMs) => {
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
