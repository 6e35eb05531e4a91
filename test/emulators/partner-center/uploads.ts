import { z } from 'zod';
import type { Answer, Received } from '../http.ts';
import type { VerifiedToken } from '../login/tokens.ts';
import type { Route } from '../routes.ts';
import { guardedCustomer } from './access.ts';
import { answer, camelJson, notFound, refuse } from './answers.ts';
import { recordAudit } from './audit.ts';
import type { Context } from './context.ts';
import { findBatch, startJob } from './jobs.ts';
import { type SentDevice, SentDeviceSchema } from './state.ts';

/** Most devices in one upload. Stated for the portal [M4]; that the API refuses more is inferred. */
const MAX_DEVICES = 1000;

const DevicesSchema = z.array(SentDeviceSchema).min(1);
const CreationSchema = z.object({ batchId: z.string().min(1), devices: DevicesSchema });

/** Uploads of devices, to a new batch or to one that exists. [P13][P14] */
export function uploadRoutes(context: Context): Route[] {
  const base = '/v1/customers/:customer/deviceBatches';
  const devices = `${base}/:batch/devices`;
  return [
    guardedCustomer(context, 'app+user', 'POST', base, (request, id, caller) => create(context, request, id, caller)),
    guardedCustomer(context, 'either', 'POST', devices, (request, id, caller) => add(context, request, id, caller)),
  ];
}

function create(context: Context, request: Received, customerId: string, caller: VerifiedToken): Answer {
  const replay = replayOf(context, request, customerId);
  if (replay) return replay;
  const creation = CreationSchema.safeParse(camelJson(request));
  if (!creation.success) return refuse(request, 400, '3000', 'The property batchId or devices is not valid.');
  const { batchId, devices } = creation.data;
  if (devices.length > MAX_DEVICES) return refuse(request, 400, '800002', 'There are too many devices.');
  const existing = findBatch(context, customerId, batchId);
  if (existing && context.behaviour.duplicateBatch !== 'accept') return refuseDuplicate(context, request, batchId);
  if (!existing) {
    context.state.batches.push({ customerId, batchId, createdAt: context.now(), submitted: 0, devices: [] });
  }
  count(context.state.counters.creations, `${customerId}/${batchId.toLowerCase()}`);
  recordAudit(context, caller, { customerId, ...NEW_BATCH, newValue: { batchId, devices: devices.length } });
  return accept(context, request, { customerId, batchId: existing?.batchId ?? batchId, devices });
}

/** Adds a bare array of devices. [P14] */
function add(context: Context, request: Received, customerId: string, caller: VerifiedToken): Answer {
  const replay = replayOf(context, request, customerId);
  if (replay) return replay;
  const devices = DevicesSchema.safeParse(camelJson(request));
  if (!devices.success) return refuse(request, 400, '3000', 'The devices are not valid.');
  if (devices.data.length > MAX_DEVICES) return refuse(request, 400, '800002', 'There are too many devices.');
  const batch = findBatch(context, customerId, request.params.batch ?? '');
  if (!batch) return notFound(request, 'The device batch');
  const { batchId } = batch;
  recordAudit(context, caller, { customerId, ...OLD_BATCH, newValue: { batchId, devices: devices.data.length } });
  return accept(context, request, { customerId, batchId, devices: devices.data });
}

const NEW_BATCH = { resourceType: 'device', operationType: 'devices_upload_to_new_batch_attempted' };
const OLD_BATCH = { resourceType: 'device', operationType: 'devices_upload_to_existing_batch_attempted' };

type Upload = Readonly<{ customerId: string; batchId: string; devices: readonly SentDevice[] }>;

function accept(context: Context, request: Received, upload: Upload): Answer {
  const { customerId, batchId, devices } = upload;
  const batch = findBatch(context, customerId, batchId);
  if (batch) batch.submitted += devices.length;
  const { trackingId } = startJob(context, { customerId, batchId, kind: 'upload', devices });
  const requestId = request.headers['ms-requestid']?.toLowerCase();
  if (requestId !== undefined) {
    count(context.state.counters.uploads, requestId);
    context.state.replies[`${customerId}/${requestId}`] ??= trackingId;
  }
  return accepted(context, request, customerId, trackingId, `accepted: ${batchId}, ${devices.length} devices`);
}

/** 202 without a body; Location is relative and without version. [P13] Variants are behaviour (g). */
export function accepted(
  context: Context,
  request: Received,
  customerId: string,
  trackingId: string,
  effect: string,
): Answer {
  const plain = answer(context, request, 202, undefined, effect);
  const relative = `/customers/${customerId}/batchJobStatus/${trackingId}`;
  const { location } = context.behaviour;
  if (location === 'none') return plain;
  return { ...plain, headers: { ...plain.headers, location: location === 'relative' ? relative : '/' } };
}

/** Behaviour (a): MS-RequestId is the idempotency key of a write. [P23] */
function replayOf(context: Context, request: Received, customerId: string): Answer | undefined {
  if (context.behaviour.sameRequestId === 'ignore') return undefined;
  const trackingId = context.state.replies[`${customerId}/${request.headers['ms-requestid']?.toLowerCase()}`];
  return trackingId === undefined ? undefined : accepted(context, request, customerId, trackingId, 'replayed');
}

/** Behaviours (b) and (c). No documented body; the generic codes are used. (inferred) */
function refuseDuplicate({ behaviour }: Context, request: Received, batchId: string): Answer {
  const text = `A device batch with the id ${batchId} already exists.`;
  return behaviour.duplicateBatch === 'conflict'
    ? refuse(request, 409, '409', text)
    : refuse(request, 400, '800002', text);
}

function count(counters: Record<string, number>, key: string): void {
  counters[key] = (counters[key] ?? 0) + 1;
}
