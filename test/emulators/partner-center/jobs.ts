import { randomUUID } from 'node:crypto';
import type { Context } from './context.ts';
import { lookup, stillOpen } from './lookup.ts';
import type { Batch, Job, RegisteredDevice, SentDevice, Verdict } from './state.ts';
import { identityOf, judge } from './verdicts.ts';

/** States a job passes through. [P21] */
export type JobState = 'queued' | 'processing' | 'finished' | 'finished_with_errors';

/** Starts a job; what comes of it is decided when it ends. */
export function startJob(
  { behaviour, state, now }: Context,
  job: Readonly<{ customerId: string; batchId: string; kind: Job['kind']; devices: readonly SentDevice[] }>,
): Job {
  const { queuedMs, processingMs } = behaviour.timing;
  const acceptedAt = now();
  const startsAt = acceptedAt + queuedMs;
  const times = { acceptedAt, startsAt, endsAt: startsAt + processingMs };
  const started = { ...job, ...times, devices: [...job.devices], trackingId: randomUUID(), reads: {} };
  state.jobs.push(started);
  return started;
}

/** Ends every job whose time has come, in the order of their ends. Each resource calls this before it looks. */
export function settle(context: Context): void {
  const due = underWay(context.state.jobs).filter((job) => job.endsAt <= context.now());
  for (const job of due.sort((one, other) => one.endsAt - other.endsAt)) {
    job.verdicts = job.kind === 'upload' ? register(job, context) : assignPolicies(job, context);
  }
}

const underWay = stillOpen<Job>((job) => !job.verdicts);

/** Where the job stands by the clock. */
export function trueState(job: Job, { behaviour, now }: Context): JobState {
  if (now() < job.startsAt) return 'queued';
  if (!job.verdicts) return 'processing';
  return job.verdicts.some((verdict) => verdict.errorName) ? behaviour.endWithFailures : 'finished';
}

/** What one read of the status shows: after a state was seen once, it may fall back for some reads. (h) */
export function observedState(job: Job, context: Context): JobState {
  const state = trueState(job, context);
  const reads = (job.reads[state] ?? 0) + 1;
  job.reads[state] = reads;
  const fallsBack = reads > 1 && reads <= 1 + context.behaviour.statusRegressions;
  if (!fallsBack || state === 'queued') return state;
  return state === 'processing' ? 'queued' : 'processing';
}

function register(job: Job, context: Context): Verdict[] {
  const { behaviour, state } = context;
  const { customerId } = job;
  const rules = { table: behaviour.verdicts, otherTenantAs806: behaviour.otherTenantAs806 };
  const holders = holdersIn(state.batches);
  const verdicts = judge(job.devices, {
    customerId,
    ownerOf: (identity) => ownerAmong(state.batches, holders, identity),
    ...rules,
  });
  const batch = findBatch(context, customerId, job.batchId);
  job.devices.forEach((device, index) => {
    const id = verdicts[index]?.deviceId;
    if (!id || !batch) return;
    const registered = { id, device, uploadedAt: job.acceptedAt };
    batch.devices.push(registered);
    note(holders, batch, registered);
  });
  return verdicts;
}

function assignPolicies(job: Job, { state }: Context): Verdict[] {
  const held = batchesOf(state.batches, job.customerId).flatMap((batch) => batch.devices);
  return job.devices.map(({ id, policies }) => {
    const found = held.find((registered) => registered.id === id);
    if (!found) return { errorCode: '807', errorName: 'ZtdDeviceIsNotRegistered' };
    found.device.policies = policies ?? null;
    return { deviceId: found.id };
  });
}

/** The batch of that name in any letter case; clients compare so. [T1] */
export function findBatch({ state }: Context, customerId: string, batchId: string): Batch | undefined {
  const wanted = batchId.toLowerCase();
  return batchesOf(state.batches, customerId).find((batch) => batch.batchId.toLowerCase() === wanted);
}

/** A customer's batches, the oldest first. */
export const batchesOf = lookup<Batch>(({ customerId }) => customerId);

/** Where each device was registered, by identity; it, or the batch, may have been removed since. */
type Holders = Map<string, { batch: Batch; registered: RegisteredDevice }[]>;

/** Kept from job to job: reading every device anew would take all the time. */
const holders = new WeakMap<readonly Batch[], Holders>();

function holdersIn(batches: readonly Batch[]): Holders {
  const known = holders.get(batches);
  if (known) return known;
  const fresh: Holders = new Map();
  for (const batch of batches) for (const registered of batch.devices) note(fresh, batch, registered);
  holders.set(batches, fresh);
  return fresh;
}

function note(all: Holders, batch: Batch, registered: RegisteredDevice): void {
  const identity = identityOf(registered.device);
  if (identity !== undefined) all.set(identity, [...(all.get(identity) ?? []), { batch, registered }]);
}

function ownerAmong(batches: readonly Batch[], all: Holders, identity: string): string | undefined {
  const isThere = (batch: Batch) => batchesOf(batches, batch.customerId).includes(batch);
  const held = all.get(identity);
  return held?.findLast(({ batch, registered }) => batch.devices.includes(registered) && isThere(batch))?.batch
    .customerId;
}
