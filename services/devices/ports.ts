import type { TenantId } from '../identity.ts';
import type { Device, DeviceList } from './device.ts';

/** What a rep handed over, before anybody looked inside. */
export type ListInput =
  | Readonly<{ kind: 'text'; source: string; text: string /** Teams' rich form of the same message. */; html?: string }>
  | Readonly<{ kind: 'file'; source: string; bytes: Uint8Array }>;

/** Reads lists of devices from whatever a rep was given. Never throws for what is inside; bad content is a problem row. */
export interface ListReader {
  read(input: ListInput): Promise<DeviceList>;
  close(): Promise<void>;
}

/** One POST with its ids, which were stored before the call and stay the same for every attempt. */
export type DeviceUpload = Readonly<{
  customerId: TenantId;
  /** Partner Center's batchId: a name, and the group tag the customer sees. */
  batchName: string;
  /** Sent as MS-RequestId: Partner Center's idempotency id of a write. */
  requestId: string;
  /** Sent as MS-CorrelationId. */
  correlationId: string;
  devices: readonly Device[];
}>;

/**
 * How a POST ended, as far as we can know. `ambiguous` (timeout, reset, 408, 5xx, 202 without a usable Location) must be
 * read back and never blindly repeated; `not-sent` and `throttled` may be repeated with the same ids.
 */
export type UploadOutcome =
  | Readonly<{ kind: 'accepted'; trackingId: string }>
  | Readonly<{ kind: 'refused'; status: number; code?: string; description?: string; correlationId?: string }>
  | Readonly<{ kind: 'throttled'; retryAfterMs: number }>
  | Readonly<{ kind: 'not-sent'; reason: string }>
  | Readonly<{ kind: 'ambiguous'; reason: string }>;

/** Partner Center's states; anything else it may say is read as `unknown`, which is never an end. */
export type UploadState = 'unknown' | 'queued' | 'processing' | 'finished' | 'finished_with_errors';

/** One device's own verdict. The state of the whole upload says nothing about it. */
export type DeviceResult = Readonly<{
  pkid?: string;
  serial?: string;
  deviceId?: string;
  state: UploadState;
  /** Autopilot code such as `808`. */
  errorCode?: string;
  /** Autopilot name such as `ZtdDeviceAssignedToOtherTenant`: more reliable than the number. */
  errorName?: string;
}>;

export type UploadStatus = Readonly<{ trackingId: string; state: UploadState; devices: readonly DeviceResult[] }>;

export type BatchSummary = Readonly<{ name: string; state: UploadState; deviceCount?: number; createdAt?: Date }>;

export type RegisteredDevice = Readonly<{
  deviceId: string;
  pkid?: string;
  serial?: string;
  manufacturer?: string;
  model?: string;
  uploadedAt?: Date;
  /** The Autopilot profile of Partner Center that is applied to it, if any. */
  profileId?: string;
}>;

/** A file in SharePoint or OneDrive, and a link of its own that anybody may fetch it by for a short while. */
export type SharedFile = Readonly<{ name: string; downloadUrl: string }>;

/** Files that people name by the link they would send to a colleague. */
export interface SharedFiles {
  /**
   * @throws ServiceError `link-not-allowed` without the permission for it, `link-not-found` when the link leads to no file,
   * `graph-unavailable`.
   */
  findShared(link: string): Promise<SharedFile>;
}

/**
 * Partner Center's device batches.
 *
 * Reads throw ServiceError `partner-center-unavailable` (try later; `details.retryAfterMs` when it was told),
 * `partner-center-refused` (`details.status`, `code`, `description`, `correlationId`) or `partner-center-sign-in`
 * (the stored sign-in no longer works; nothing helps but signing in again). Writes never throw for an answer: see UploadOutcome;
 * only `partner-center-sign-in` is thrown, when nothing was sent, or nothing done with it (401 twice).
 */
export interface DeviceRegistry {
  createBatch(upload: DeviceUpload): Promise<UploadOutcome>;
  /** Adds to a batch that exists; each call has a tracking id of its own. */
  addDevices(upload: DeviceUpload): Promise<UploadOutcome>;
  /** `undefined` when Partner Center does not know the tracking id (any more). */
  uploadStatus(customerId: TenantId, trackingId: string): Promise<UploadStatus | undefined>;
  /** All batches of the customer, over all pages. */
  batches(customerId: TenantId): Promise<readonly BatchSummary[]>;
  /** All devices of one batch, over all pages; empty when the batch does not exist. */
  batchDevices(customerId: TenantId, batchName: string): Promise<readonly RegisteredDevice[]>;
}
