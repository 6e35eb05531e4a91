import { randomUUID } from 'node:crypto';
import type { Context } from './context.ts';
import type { Batch, Job, SentDevice, Verdict } from './state.ts';
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
  const due = context.state.jobs.filter((job) => !job.verdicts && job.endsAt <= context.now());
  for (const job of due.sort((one, other) => one.endsAt - other.endsAt)) {
    job.verdicts = job.kind === 'upload' ? register(job, context) : assignPolicies(job, context);
  }
}

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
  const verdicts = judge(job.devices, { customerId, owners: ownersOf(state.batches), ...rules });
  const batch = findBatch(context, customerId, job.batchId);
  job.devices.forEach((device, index) => {
    const id = verdicts[index]?.deviceId;
    if (id) batch?.devices.push({ id, device, uploadedAt: job.acceptedAt });
  });
  return verdicts;
}

function assignPolicies(job: Job, { state }: Context): Verdict[] {
  const held = state.batches.filter((batch) => batch.customerId === job.customerId).flatMap((batch) => batch.devices);
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
  return state.batches.find((batch) => batch.customerId === customerId && batch.batchId.toLowerCase() === wanted);
}

function ownersOf(batches: readonly Batch[]): Map<string, string> {
  const owners = new Map<string, string>();
  for (const { customerId, devices } of batches) {
    for (const { device } of devices) {
      const identity = identityOf(device);
      if (identity !== undefined) owners.set(identity, customerId);
    }
  }
  return owners;
}
