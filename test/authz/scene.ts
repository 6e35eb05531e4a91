import { saveCustomer } from '../../services/customers/customer-store.ts';
import { insertBatch } from '../../services/devices/batch-store.ts';
import { insertDevices } from '../../services/devices/device-store.ts';
import type { BatchId, RemovalId, RequestId } from '../../services/identity.ts';
import type { RelationshipRequest, RequestState } from '../../services/relationships/relationship.ts';
import { insertRequest, replaceRequest } from '../../services/relationships/request-store.ts';
import type { Removal } from '../../services/removals/removal.ts';
import { addRemovalDevices } from '../../services/removals/removal-device-store.ts';
import { insertRemoval, replaceRemoval } from '../../services/removals/removal-store.ts';
import type { Transaction } from '../../services/storage/ports.ts';
import { ACTORS } from './cast.ts';
import { CUSTOMER, type House, LINK, NOW } from './house.ts';

/** The eight states: the seven a request can be in, and a reference that nobody ever gave out. */
export const STATES = ['sent', 'approved', 'active', 'declined', 'expired', 'withdrawn', 'ended', 'unknown'] as const;
export type StateName = (typeof STATES)[number];

export const REQUEST_ID = 'c1c1c1c1-0000-4000-8000-000000000001' as RequestId;
export const REFERENCE = 'q'.repeat(32);
export const DRAFT = 'd0000000-0000-4000-8000-000000000001' as BatchId;
export const SENT_BATCH = 'd0000000-0000-4000-8000-000000000002' as BatchId;
export const DRAFT_REMOVAL = 'd0000000-0000-4000-8000-000000000003' as RemovalId;
export const ASKED_REMOVAL = 'd0000000-0000-4000-8000-000000000004' as RemovalId;
/** What must never be seen by anybody but reps: it stands in the draft and in the batch only. */
export const SECRET_PKID = '3300000000011';

const { 'the rep who asked': robin, 'the approver, known by object id': anna } = ACTORS;
const requestedBy = { tenantId: robin.tenantId, userId: robin.userId, name: robin.name };
const DAY_MS = 86_400_000;

/** Puts the world into one state: a request by Robin to Anna, Bo, Robin's own guest account and somebody without the app. */
export async function setScene({ db, outside }: House, state: StateName): Promise<void> {
  outside.state.isReseller = state === 'active';
  outside.jobs.length = 0;
  outside.mails.length = 0;
  await db.transaction(async (tx) => {
    await tx.query(CLEAR);
    await saveCustomer(tx, { ...CUSTOMER, isReseller: state === 'active' }, NOW);
    if (state === 'unknown') return;
    await addRequest(tx, state);
    await addBatch(tx, DRAFT, 'draft');
    await addBatch(tx, SENT_BATCH, 'waiting');
    await addRemoval(tx, DRAFT_REMOVAL, 'draft');
    await addRemoval(tx, ASKED_REMOVAL, 'asked');
  });
}

const CLEAR = `update people set settings = '{}';
${[
  'removal_devices',
  'removals',
  'profile_changes',
  'profile_devices',
  'profile_applications',
  'default_profiles',
  'messages',
  'approvers',
  'requests',
  'batch_devices',
  'batch_problems',
  'uploads',
  'batches',
  'kv',
]
  .map((table) => `delete from ${table};`)
  .join('\n')}`;

async function addRequest(tx: Transaction, state: RequestState): Promise<void> {
  const guest = ACTORS['the rep as a guest of the customer, listed as approver'];
  const bo = ACTORS['an approver, named but never seen'];
  const request: RelationshipRequest = {
    id: REQUEST_ID,
    reference: REFERENCE,
    customer: CUSTOMER,
    route: 'direct',
    link: LINK,
    requestedBy,
    approvers: [
      { signInName: anna.signInName, userId: anna.userId, name: anna.name },
      { signInName: bo.signInName },
      { signInName: guest.signInName },
      { signInName: 'without-the-app@contoso.example' },
    ],
    state: 'sent',
    createdAt: new Date(NOW.getTime() - 2 * DAY_MS),
    expiresAt: new Date(NOW.getTime() + (state === 'expired' ? -1 : DAY_MS)),
    reminders: [],
    version: 1,
  };
  await insertRequest(tx, request);
  const decision = DECISIONS[state];
  const by = { tenantId: anna.tenantId, userId: anna.userId, name: anna.name };
  // an expired request stands as sent until somebody looks: the clock alone must close it
  const stored = state === 'expired' ? 'sent' : state;
  await replaceRequest(tx, request, {
    ...request,
    state: stored,
    ...(decision && { decision: { decision, by, at: NOW } }),
    ...(state === 'active' && { activeAt: NOW }),
  });
}

const DECISIONS: Readonly<Partial<Record<RequestState, 'approve' | 'decline'>>> = {
  approved: 'approve',
  active: 'approve',
  ended: 'approve',
  declined: 'decline',
};

async function addBatch(tx: Transaction, id: BatchId, state: 'draft' | 'waiting'): Promise<void> {
  const name = `Order ${state}`;
  await insertBatch(tx, { id, customer: CUSTOMER, name, requestedBy, state, createdAt: NOW, version: 1 });
  await insertDevices(tx, id, [
    {
      position: 0,
      source: 'pasted',
      row: 1,
      pkid: SECRET_PKID,
      state: state === 'draft' ? 'listed' : 'pending',
    },
  ]);
}

/** One device of the customer, found in Partner Center; once asked for, a second person can answer for a day. */
async function addRemoval(tx: Transaction, id: RemovalId, state: 'draft' | 'asked'): Promise<void> {
  const removal: Removal = {
    ...{ id, customer: CUSTOMER, requestedBy, state, lookedInto: [], createdAt: NOW, step: 0, version: 1 },
    ...(state === 'asked' && { askedAt: NOW, expiresAt: new Date(NOW.getTime() + DAY_MS) }),
  };
  await insertRemoval(tx, removal);
  await replaceRemoval(tx, removal);
  const device = { pkid: SECRET_PKID, state: state === 'draft' ? 'found' : 'waiting' } as const;
  await addRemovalDevices(tx, id, 0, [{ ...device, batchName: 'Order 4711', deviceId: id }]);
}
