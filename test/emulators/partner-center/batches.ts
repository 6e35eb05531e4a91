import { z } from 'zod';
import type { Answer, Received } from '../http.ts';
import type { VerifiedToken } from '../login/tokens.ts';
import type { Route } from '../routes.ts';
import { guardedCustomer } from './access.ts';
import { answer, camelJson, collection, notFound, pageLinks, pageOf, refuse, shuffled } from './answers.ts';
import { recordAudit } from './audit.ts';
import type { Context } from './context.ts';
import { findBatch, settle, startJob, trueState } from './jobs.ts';
import { type Batch, type RegisteredDevice, type SentDevice, SentDeviceSchema } from './state.ts';

/** Most devices in one upload. Stated for the portal [M4]; that the API refuses more is inferred. */
const MAX_DEVICES = 1000;

/** Devices on one page of a batch. [P16] */
const DEVICES_PER_PAGE = 100;

const DevicesSchema = z.array(SentDeviceSchema).min(1);
const CreationSchema = z.object({ batchId: z.string().min(1), devices: DevicesSchema });

/** Device batches: create, add, list, list devices, delete a device. [P13][P14][P15][P16][P19] */
export function batchRoutes(context: Context): Route[] {
  const base = '/v1/customers/:customer/deviceBatches';
  const devices = `${base}/:batch/devices`;
  return [
    guardedCustomer(context, 'app+user', 'POST', base, (request, id, caller) => create(context, request, id, caller)),
    guardedCustomer(context, 'either', 'POST', devices, (request, id, caller) => add(context, request, id, caller)),
    guardedCustomer(context, 'either', 'GET', base, (request, id) => list(context, request, id)),
    guardedCustomer(context, 'either', 'GET', devices, (request, id) => listDevices(context, request, id)),
    guardedCustomer(context, 'either', 'DELETE', `${devices}/:device`, (request, id, caller) =>
      remove(context, request, id, caller),
    ),
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
const DELETED = { resourceType: 'device', operationType: 'device_deleted' };

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

function list(context: Context, request: Received, customerId: string): Answer {
  settle(context);
  const { pageSize, shuffled: unordered } = context.behaviour.batchList;
  const visible = context.state.batches.filter((batch) => batch.customerId === customerId && isVisible(context, batch));
  const ordered = unordered ? shuffled(visible, (batch) => batch.batchId) : visible;
  const page = pageOf(ordered, pageSize, request.headers['ms-continuationtoken']);
  if (!page) return refuse(request, 400, '3000', 'The continuation token is not valid.');
  const links = pageLinks(`/customers/${customerId}/deviceBatches`, page.next);
  const items = page.items.map((batch) => batchItem(context, batch));
  return answer(context, request, 200, collection(items, visible.length, links, page.next));
}

/** Behaviour (e). Until then the content cannot be read either. */
function isVisible({ behaviour, now }: Context, batch: Batch): boolean {
  return now() >= batch.createdAt + behaviour.listLagMs;
}

/** Behaviour (i): the batch is there, its devices are not yet. */
function isStillEmpty({ behaviour, now }: Context, batch: Batch): boolean {
  return now() < batch.createdAt + behaviour.listLagMs + behaviour.emptyForMs;
}

/** One list entry; the devices link is relative, unescaped and without version. [P15] */
function batchItem(context: Context, batch: Batch): object {
  const { countField, batchList } = context.behaviour;
  const id = batchList.changedCase ? batch.batchId.toUpperCase() : batch.batchId;
  const counted = isStillEmpty(context, batch) ? 0 : batch.submitted;
  const uri = `/customers/${batch.customerId}/deviceBatches/${batch.batchId}/devices`;
  return {
    id,
    status: batchState(context, batch),
    creationDate: new Date(batch.createdAt).toISOString(),
    ...(countField !== 'none' && { [countField]: counted }),
    devicesLink: { uri, method: 'GET', headers: [] },
    attributes: { objectType: 'DeviceBatch' },
  };
}

/** The state of the job that still works, else of the last one. (inferred: a batch has one state, but may have many jobs) */
function batchState(context: Context, batch: Batch): string {
  const jobs = context.state.jobs.filter(
    (job) => job.kind === 'upload' && job.customerId === batch.customerId && job.batchId === batch.batchId,
  );
  const job = jobs.find((one) => !one.verdicts) ?? jobs.at(-1);
  return job ? trueState(job, context) : 'unknown';
}

function listDevices(context: Context, request: Received, customerId: string): Answer {
  settle(context);
  const batch = findBatch(context, customerId, request.params.batch ?? '');
  if (!batch || !isVisible(context, batch)) return notFound(request, 'The device batch');
  const devices = isStillEmpty(context, batch) ? [] : batch.devices;
  const page = pageOf(devices, DEVICES_PER_PAGE, request.headers['ms-continuationtoken']);
  if (!page) return refuse(request, 400, '3000', 'The continuation token is not valid.');
  const links = pageLinks(`/customers/${customerId}/deviceBatches/${batch.batchId}/devices`, page.next);
  return answer(context, request, 200, collection(page.items.map(deviceItem), devices.length, links, page.next));
}

/** The hash is not echoed. [P16][C.5] */
function deviceItem({ id, device, uploadedAt }: RegisteredDevice): object {
  const { serialNumber, productKey, modelName, oemManufacturerName, policies } = device;
  return {
    id,
    serialNumber: serialNumber ?? '',
    productKey: productKey ?? '',
    modelName: modelName ?? '',
    oemManufacturerName: oemManufacturerName ?? '',
    policies: policies ?? [{ key: 'o_o_b_e', value: null }],
    uploadedDate: new Date(uploadedAt).toISOString(),
    allowedOperations: ['DELETE'],
    attributes: { objectType: 'Device' },
  };
}

/** 204. A device removed from one batch is gone everywhere. [P19][F.8] */
function remove(context: Context, request: Received, customerId: string, caller: VerifiedToken): Answer {
  settle(context);
  const { batch = '', device = '' } = request.params;
  const held = findBatch(context, customerId, batch);
  const index = held?.devices.findIndex((one) => one.id === device.toLowerCase()) ?? -1;
  if (!held || index < 0) return notFound(request, 'The device');
  held.devices.splice(index, 1);
  recordAudit(context, caller, { customerId, ...DELETED, newValue: { id: device } });
  return answer(context, request, 204, undefined, 'device deleted');
}

function count(counters: Record<string, number>, key: string): void {
  counters[key] = (counters[key] ?? 0) + 1;
}
