import { z } from 'zod';
import { lookup } from './lookup.ts';

/** A relationship that a customer accepted. Times are milliseconds of the emulator's clock throughout. */
const RelationshipSchema = z.object({
  customerId: z.string(),
  route: z.enum(['direct', 'through-distributor']),
  since: z.number(),
});

/** A device as a client sends it; unknown members are dropped. Names are read in any of the two letter cases. [P21][P13] */
export const SentDeviceSchema = z.object({
  id: z.string().nullish(),
  serialNumber: z.string().nullish(),
  productKey: z.string().nullish(),
  hardwareHash: z.string().nullish(),
  modelName: z.string().nullish(),
  oemManufacturerName: z.string().nullish(),
  policies: z.array(z.object({ key: z.string(), value: z.string().nullish() })).nullish(),
});
export type SentDevice = z.output<typeof SentDeviceSchema>;

const RegisteredDeviceSchema = z.object({ id: z.string(), device: SentDeviceSchema, uploadedAt: z.number() });
export type RegisteredDevice = z.output<typeof RegisteredDeviceSchema>;

const BatchSchema = z.object({
  customerId: z.string(),
  batchId: z.string(),
  createdAt: z.number(),
  submitted: z.number(),
  devices: z.array(RegisteredDeviceSchema),
});
export type Batch = z.output<typeof BatchSchema>;

const VerdictSchema = z.object({
  deviceId: z.string().optional(),
  errorCode: z.string().optional(),
  errorName: z.string().optional(),
});
export type Verdict = z.output<typeof VerdictSchema>;

const JobSchema = z.object({
  trackingId: z.string(),
  customerId: z.string(),
  kind: z.enum(['upload', 'policy-update']),
  batchId: z.string(),
  acceptedAt: z.number(),
  startsAt: z.number(),
  endsAt: z.number(),
  devices: z.array(SentDeviceSchema),
  /** One per device once the job has ended. */
  verdicts: z.array(VerdictSchema).optional(),
  /** How often each state was read: see `statusRegressions`. */
  reads: z.record(z.string(), z.number()),
});
export type Job = z.output<typeof JobSchema>;

const PolicySchema = z.object({
  customerId: z.string(),
  id: z.string(),
  name: z.string(),
  category: z.string(),
  description: z.string().nullish(),
  policySettings: z.array(z.string()),
  createdAt: z.number(),
  changedAt: z.number(),
});
export type Policy = z.output<typeof PolicySchema>;

const AuditRecordSchema = z.object({
  id: z.string(),
  at: z.number(),
  customerId: z.string(),
  customerName: z.string(),
  resourceType: z.string(),
  operationType: z.string(),
  newValue: z.string(),
  userPrincipalName: z.string().optional(),
  applicationId: z.string().optional(),
});
export type AuditRecord = z.output<typeof AuditRecordSchema>;

const RegistrationSchema = z.object({
  url: z.string(),
  events: z.array(z.string()),
  signatureInOwnHeader: z.boolean(),
  subscriberId: z.string(),
  changedAt: z.number(),
});

const DeliverySchema = z.object({ at: z.number(), responseCode: z.number(), problem: z.string().optional() });
const ValidationSchema = z.object({
  correlationId: z.string(),
  requestedAt: z.number(),
  url: z.string(),
  status: z.enum(['pending', 'completed', 'failed']),
  results: z.array(DeliverySchema),
});

const TenantSchema = z.object({
  tenantId: z.string(),
  name: z.string(),
  domain: z.string(),
  defaultDomain: z.string(),
});
export type KnownTenant = z.output<typeof TenantSchema>;

/** The tenant of this id, if there is one. */
export const tenantsOf = lookup<KnownTenant>(({ tenantId }) => tenantId);

/** Everything Partner Center remembers, as plain JSON. */
export const StateSchema = z.object({
  /** How far `advance` has moved this emulator's clock, in milliseconds. */
  advancedMs: z.number(),
  tenants: z.array(TenantSchema),
  relationships: z.array(RelationshipSchema),
  batches: z.array(BatchSchema),
  jobs: z.array(JobSchema),
  policies: z.array(PolicySchema),
  audit: z.array(AuditRecordSchema),
  registration: RegistrationSchema.optional(),
  validations: z.array(ValidationSchema),
  /** Events whose ten attempts failed. */
  offlineQueue: z.array(z.object({ event: z.string(), customerId: z.string() })),
  /** Answers given to uploads, by customer and MS-RequestId. */
  replies: z.record(z.string(), z.string()),
  counters: z.object({
    /** Accepted creations by `customerId/batchid` (lower case). */
    creations: z.record(z.string(), z.number()),
    /** Accepted uploads, creations and additions alike, by MS-RequestId (lower case). */
    uploads: z.record(z.string(), z.number()),
  }),
});
export type State = z.output<typeof StateSchema>;

/** A Partner Center in which nothing has happened yet. */
export function emptyState(tenants: readonly KnownTenant[]): State {
  return {
    advancedMs: 0,
    tenants: tenants.map(({ tenantId, name, domain, defaultDomain }) => ({ tenantId, name, domain, defaultDomain })),
    relationships: [],
    batches: [],
    jobs: [],
    policies: [],
    audit: [],
    validations: [],
    offlineQueue: [],
    replies: {},
    counters: { creations: {}, uploads: {} },
  };
}
