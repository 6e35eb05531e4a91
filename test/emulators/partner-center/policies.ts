import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Answer, Received } from '../http.ts';
import type { VerifiedToken } from '../login/tokens.ts';
import type { Route } from '../routes.ts';
import { guardedCustomer } from './access.ts';
import { answer, camelJson, collection, notFound, pageLinks, refuse } from './answers.ts';
import { recordAudit } from './audit.ts';
import type { Context } from './context.ts';
import { settle, startJob } from './jobs.ts';
import { type Policy, SentDeviceSchema } from './state.ts';
import { accepted } from './uploads.ts';

/** Settings a policy may contain. [P20][P21] */
const SETTINGS = [
  'none',
  'remove_oem_preinstalls',
  'oobe_user_not_local_admin',
  'skip_express_settings',
  'skip_oem_registration',
  'skip_eula',
];

const PolicySchema = z.object({
  name: z.string().min(1),
  category: z.literal('o_o_b_e'),
  description: z.string().nullish(),
  policySettings: z.array(z.enum(SETTINGS)),
});
const ChangeSchema = PolicySchema.omit({ category: true });
const UpdatesSchema = z.object({ devices: z.array(SentDeviceSchema.extend({ id: z.string() })).min(1) });

/** Configuration policies (Autopilot profiles of Partner Center) and their assignment. [P20][P18] */
export function policyRoutes(context: Context): Route[] {
  const base = '/v1/customers/:customer/policies';
  const updates = '/v1/customers/:customer/DevicePolicyUpdates';
  return [
    guardedCustomer(context, 'either', 'POST', base, (request, id, caller) => create(context, request, id, caller)),
    guardedCustomer(context, 'either', 'GET', base, (request, id) => list(context, request, id)),
    guardedCustomer(context, 'either', 'GET', `${base}/:policy`, (request, id) => get(context, request, id)),
    guardedCustomer(context, 'either', 'PUT', `${base}/:policy`, (request, id, caller) =>
      update(context, request, id, caller),
    ),
    guardedCustomer(context, 'either', 'DELETE', `${base}/:policy`, (request, id, caller) =>
      remove(context, request, id, caller),
    ),
    guardedCustomer(context, 'either', 'PATCH', updates, (request, id, caller) => assign(context, request, id, caller)),
  ];
}

/** 200, not 201. [P20] */
function create(context: Context, request: Received, customerId: string, caller: VerifiedToken): Answer {
  const wanted = PolicySchema.safeParse(camelJson(request));
  if (!wanted.success) return refuse(request, 400, '3000', 'The policy is not valid.');
  const times = { createdAt: context.now(), changedAt: context.now() };
  const policy = { ...wanted.data, customerId, id: randomUUID(), ...times };
  context.state.policies.push(policy);
  recordPolicy(context, caller, policy, 'policy_created');
  return answer(context, request, 200, policyBody(context, policy), 'policy created');
}

function list(context: Context, request: Received, customerId: string): Answer {
  const policies = context.state.policies.filter((policy) => policy.customerId === customerId);
  const items = policies.map((policy) => policyBody(context, policy));
  const links = pageLinks(`/customers/${customerId}/policies`, undefined);
  return answer(context, request, 200, collection(items, items.length, links));
}

function get(context: Context, request: Received, customerId: string): Answer {
  const policy = findPolicy(context, request, customerId);
  return policy ? answer(context, request, 200, policyBody(context, policy)) : notFound(request, 'The policy');
}

/** Category and id stay. [P20] */
function update(context: Context, request: Received, customerId: string, caller: VerifiedToken): Answer {
  const policy = findPolicy(context, request, customerId);
  if (!policy) return notFound(request, 'The policy');
  const change = ChangeSchema.safeParse(camelJson(request));
  if (!change.success) return refuse(request, 400, '3000', 'The policy is not valid.');
  Object.assign(policy, change.data, { changedAt: context.now() });
  recordPolicy(context, caller, policy, 'policy_updated');
  return answer(context, request, 200, policyBody(context, policy), 'policy updated');
}

/** 204, also while devices still have it: what the API says then is not documented. */
function remove(context: Context, request: Received, customerId: string, caller: VerifiedToken): Answer {
  const policy = findPolicy(context, request, customerId);
  if (!policy) return notFound(request, 'The policy');
  context.state.policies.splice(context.state.policies.indexOf(policy), 1);
  recordPolicy(context, caller, policy, 'policy_deleted');
  return answer(context, request, 204, undefined, 'policy deleted');
}

/** 202 with a job of its own. [P18] */
function assign(context: Context, request: Received, customerId: string, caller: VerifiedToken): Answer {
  const updates = UpdatesSchema.safeParse(camelJson(request));
  if (!updates.success) return refuse(request, 400, '3000', 'The devices are not valid.');
  const { devices } = updates.data;
  const { trackingId } = startJob(context, { customerId, batchId: '', kind: 'policy-update', devices });
  const newValue = { devices: devices.length };
  recordAudit(context, caller, { customerId, resourceType: 'device', operationType: UPDATED, newValue });
  return accepted(context, request, customerId, trackingId, `accepted: policy update, ${devices.length} devices`);
}

const UPDATED = 'devices_update_attempted';

function findPolicy({ state }: Context, request: Received, customerId: string): Policy | undefined {
  const id = request.params.policy?.toLowerCase();
  return state.policies.find((policy) => policy.customerId === customerId && policy.id === id);
}

function recordPolicy(context: Context, caller: VerifiedToken, policy: Policy, operationType: string): void {
  const { customerId, id, name } = policy;
  recordAudit(context, caller, { customerId, resourceType: 'policy', operationType, newValue: { id, name } });
}

/** ConfigurationPolicy; samples write `devicesAssigned`, the table `devicesAssignedCount`: both. [P20][P21] */
function policyBody(context: Context, policy: Policy): object {
  settle(context);
  const { customerId, createdAt, changedAt, ...shown } = policy;
  const assigned = context.state.batches
    .filter((batch) => batch.customerId === customerId)
    .flatMap((batch) => batch.devices)
    .filter(({ device }) => device.policies?.some((one) => one.value === policy.id)).length;
  return {
    ...shown,
    devicesAssigned: assigned,
    devicesAssignedCount: assigned,
    createdDate: new Date(createdAt).toISOString(),
    lastModifiedDate: new Date(changedAt).toISOString(),
    attributes: { objectType: 'ConfigurationPolicy' },
  };
}
