import { z } from 'zod';
import type { TenantId } from '../identity.ts';
import { PROFILE_SETTINGS, type Profile, type ProfileDraft, type ProfileRegistry } from '../profiles/ports.ts';
import { type Calls, expectOk } from './calls.ts';
import { allItems, collect } from './pages.ts';
import { customerPath, guidSegment } from './paths.ts';
import { optionalCount, optionalText } from './wire.ts';

/** Name of the one category of policies: the out-of-box experience. */
export const OOBE = 'o_o_b_e';

/** Configuration policies: what everybody else calls Autopilot profiles. */
export function createPolicies(calls: Calls): ProfileRegistry {
  const policiesPath = (customerId: TenantId) => `${customerPath(customerId)}/policies`;
  const policyPath = (customerId: TenantId, id: string) => `${policiesPath(customerId)}/${guidSegment(id)}`;
  return {
    async profiles(customerId) {
      return collect(allItems(calls, { method: 'GET', path: policiesPath(customerId), as: 'app' }, policyAnswer));
    },
    async createProfile(customerId, draft, ids) {
      const body = toWire(draft);
      return calls.read({ method: 'POST', path: policiesPath(customerId), as: 'app', body, ids }, policyAnswer);
    },
    async updateProfile(customerId, id, draft, ids) {
      const body = { id: guidSegment(id), ...toWire(draft) };
      return calls.read({ method: 'PUT', path: policyPath(customerId, id), as: 'app', body, ids }, policyAnswer);
    },
    async deleteProfile(customerId, id, ids) {
      const reply = await calls.answer({ method: 'DELETE', path: policyPath(customerId, id), as: 'app', ids });
      if (reply.status === 404) return 'not-found';
      expectOk(reply, calls.now());
      return 'deleted';
    },
    async applyProfile(customerId, profileId, deviceIds, ids) {
      const policies = [{ key: OOBE, value: guidSegment(profileId) }];
      const body = { devices: deviceIds.map((id) => ({ id, policies })) };
      const path = `${customerPath(customerId)}/DevicePolicyUpdates`;
      return calls.submit({ method: 'PATCH', path, as: 'app', body, ids }, customerId);
    },
  };
}

/** A profile that switches nothing on has a setting that says so. */
function toWire({ name, description, settings }: ProfileDraft) {
  return { name, category: OOBE, description, policySettings: settings.length > 0 ? settings : ['none'] };
}

const policyAnswer = z
  .object({
    id: z.string().min(1),
    name: z.string(),
    description: optionalText,
    policySettings: z.array(z.string()).nullish(),
    devicesAssignedCount: optionalCount,
    devicesAssigned: optionalCount.catch(undefined),
  })
  .transform(({ id, name, description, policySettings, devicesAssignedCount, devicesAssigned }): Profile => {
    const settings = PROFILE_SETTINGS.filter((setting) => policySettings?.includes(setting));
    return { id, name, description, settings, deviceCount: devicesAssignedCount ?? devicesAssigned };
  });
