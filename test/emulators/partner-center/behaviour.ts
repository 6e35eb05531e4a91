import { z } from 'zod';

/**
 * How this Partner Center behaves where the documents are silent or the field saw something else. Letters name the
 * server behaviours that exactly-once uploads must survive. Change it at any time; it applies to what comes next.
 */
const BehaviourSchema = z.object({
  /** Time a job waits, then works. [P17] shows ten minutes. */
  timing: z.object({ queuedMs: z.number(), processingMs: z.number() }),
  /** (a) `replay` answers a repeated MS-RequestId as the first time, without a second job. [P23] */
  sameRequestId: z.enum(['replay', 'ignore']),
  /** (b) `conflict` 409, (c) `bad-request` 400, (d) `accept` a second job whose devices are then 806. Undocumented. */
  duplicateBatch: z.enum(['conflict', 'bad-request', 'accept']),
  /** (e) How long an accepted batch is missing from the list. */
  listLagMs: z.number(),
  /** (f) Page length of the batch list, 0 for one page; order and letter case of ids. */
  batchList: z.object({ pageSize: z.number(), shuffled: z.boolean(), changedCase: z.boolean() }),
  /** (g) What an accepted upload says about its job. */
  location: z.enum(['relative', 'none', 'unusable']),
  /** (h) After a state was first read, so many reads show the state before it. */
  statusRegressions: z.number(),
  /** (i) How long a listed batch says it has no devices. */
  emptyForMs: z.number(),
  /** How GET customers/{id} says that there is no relationship. Undocumented: 404/1000 or 403/20002. [P22] */
  unknownCustomer: z.enum(['not-found', 'forbidden']),
  /** A state reported instead of the job's own, such as `unknown`. */
  reportStatus: z.string().nullable(),
  /** Answers 404 for every tracking id. How long one can be read is undocumented. */
  forgetsTrackingIds: z.boolean(),
  /** State of an ended job in which devices failed. [P17] shows `finished`. */
  endWithFailures: z.enum(['finished', 'finished_with_errors']),
  /** Order and completeness of `devicesStatus`. Undocumented. */
  results: z.enum(['as-sent', 'shuffled', 'doubled', 'first-missing']),
  /** Name of the device state while a job works: [P21] writes `in-progress`, the SDK has `processing`. */
  workingDeviceStatus: z.enum(['processing', 'in-progress', 'absent']),
  /** Number 806 together with the other-tenant name. [T13] */
  otherTenantAs806: z.boolean(),
  /** Batch list member: sample and SDK say `devicesCount`, the table `deviceCount`. [P15][P21][K1] */
  countField: z.enum(['devicesCount', 'deviceCount', 'none']),
  /** Starts JSON answers with a byte-order mark, as some samples do. [P20] */
  byteOrderMark: z.boolean(),
  /** Autopilot code per PKID, before any other rule. */
  verdicts: z.record(z.string(), z.string()),
  /** Replaces the invitation link. */
  relationshipLink: z.string().nullable(),
  /** Requests per minute on the customer resource. [P7] */
  customerRequestsPerMinute: z.number(),
  /** Milliseconds between attempts to deliver an event; the documents give only their number, ten. [P30] */
  webhookRetryMs: z.number(),
  /** How events are signed; everything but `good` must be refused. */
  webhookSignature: z.enum(['good', 'other-ca', 'expired-leaf', 'wrong-issuer', 'wrong-body', 'garbage', 'absent']),
});
export const BehaviourChangeSchema = BehaviourSchema.partial();

export type Behaviour = z.output<typeof BehaviourSchema>;

/** What the documents say or show; where they are silent, the answer a careful service would give. */
export function defaultBehaviour(): Behaviour {
  return {
    timing: { queuedMs: 300, processingMs: 1200 },
    sameRequestId: 'replay',
    duplicateBatch: 'conflict',
    listLagMs: 0,
    batchList: { pageSize: 0, shuffled: false, changedCase: false },
    location: 'relative',
    statusRegressions: 0,
    emptyForMs: 0,
    unknownCustomer: 'not-found',
    reportStatus: null,
    forgetsTrackingIds: false,
    endWithFailures: 'finished',
    results: 'as-sent',
    workingDeviceStatus: 'processing',
    otherTenantAs806: false,
    countField: 'devicesCount',
    byteOrderMark: false,
    verdicts: {},
    relationshipLink: null,
    customerRequestsPerMinute: 500,
    webhookRetryMs: 500,
    webhookSignature: 'good',
  };
}
