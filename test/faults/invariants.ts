import type { BatchId, RemovalId, RequestId } from '../../services/identity.ts';
import type { World } from './trial.ts';

/** Sentences about what went wrong with a batch; none when every promise held. The witnesses are the journals, not the bot. */
export function brokenBatchPromises(world: World, id: BatchId): readonly string[] {
  return [
    ...batchEnded(world, id),
    ...verdictsAreTrue(world, id),
    ...told(world, id, ['batch.notice-rep', 'batch.rep']),
  ];
}

/** The same for a profile on the devices of a batch: it ends once, what is said of each device is true, and it is told. */
export function brokenProfilePromises(world: World, id: string): readonly string[] {
  const { tables } = world.memory;
  const application = tables.get('profile_applications', id);
  const state = String(application?.state);
  const ends = audited(world.memory, id, (action) => PROFILE_ENDED.some((end) => action === `profile.apply.${end}`));
  return [
    ...(PROFILE_ENDED.includes(state) ? [] : [`lost: the profile is still ${state}`]),
    ...(ends === 1 ? [] : [`I14: the end of the profile is in the audit ${ends} times`]),
    ...profilesAreTrue(world, id, String(application?.profile_id)),
    ...told(world, id, ['profile.notice']),
  ];
}

const PROFILE_ENDED = ['finished', 'failed', 'needs-human'];

function profilesAreTrue({ partnerCenter, memory }: World, id: string, profileId: string): string[] {
  const devices = partnerCenter.state().batches.flatMap((batch) => batch.devices);
  const having = new Set(
    devices.filter(({ device }) => device.policies?.some(({ value }) => value === profileId)).map((one) => one.id),
  );
  return memory.tables.among('profile_devices', id).flatMap(({ device_id, state, error_name }) => {
    const hasIt = having.has(String(device_id));
    if (state === 'applied' && !hasIt) return [`wrong: ${device_id} is said to have the profile and has not`];
    if (state === 'failed' && hasIt) return [`wrong: ${device_id} is said to have failed (${error_name}) and has it`];
    return state === 'pending' ? [`lost: ${device_id} has no word about its profile`] : [];
  });
}

/** The same for a removal that was to end so: what goes is what a second person confirmed, and everybody hears of it. */
export function brokenRemovalPromises(
  world: World,
  id: RemovalId,
  end: 'done' | 'refused' | 'expired',
): readonly string[] {
  const { tables } = world.memory;
  const state = tables.get('removals', id)?.state;
  const notices = end === 'done' ? ['removal.notice-rep', 'removal.notice-remover'] : ['removal.notice-rep'];
  const once = ['asked', ...(end === 'done' ? ['confirmed'] : []), end];
  return [
    ...(state === end ? [] : [`lost: the removal is ${state} instead of ${end}`]),
    ...once.flatMap((what) => {
      const times = audited(world.memory, id, (action) => action === `removal.${what}`);
      return times === 1 ? [] : [`I14: that the removal was ${what} is in the audit ${times} times`];
    }),
    ...onlyConfirmedIsGone(world, id),
    ...told(world, id, ['removal.rep', 'removal.remover', ...notices]),
  ];
}

/** The witness is Partner Center's own audit: each device goes once at most, after the word of a second person. */
function onlyConfirmedIsGone({ partnerCenter, memory }: World, id: RemovalId): string[] {
  const { audit, batches } = partnerCenter.state();
  const deleted = audit.filter(({ operationType }) => operationType === 'device_deleted');
  const there = new Set(batches.flatMap(({ devices }) => devices.map((device) => device.id)));
  const decision = memory.tables.among('audit', id).find(({ action }) => action === 'removal.confirmed');
  const confirmedAtMs = decision ? new Date(String(decision.at)).getTime() : Number.POSITIVE_INFINITY;
  const devices = memory.tables.among('removal_devices', id);
  const confirmed = new Set(devices.map(({ device_id }) => JSON.stringify({ id: device_id })));
  const seen = new Set<string>();
  return [
    ...deleted.flatMap(({ newValue, at }) => {
      const wrong =
        confirmed.has(newValue) && at >= confirmedAtMs ? [] : [`wrong: ${newValue} went without a second word`];
      const doubled = seen.has(newValue) ? [`doubled: ${newValue} was deleted twice`] : [];
      seen.add(newValue);
      return [...wrong, ...doubled];
    }),
    ...devices.flatMap(({ device_id, state }) => {
      const isThere = there.has(String(device_id));
      if ((state === 'removed' || state === 'gone') && isThere) return [`wrong: ${device_id} is said to be ${state}`];
      if (state === 'failed' || state === 'unknown') return [`lost: ${device_id} is ${state}`];
      return ['removing', 'checking'].includes(String(state)) ? [`lost: ${device_id} has no verdict`] : [];
    }),
  ];
}

/** The same for everything that the whole world must keep, whatever happened in it. */
export function brokenPromises(world: World): readonly string[] {
  return [
    ...relationshipWasRead(world),
    ...onePost(world),
    ...upToDate(world),
    ...atRest(world),
    ...retryAfterObeyed(world),
    ...signInKept(world),
  ];
}

/** The same for a relationship request that was answered, and ended so. */
export function brokenRequestPromises(
  world: World,
  id: RequestId,
  end: 'active' | 'declined' | 'ended',
): readonly string[] {
  const { tables } = world.memory;
  const { state, reminders } = tables.get('requests', id) ?? {};
  const ends = audited(world.memory, id, (action) => action === `request.${end}`);
  const reminded = Array.isArray(reminders) ? reminders : [];
  return [
    ...(state === end ? [] : [`lost: the request is ${state} instead of ${end}`]),
    ...(ends === 1 ? [] : [`I14: that the request is ${end} is in the audit ${ends} times`]),
    ...decidedOnce(world, id, end === 'declined' ? 'declined' : 'approved'),
    ...told(world, id, ['request.rep', 'request.approver', ...NOTICES[end]]),
    ...reminded.flatMap((_, index) => told(world, `${id}#${index + 1}`, ['reminder'])),
  ];
}

const ACTIVE_NOTICES = ['request.notice-rep', 'request.notice-approver'];
const NOTICES = {
  active: ACTIVE_NOTICES,
  declined: ['request.notice-rep'],
  ended: [...ACTIVE_NOTICES, 'request.ended-rep', 'request.ended-approver'],
} as const;

const ENDED = ['done', 'done-with-errors', 'failed', 'needs-human'];

/** I5 and I14: every confirmed batch comes to an end, once. */
function batchEnded({ memory }: World, id: BatchId): string[] {
  const state = String(memory.tables.get('batches', id)?.state);
  const ends = audited(memory, id, (action) => ENDED.some((end) => action === `batch.${end}`));
  return [
    ...(ENDED.includes(state) ? [] : [`lost: the batch is still ${state}`]),
    ...(ends === 1 ? [] : [`I14: the end of the batch is in the audit ${ends} times`]),
  ];
}

/** I1: no POST and no DELETE without a look at the relationship that showed one, at most five minutes before. */
function relationshipWasRead({ partnerCenter }: World): string[] {
  const seenAt = new Map<string, number>();
  const broken: string[] = [];
  for (const { method, path, atMs, status } of partnerCenter.calls) {
    const customer = path.split('/')[3] ?? '';
    if (method === 'GET' && path === `/v1/customers/${customer}` && status === 200) seenAt.set(customer, atMs);
    const agoMs = atMs - (seenAt.get(customer) ?? Number.NEGATIVE_INFINITY);
    if (method !== 'GET' && agoMs > 5 * 60_000) broken.push(`I1: ${method} ${path} without a fresh look`);
  }
  return broken;
}

/** I3 and I4: each upload is accepted at most once; every attempt has the ids and the content of the first. */
function onePost({ partnerCenter }: World): string[] {
  const { counters } = partnerCenter.state();
  const counts = [...Object.values(counters.creations), ...Object.values(counters.uploads)];
  const bodies = new Map<string, string>();
  const changed: string[] = [];
  for (const { method, requestId, body } of partnerCenter.calls) {
    if (method !== 'POST') continue;
    if ((bodies.get(requestId) ?? body) !== body) changed.push('I3: one request id went out with two bodies');
    bodies.set(requestId, body);
  }
  return [...counts.filter((count) => count > 1).map((count) => `doubled: accepted ${count} times`), ...changed];
}

/** What the rep is told of each device is what Partner Center knows. */
function verdictsAreTrue({ partnerCenter, memory }: World, id: BatchId): string[] {
  const customer = memory.tables.get('batches', id)?.customer_tenant_id;
  const batches = partnerCenter.state().batches.filter(({ customerId }) => customerId === customer);
  const registered = new Set(batches.flatMap(({ devices }) => devices.map(({ device }) => device.productKey)));
  return memory.tables.among('batch_devices', id).flatMap(({ pkid, state, error_name }) => {
    const isThere = registered.has(String(pkid));
    if (state === 'registered' && !isThere) return [`wrong: ${pkid} is said to be registered and is not`];
    if (state === 'failed' && isThere) return [`wrong: ${pkid} is said to have failed (${error_name}) and is there`];
    return state === 'pending' || state === 'listed' ? [`lost: ${pkid} has no verdict`] : [];
  });
}

/** I6: everybody who waits for this has it. */
function told({ chat, memory }: World, id: string, roles: readonly string[]): string[] {
  const arrived = memory.tables.among('messages', id).filter((row) => chat.copiesOf(String(row.id)) > 0);
  return roles
    .filter((role) => !arrived.some((row) => row.role === role))
    .map((role) => `untold: no ${role} of ${id} arrived`);
}

/** I6: what arrived is up to date, with no more copies than sends of which nobody could know. */
function upToDate({ chat, memory, watch }: World): string[] {
  const copies = chat.posted.length - new Set(chat.posted.map(({ message }) => message)).size;
  const behind = memory.tables.where(
    'messages',
    ({ state, drawn, wanted }) => state !== 'sent' || Number(drawn) < Number(wanted),
  );
  return [
    ...(copies <= chat.ambiguous() + watch.done.length ? [] : [`I6: ${copies} copies too many`]),
    ...behind.map(({ role, state }) => `untold: the message ${role} is ${state} and not up to date`),
  ];
}

/** I15: nothing is left to do. */
function atRest({ jobs }: World): string[] {
  const left = jobs.waiting();
  return left === 0 ? [] : [`I15: ${left} jobs are left over`];
}

/**
 * I12: where Partner Center names a pause, no job calls the same address before its end. A process that dies between the
 * answer and its recording takes the pause with it: one early call for each death, as with copies of messages (I6).
 */
function retryAfterObeyed({ partnerCenter, watch }: World): string[] {
  const until = new Map<string, number>();
  const broken: string[] = [];
  for (const { method, path, atMs, status } of partnerCenter.calls) {
    const isPolled = method !== 'GET' || /batchJobStatus/i.test(path);
    if (!isPolled) continue;
    if (atMs < (until.get(method + path) ?? 0)) broken.push(`I12: ${method} ${path} called before Retry-After ended`);
    if (status === 429) until.set(method + path, atMs + RETRY_AFTER_S * 1_000);
  }
  return broken.length <= watch.done.length ? [] : broken;
}

/** I13: the newest refresh token is stored before what came with it is used, and what is stored is good. */
function signInKept({ usedTooSoon, keptSignIn, login }: World): string[] {
  const kept = keptSignIn();
  const isUsable = kept === undefined ? login.rotations() === 0 : login.isGood(kept);
  return [
    ...(usedTooSoon.length === 0 ? [] : [`I13: ${usedTooSoon.length} tokens used before their sign-in was stored`]),
    ...(isUsable ? [] : ['I13: no usable sign-in is stored']),
  ];
}

/** Every 429 of the runs names this pause, in seconds. */
export const RETRY_AFTER_S = 20;

/** I2 and I14: one decision, in the audit once, and the end of the request once. */
function decidedOnce({ memory }: World, id: RequestId, decision: 'approved' | 'declined'): string[] {
  const decided = audited(memory, id, (action) => action === 'request.approved' || action === 'request.declined');
  const sent = audited(memory, id, (action) => action === 'request.sent');
  const right = audited(memory, id, (action) => action === `request.${decision}`);
  return decided === 1 && right === 1 && sent === 1
    ? []
    : [`I2: sent ${sent} times, decided ${decided} times, ${right} of them rightly`];
}

function audited({ tables }: World['memory'], id: string, fits: (action: string) => boolean): number {
  return tables.among('audit', id).filter((row) => fits(String(row.action))).length;
}
