import type { Answer, Received } from '../http.ts';
import type { Route } from '../routes.ts';
import { guardedCustomer } from './access.ts';
import { answer, notFound, shuffled } from './answers.ts';
import type { Context } from './context.ts';
import { type JobState, observedState, settle } from './jobs.ts';
import { lookup } from './lookup.ts';
import type { Job, SentDevice, Verdict } from './state.ts';

/** `GET /v1/customers/{id}/batchJobStatus/{trackingId}`: uploads and policy updates alike. [P17] */
export function jobStatusRoutes(context: Context): Route[] {
  const path = '/v1/customers/:customer/batchJobStatus/:tracking';
  return [guardedCustomer(context, 'either', 'GET', path, (request, id) => jobStatus(context, request, id))];
}

function jobStatus(context: Context, request: Received, customerId: string): Answer {
  settle(context);
  const tracking = request.params.tracking?.toLowerCase() ?? '';
  const job = jobsTracked(context.state.jobs, tracking).find((one) => one.customerId === customerId);
  // 404 is inferred; how long an id stays readable is not documented.
  if (!job || context.behaviour.forgetsTrackingIds) return notFound(request, 'The batch job');
  return answer(context, request, 200, statusBody(job, observedState(job, context), context));
}

const jobsTracked = lookup<Job>(({ trackingId }) => trackingId);

/** BatchUploadDetails; times carry no zone, unset ones are the year 1. [P17][P13] */
function statusBody(job: Job, state: JobState, { behaviour }: Context): object {
  const isQueued = state === 'queued';
  const isOver = state === 'finished' || state === 'finished_with_errors';
  return {
    batchTrackingId: job.trackingId,
    status: behaviour.reportStatus ?? state,
    startedTime: isQueued ? UNSET : withoutZone(job.startsAt),
    completedTime: isOver ? withoutZone(job.endsAt) : UNSET,
    devicesStatus: isOver ? arranged(results(job), behaviour.results) : inProgress(job, isQueued, behaviour),
    attributes: { objectType: 'BatchUploadDetails' },
  };
}

const UNSET = '0001-01-01T00:00:00';

function withoutZone(ms: number): string {
  return new Date(ms).toISOString().slice(0, -1);
}

/** While it works the list is empty or says so per device. (inferred) */
function inProgress(job: Job, isQueued: boolean, { workingDeviceStatus }: Context['behaviour']): object[] {
  if (isQueued || workingDeviceStatus === 'absent') return [];
  return job.devices.map((device) => ({ ...names(device), status: workingDeviceStatus, ...DETAILS }));
}

const DETAILS = { attributes: { objectType: 'DeviceUploadDetails' } };

function results(job: Job): object[] {
  return job.devices.map((device, index) => result(device, job.verdicts?.[index] ?? {}));
}

function result(device: SentDevice, { deviceId, errorCode, errorName }: Verdict): object {
  const named = { ...(deviceId && { deviceId }), ...names(device), ...DETAILS };
  if (!errorName) return { ...named, status: 'finished' };
  return { ...named, status: 'finished_with_errors', ...(errorCode && { errorCode }), errorDescription: errorName };
}

/** Devices uploaded by hash come back without serial number and PKID. [T1] */
function names({ productKey, serialNumber, hardwareHash }: SentDevice): object {
  if (hardwareHash && !productKey && !serialNumber) return {};
  return { ...(serialNumber && { serialNumber }), ...(productKey && { productKey }) };
}

function arranged(rows: readonly object[], order: Context['behaviour']['results']): readonly object[] {
  if (order === 'shuffled') return shuffled(rows, (row) => JSON.stringify(row));
  if (order === 'doubled') return rows.flatMap((row) => [row, row]);
  return order === 'first-missing' ? rows.slice(1) : rows;
}
