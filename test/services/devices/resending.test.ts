import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BatchState } from '../../../services/devices/batch.ts';
import { findBatch, insertBatch, listBatches } from '../../../services/devices/batch-store.ts';
import { insertDevices, listDevices, listDoubtful } from '../../../services/devices/device-store.ts';
import { createResending, nextName } from '../../../services/devices/resending.ts';
import type { BatchId, Person, TenantId, UserId } from '../../../services/identity.ts';
import { migrate } from '../../../services/storage/migrations.ts';
import { MIGRATIONS } from '../../../services/storage/schema/migrations.ts';
import { inMemory, quietLog, type TestDatabase } from '../../contracts/test-databases.ts';

const PARTNER = '1a000000-0000-4000-8000-000000000001' as TenantId;
const CONTOSO = {
  tenantId: 'c0000000-0000-4000-8000-000000000001' as TenantId,
  name: 'Contoso',
  domain: 'contoso.example',
};
const robin: Person = { tenantId: PARTNER, userId: 'robin' as UserId, name: 'Robin' };
const sam: Person = { tenantId: PARTNER, userId: 'sam' as UserId, name: 'Sam' };

let test: TestDatabase;

beforeAll(async () => {
  test = await inMemory.create();
  await migrate(test.database, MIGRATIONS, quietLog);
});
afterAll(() => test?.remove());

/** A batch with a registered, two refused and a forgotten refused device. */
async function aBatch(state: BatchState, name = `Order ${randomUUID().slice(0, 8)}`): Promise<BatchId> {
  const id = randomUUID() as BatchId;
  const devices = ['3300000000011', '3300000000028', '3300000000035', '…042'];
  await test.database.transaction(async (tx) => {
    const createdAt = new Date();
    await insertBatch(tx, { id, customer: CONTOSO, name, requestedBy: robin, state, createdAt, version: 1 });
    const rows = devices.map((pkid, position) => ({ position, source: 'list.csv', row: position + 2, pkid }));
    await insertDevices(
      tx,
      id,
      rows.map((row) => ({ ...row, state: 'listed' })),
    );
    await tx.query(`update batch_devices set state = case when position = 0 then 'registered' else 'failed' end
      where batch_id = '${id}'`);
  });
  return id;
}

const resending = () => createResending({ db: test.database, now: () => new Date(), newId: randomUUID });

describe('what was refused', () => {
  it('becomes a new list of the refused devices only, each waiting for a yes, that names the old batch', async () => {
    const id = await aBatch('done-with-errors', 'Order 1');
    const draft = await resending().resend(id, robin);
    expect(draft).toMatchObject({ name: 'Order 1-R2', follows: id, state: 'draft', customer: CONTOSO });
    expect((await findBatch(test.database, draft.id))?.follows).toBe(id);
    const doubtful = await listDoubtful(test.database, draft.id, { limit: 10, offset: 0 });
    expect(doubtful.map(({ pkid, confirm, row }) => [pkid, confirm, row])).toEqual([
      ['3300000000028', 'refused_before', 3],
      ['3300000000035', 'refused_before', 4],
    ]);
  });

  it('is one list however often it is asked for, and a list of their own for a colleague', async () => {
    const id = await aBatch('failed');
    const first = await resending().resend(id, robin);
    expect((await resending().resend(id, robin)).id).toBe(first.id);
    expect((await resending().resend(id, sam)).id).not.toBe(first.id);
  });

  it('is not sent twice: after it was sent, the batch that did so is named', async () => {
    const id = await aBatch('done-with-errors');
    const draft = await resending().resend(id, robin);
    await test.database.query(`update batches set state = 'waiting', name = 'Second' where id = $1`, [draft.id]);
    await expect(resending().resend(id, robin)).rejects.toMatchObject({
      code: 'batch-resent',
      details: { name: 'Second' },
    });
    await test.database.query(`update batches set state = 'cancelled' where id = $1`, [draft.id]);
    expect((await resending().resend(id, robin)).state).toBe('draft');
  });

  it.each(['sending', 'waiting'] as const)('is not known yet while a batch is %s', async (state) => {
    const id = await aBatch(state);
    await expect(resending().resend(id, robin)).rejects.toMatchObject({ code: 'batch-under-way' });
  });

  it('is nothing where nothing was refused', async () => {
    const id = await aBatch('done');
    await test.database.query(`update batch_devices set state = 'registered' where batch_id = $1`, [id]);
    await expect(resending().resend(id, robin)).rejects.toMatchObject({ code: 'nothing-refused' });
  });

  it('can be listed alone', async () => {
    const id = await aBatch('done-with-errors');
    const page = { limit: 10, offset: 0, order: 'failures-first' } as const;
    expect(await listDevices(test.database, id, page)).toHaveLength(4);
    expect(await listDevices(test.database, id, { ...page, only: 'failed' })).toHaveLength(3);
  });
});

it.each([
  ['Order', 'Order-R2'],
  ['Order-R2', 'Order-R3'],
  ['x'.repeat(50), `${'x'.repeat(47)}-R2`],
])('calls what follows %s %s', (name, next) => expect(nextName(name)).toBe(next));

describe('batches', () => {
  it('are found by name, customer or state', async () => {
    await aBatch('needs-human', 'Malmö autumn');
    const find = async (query: string, states: readonly BatchState[] = []) =>
      (await listBatches(test.database, { query, states, limit: 50, offset: 0 })).batches.map(({ name }) => name);
    expect(await find('malmö')).toEqual(['Malmö autumn']);
    expect((await find('contoso')).length).toBeGreaterThan(3);
    expect(await find('a person', ['needs-human'])).toEqual(['Malmö autumn']);
    expect(await find('nowhere')).toEqual([]);
    expect(await find('%')).toEqual([]);
  });
});
