import type { DeviceRegistry } from '../devices/ports.ts';
import type { ProfileRegistry } from '../profiles/ports.ts';
import type { PartnerRelationships } from '../relationships/ports.ts';
import { createPartnerAudit, type PartnerAudit } from './audit-records.ts';
import { createCalls, type PartnerCenterOptions } from './calls.ts';
import { createDevices, type DeviceRemover } from './devices.ts';
import { createPolicies } from './policies.ts';
import { createRelationships } from './relationships.ts';
import { createWebhookRegistrations, type WebhookRegistrations } from './webhook-registrations.ts';

export type PartnerCenter = PartnerRelationships &
  DeviceRegistry &
  DeviceRemover &
  ProfileRegistry &
  WebhookRegistrations &
  PartnerAudit;

/** Microsoft Partner Center over REST. Never retries but once after a 401; when to come again is the caller's business. */
export function createPartnerCenter(options: PartnerCenterOptions): PartnerCenter {
  const calls = createCalls(options);
  return {
    ...createRelationships(calls),
    ...createDevices(calls),
    ...createPolicies(calls),
    ...createWebhookRegistrations(calls),
    ...createPartnerAudit(calls),
  };
}
