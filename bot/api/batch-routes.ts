import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Batch } from '../../services/devices/batch.ts';
import type { BatchService } from '../../services/devices/batch-service.ts';
import { MAX_DEVICES_PER_BATCH } from '../../services/devices/device.ts';
import { ServiceError } from '../../services/errors.ts';
import { type BatchId, isSamePerson, type Person, parseTenantId } from '../../services/identity.ts';
import type { ProfileForBatch, ProfileService } from '../../services/profiles/profile-service.ts';
import { deviceOf, lineProblemOf } from './batch-rows.ts';
import type { Caller } from './callers.ts';
import { listInputOf } from './list-input.ts';
import { personOf, somebody } from './request-routes.ts';
import { acting, looking, page, type Route, takingLists } from './route.ts';
import {
  addedShape,
  batchesPage,
  batchShape,
  confirmShape,
  devicesPage,
  doubtfulShape,
  lineProblemsPage,
  listShape,
  newBatchShape,
  nothingShape,
  paging,
} from './shapes.ts';

/** From a list to a device batch, and what became of it. The same steps and checks as in chat. */
export function batchRoutes(batches: BatchService, profiles: Pick<ProfileService, 'forBatch'>): readonly Route[] {
  const none = z.strictObject({});

  /** A list that is being put together is its rep's alone. */
  async function find(id: string, caller: Caller): Promise<Batch> {
    const batch = await batches.find(id as BatchId);
    const isHidden = batch.state === 'draft' || batch.state === 'cancelled';
    const isOwn = caller.kind === 'person' && isSamePerson(batch.requestedBy, caller.person);
    if (isHidden && !isOwn) throw new ServiceError('batch-not-found', `${id} is another rep’s list`);
    return batch;
  }

  async function shapeOf(batch: Batch): Promise<z.input<typeof batchShape>> {
    const { doubtful, ...devices } = await batches.counts(batch.id);
    const draft = batch.state === 'draft' ? { ...(await draftOf(batch)), doubtful } : undefined;
    const { id, customer, name, state, problem, profile, addsTo, requestedBy, createdAt, confirmedAt, finishedAt } =
      batch;
    return {
      ...{ id, customer, name, state, problem, profile, addsTo, devices, draft },
      requestedBy: somebody(requestedBy),
      createdAt: createdAt.toISOString(),
      confirmedAt: confirmedAt?.toISOString(),
      finishedAt: finishedAt?.toISOString(),
    };
  }

  async function draftOf(batch: Batch) {
    const { total } = await batches.problems(batch.id, { limit: 1, offset: 0 });
    return { digest: await digestOf(batch), problems: total, known: await batches.known(batch) };
  }

  /** A digest of whose list this is and of every device in it, in their order, doubts included. */
  async function digestOf({ id, customer }: Batch): Promise<string> {
    const whole = { limit: MAX_DEVICES_PER_BATCH, offset: 0, order: 'position' } as const;
    const rows = (await batches.devices(id, whole)).map((device) => {
      const { pkid, serial, manufacturer, model, hash, confirm } = device;
      return [pkid, serial, manufacturer, model, hash, confirm];
    });
    return createHash('sha256')
      .update(JSON.stringify([id, customer.tenantId, rows]))
      .digest('hex');
  }

  /** The draft whose digest this is; its version keeps it so until the transaction. @throws ServiceError `list-changed`. */
  async function lookedAt(id: string, by: Person, digest: string): Promise<Batch> {
    const batch = await batches.ownDraft(id as BatchId, by);
    if ((await digestOf(batch)) !== digest) throw new ServiceError('list-changed', `${id} is not what was looked at`);
    return batch;
  }

  async function confirm(
    id: string,
    by: Person,
    { digest, name, addTo, profile: chosen }: z.output<typeof confirmShape>,
  ): Promise<Readonly<{ batch: Batch }> & Pick<ProfileForBatch, 'withoutDefault'>> {
    const draft = await lookedAt(id, by, digest);
    const { profile, withoutDefault } = await profiles.forBatch(draft.customer.tenantId, chosen);
    const batch = await batches.confirm(draft.id, by, name ?? draft.name, { version: draft.version, profile, addTo });
    return { batch, withoutDefault };
  }

  return [
    looking({
      method: 'GET',
      path: '/batches',
      name: 'listBatches',
      summary: 'Batches that were confirmed, newest first',
      audience: 'reader',
      query: paging,
      answer: batchesPage,
      async run({ query: { limit, offset } }) {
        const found = await batches.list({ limit: limit + 1, offset });
        return page(await Promise.all(found.batches.map(shapeOf)), { limit, offset });
      },
    }),
    acting({
      method: 'POST',
      path: '/batches',
      name: 'openBatch',
      summary: 'Opens a list for a customer with an active relationship',
      status: 201,
      query: none,
      body: newBatchShape,
      answer: batchShape,
      async run({ body, by }) {
        const tenantId = parseTenantId(body.customerTenantId);
        if (!tenantId) throw new ServiceError('customer-not-found', 'no tenant id', { customer: '' });
        return shapeOf(await batches.open(tenantId, personOf(by)));
      },
    }),
    looking({
      method: 'GET',
      path: '/batches/{id}',
      name: 'readBatch',
      summary: 'Where a batch stands',
      audience: 'reader',
      query: none,
      answer: batchShape,
      run: async ({ id, caller }) => shapeOf(await find(id, caller)),
    }),
    takingLists({
      method: 'POST',
      path: '/batches/{id}/lists',
      name: 'addList',
      summary: 'Reads a list, as JSON or as a file of any kind the chat takes, and adds it',
      status: 200,
      query: z.strictObject({
        name: z.string().max(120).optional().describe('Name of the file, for people to recognise.'),
      }),
      body: listShape,
      read: listInputOf,
      answer: addedShape,
      async run({ id, by, body }) {
        const { devices, problems } = await batches.add(id as BatchId, body, personOf(by));
        const batch = await shapeOf(await batches.find(id as BatchId));
        return { understood: devices.length, problems: problems.length, batch };
      },
    }),
    looking({
      method: 'GET',
      path: '/batches/{id}/problems',
      name: 'listProblems',
      summary: 'Lines that were not taken, and why',
      audience: 'reader',
      query: paging,
      answer: lineProblemsPage,
      async run({ id, caller, query: { limit, offset }, wording }) {
        const batch = await find(id, caller);
        const { problems } = await batches.problems(batch.id, { limit: limit + 1, offset });
        return page(
          problems.map((problem) => lineProblemOf(problem, wording)),
          { limit, offset },
        );
      },
    }),
    looking({
      method: 'GET',
      path: '/batches/{id}/devices',
      name: 'listDevices',
      summary: 'Every device and what became of it',
      audience: 'reader',
      query: paging.extend({
        order: z
          .enum(['position', 'failures-first'])
          .default('position')
          .describe('`failures-first`: what went wrong comes first.'),
      }),
      answer: devicesPage,
      async run({ id, caller, query: { limit, offset, order }, wording }) {
        const batch = await find(id, caller);
        const devices = await batches.devices(batch.id, { limit: limit + 1, offset, order });
        return page(
          devices.map((device) => deviceOf(device, wording)),
          { limit, offset },
        );
      },
    }),
    acting({
      method: 'POST',
      path: '/batches/{id}/doubtful',
      name: 'settleDoubtful',
      summary: 'Takes doubtful devices, or leaves them out',
      status: 200,
      query: none,
      body: doubtfulShape,
      answer: batchShape,
      async run({ id, by, body: { digest, answer, positions } }) {
        const { version } = await lookedAt(id, personOf(by), digest);
        await batches.settleDoubtful(id as BatchId, personOf(by), { answer, positions, version });
        return shapeOf(await batches.find(id as BatchId));
      },
    }),
    acting({
      method: 'POST',
      path: '/batches/{id}/confirm',
      name: 'confirmBatch',
      summary: 'Sends the list for registration: exactly the one that was looked at',
      status: 200,
      freshly: true,
      query: none,
      body: confirmShape,
      answer: batchShape,
      async run({ id, by, body }) {
        const { batch, withoutDefault } = await confirm(id, personOf(by), body);
        return { ...(await shapeOf(batch)), withoutDefault };
      },
    }),
    acting({
      method: 'POST',
      path: '/batches/{id}/cancel',
      name: 'cancelBatch',
      summary: 'Throws a list away that was not confirmed',
      status: 200,
      query: none,
      body: nothingShape,
      answer: batchShape,
      run: async ({ id, by }) => shapeOf(await batches.cancel(id as BatchId, personOf(by))),
    }),
  ];
}
