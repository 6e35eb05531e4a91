import { z } from 'zod';
import type { UploadOutcome } from '../devices/ports.ts';
import type { TenantId } from '../identity.ts';
import { type CallIds, type Calls, expectOk } from './calls.ts';
import { allItems, collect } from './pages.ts';
import { customerPath, guidSegment } from './paths.ts';
import { optionalCount, optionalText } from './wire.ts';

/** What a profile can switch. @see Partner Center REST, configuration policies */
const POLICY_SETTINGS = [
  'none',
  'remove_oem_preinstalls',
  'oobe_user_not_local_admin',
  'skip_express_settings',
  'skip_oem_registration',
  'skip_eula',
] as const;
export type PolicySetting = (typeof POLICY_SETTINGS)[number];

export type PolicyDraft = Readonly<{ name: string; description?: string; settings: readonly PolicySetting[] }>;
/** An Autopilot profile of Partner Center. Intune's profiles are a separate world. Unknown settings are left out. */
export type Policy = PolicyDraft & Readonly<{ id: string; deviceCount?: number }>;

/** Autopilot profiles of a customer. Errors as for reads; a repeat with the same ids does nothing twice. */
export interface ConfigurationPolicies {
  policies(customerId: TenantId): Promise<readonly Policy[]>;
  createPolicy(customerId: TenantId, policy: PolicyDraft, ids: CallIds): Promise<Policy>;
  updatePolicy(customerId: TenantId, policyId: string, policy: PolicyDraft, ids: CallIds): Promise<Policy>;
  deletePolicy(customerId: TenantId, policyId: string, ids: CallIds): Promise<'deleted' | 'not-found'>;
  /** Starts a job like an upload: follow it with `uploadStatus`. */
  applyPolicy(
    customerId: TenantId,
    policyId: string,
    deviceIds: readonly string[],
    ids: CallIds,
  ): Promise<UploadOutcome>;
}

/** Name of the one category of policies: the out-of-box experience. */
const OOBE = 'o_o_b_e';

export function createPolicies(calls: Calls): ConfigurationPolicies {
  const policiesPath = (customerId: TenantId) => `${customerPath(customerId)}/policies`;
  const policyPath = (customerId: TenantId, id: string) => `${policiesPath(customerId)}/${guidSegment(id)}`;
  return {
    async policies(customerId) {
      return collect(allItems(calls, { method: 'GET', path: policiesPath(customerId), as: 'app' }, policyAnswer));
    },
    async createPolicy(customerId, draft, ids) {
      const body = toWire(draft);
      return calls.read({ method: 'POST', path: policiesPath(customerId), as: 'app', body, ids }, policyAnswer);
    },
    async updatePolicy(customerId, policyId, draft, ids) {
      const body = { id: guidSegment(policyId), ...toWire(draft) };
      return calls.read({ method: 'PUT', path: policyPath(customerId, policyId), as: 'app', body, ids }, policyAnswer);
    },
    async deletePolicy(customerId, policyId, ids) {
      const reply = await calls.answer({ method: 'DELETE', path: policyPath(customerId, policyId), as: 'app', ids });
      if (reply.status === 404) return 'not-found';
      expectOk(reply, calls.now());
      return 'deleted';
    },
    async applyPolicy(customerId, policyId, deviceIds, ids) {
      const policies = [{ key: OOBE, value: guidSegment(policyId) }];
      const body = { devices: deviceIds.map((id) => ({ id, policies })) };
      const path = `${customerPath(customerId)}/DevicePolicyUpdates`;
      return calls.submit({ method: 'PATCH', path, as: 'app', body, ids }, customerId);
    },
  };
}

function toWire({ name, description, settings }: PolicyDraft) {
  return { name, category: OOBE, description, policySettings: settings };
}

const policyAnswer = z
  .object({
    id: z.string().min(1),
    name: z.string(),
    description: optionalText,
    policySettings: z.array(z.string()).nullish(),
    devicesAssignedCount: optionalCount,
  })
  .transform(({ id, name, description, policySettings, devicesAssignedCount }): Policy => {
    const settings = POLICY_SETTINGS.filter((setting) => policySettings?.includes(setting));
    return { id, name, description, settings, deviceCount: devicesAssignedCount };
  });
