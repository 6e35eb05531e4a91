import { z } from 'zod';
import { type Device, MAX_DEVICES_PER_UPLOAD } from '../devices/device.ts';
import type { DeviceRegistry, DeviceResult, DeviceUpload, RegisteredDevice } from '../devices/ports.ts';
import { ServiceError } from '../errors.ts';
import type { TenantId } from '../identity.ts';
import { type CallIds, type Calls, expectOk } from './calls.ts';
import { allItems, collect } from './pages.ts';
import { batchDevicesPath, customerPath, guidSegment, segment } from './paths.ts';
import { optionalCount, optionalMoment, optionalText, uploadState } from './wire.ts';

/** Takes registered devices back. */
export interface DeviceRemover {
  /** Removes the device from Autopilot only: it stays enrolled in Intune and joined to Entra. Errors as for reads. */
  deleteDevice(
    customerId: TenantId,
    batchName: string,
    deviceId: string,
    ids: CallIds,
  ): Promise<'deleted' | 'not-found'>;
}

/** Device batches. Only creating one needs App+User. */
export function createDevices(calls: Calls): DeviceRegistry & DeviceRemover {
  return {
    async createBatch(upload) {
      const path = `${customerPath(upload.customerId)}/deviceBatches`;
      const body = { batchId: upload.batchName, devices: devicesOf(upload) };
      return calls.submit({ method: 'POST', path, as: 'user', body, ids: upload }, upload.customerId);
    },
    async addDevices(upload) {
      const path = batchDevicesPath(upload.customerId, upload.batchName);
      return calls.submit({ method: 'POST', path, as: 'app', body: devicesOf(upload), ids: upload }, upload.customerId);
    },
    async uploadStatus(customerId, trackingId) {
      const path = `${customerPath(customerId)}/batchJobStatus/${guidSegment(trackingId)}`;
      const found = await calls.find({ method: 'GET', path, as: 'app' }, uploadDetails);
      return found && { ...found, trackingId };
    },
    async batches(customerId) {
      const path = `${customerPath(customerId)}/deviceBatches`;
      return collect(allItems(calls, { method: 'GET', path, as: 'app' }, batch));
    },
    async batchDevices(customerId, batchName) {
      const path = batchDevicesPath(customerId, batchName);
      return collect(allItems(calls, { method: 'GET', path, as: 'app' }, registeredDevice)).catch(noneWhenNotFound);
    },
    async deleteDevice(customerId, batchName, deviceId, ids) {
      const path = `${batchDevicesPath(customerId, batchName)}/${segment(deviceId)}`;
      const reply = await calls.answer({ method: 'DELETE', path, as: 'app', ids });
      if (reply.status === 404) return 'not-found';
      expectOk(reply, calls.now());
      return 'deleted';
    },
  };
}

function noneWhenNotFound(error: unknown): RegisteredDevice[] {
  if (error instanceof ServiceError && error.details.status === 404) return [];
  throw error;
}

function devicesOf({ devices }: DeviceUpload) {
  if (devices.length === 0 || devices.length > MAX_DEVICES_PER_UPLOAD) throw new RangeError('1 to 1,000 devices');
  return devices.map(toWire);
}

/** Members that are not there stay out of the JSON. */
function toWire({ pkid, serial, manufacturer, model, hash }: Device) {
  return {
    productKey: pkid,
    serialNumber: serial,
    oemManufacturerName: manufacturer,
    modelName: model,
    hardwareHash: hash,
  };
}

const deviceStatus = z
  .object({
    deviceId: optionalText,
    serialNumber: optionalText,
    productKey: optionalText,
    status: uploadState,
    errorCode: optionalText,
    errorDescription: optionalText,
  })
  .transform(({ deviceId, serialNumber, productKey, status, errorCode, errorDescription }): DeviceResult => {
    const device = { deviceId, serial: serialNumber, pkid: productKey, state: status };
    return { ...device, errorCode: errorCode === '0' ? undefined : errorCode, errorName: errorDescription };
  });

const uploadDetails = z
  .object({ status: uploadState, devicesStatus: z.array(deviceStatus).nullish() })
  .transform(({ status, devicesStatus }) => ({ state: status, devices: devicesStatus ?? [] }));

const batch = z
  .object({
    id: z.string(),
    status: uploadState,
    creationDate: optionalMoment,
    devicesCount: optionalCount,
    deviceCount: optionalCount,
  })
  .transform(({ id, status, creationDate, devicesCount, deviceCount }) => {
    return { name: id, state: status, deviceCount: devicesCount ?? deviceCount, createdAt: creationDate };
  });

/** Key of the one kind of profile there is. @see Partner Center REST, device deployment resources */
const OOBE = 'o_o_b_e';

const registeredDevice = z
  .object({
    id: z.string().min(1),
    serialNumber: optionalText,
    productKey: optionalText,
    oemManufacturerName: optionalText,
    modelName: optionalText,
    uploadedDate: optionalMoment,
    policies: z.array(z.object({ key: optionalText, value: optionalText })).nullish(),
  })
  .transform((found): RegisteredDevice => {
    return {
      deviceId: found.id,
      pkid: found.productKey,
      serial: found.serialNumber,
      manufacturer: found.oemManufacturerName,
      model: found.modelName,
      uploadedAt: found.uploadedDate,
      profileId: found.policies?.find(({ key }) => key === OOBE)?.value,
    };
  });
