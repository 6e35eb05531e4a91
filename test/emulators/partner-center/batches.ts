import type { Answer, Received } from '../http.ts';
import type { VerifiedToken } from '../login/tokens.ts';
import type { Route } from '../routes.ts';
import { guardedCustomer } from './access.ts';
import { answer, collection, notFound, pageLinks, pageOf, refuse, shuffled } from './answers.ts';
import { recordAudit } from './audit.ts';
import type { Context } from './context.ts';
import { batchesOf, findBatch, settle, trueState } from './jobs.ts';
import { lookup } from './lookup.ts';
import type { Batch, Job, RegisteredDevice } from './state.ts';

/** Devices on one page of a batch. [P16] */
const DEVICES_PER_PAGE = 100;

/** What batches there are and what is in them; deletes one device. [P15][P16][P19] */
export function batchRoutes(context: Context): Route[] {
  const base = '/v1/customers/:customer/deviceBatches';
  const devices = `${base}/:batch/devices`;
  return [
    guardedCustomer(context, 'either', 'GET', base, (request, id) => list(context, request, id)),
    guardedCustomer(context, 'either', 'GET', devices, (request, id) => listDevices(context, request, id)),
    guardedCustomer(context, 'either', 'DELETE', `${devices}/:device`, (request, id, caller) =>
      remove(context, request, id, caller),
    ),
  ];
}

function list(context: Context, request: Received, customerId: string): Answer {
  settle(context);
  const { pageSize, shuffled: unordered } = context.behaviour.batchList;
  const visible = batchesOf(context.state.batches, customerId).filter((batch) => isVisible(context, batch));
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
  const jobs = jobsIn(context.state.jobs, keyOf(batch)).filter(({ kind }) => kind === 'upload');
  const job = jobs.find((one) => !one.verdicts) ?? jobs.at(-1);
  return job ? trueState(job, context) : 'unknown';
}

const jobsIn = lookup<Job>(keyOf);

function keyOf({ customerId, batchId }: Pick<Batch, 'customerId' | 'batchId'>): string {
  return `${customerId}/${batchId}`;
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

/** The hash is not echoed. [P16][P21] */
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

/** 204. A device removed from one batch is gone everywhere. [P19]; "everywhere" is inferred. */
function remove(context: Context, request: Received, customerId: string, caller: VerifiedToken): Answer {
  settle(context);
  const { batch = '', device = '' } = request.params;
  const held = findBatch(context, customerId, batch);
  const index = held?.devices.findIndex((one) => one.id === device.toLowerCase()) ?? -1;
  if (!held || index < 0) return notFound(request, 'The device');
  held.devices.splice(index, 1);
  const what = { resourceType: 'device', operationType: 'device_deleted' };
  recordAudit(context, caller, { customerId, ...what, newValue: { id: device } });
  return answer(context, request, 204, undefined, 'device deleted');
}
