import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { defaultBehaviour } from '../partner-center/behaviour.ts';
import { CONTOSO, FABRIKAM } from '../world.ts';
import { CONTOSO_PATH, startTestWorld } from './world.ts';

let world: Awaited<ReturnType<typeof startTestWorld>>;
let serial = 0;

beforeAll(async () => {
  world = await startTestWorld();
  world.partnerCenter.accept(CONTOSO.tenantId);
  world.partnerCenter.accept(FABRIKAM.tenantId);
});
afterAll(() => world.close());
beforeEach(() => {
  const timing = { queuedMs: 60_000, processingMs: 540_000 };
  Object.assign(world.partnerCenter.behaviour, defaultBehaviour(), { timing });
});

describe('an upload', () => {
  it('is accepted without a body and with a relative place to look', async () => {
    const reply = await create('ORDER-1', [aPkid()]);
    expect([reply.status, reply.text]).toEqual([202, '']);
    expect(reply.headers.get('location')).toMatch(/^\/customers\/[0-9a-f-]{36}\/batchJobStatus\/[0-9a-f-]{36}$/);
  });

  it('is queued, then processing, then finished with an id per device', async () => {
    const place = await placeOf(create('ORDER-2', [aPkid()]));
    expect((await status(place)).status).toBe('queued');
    world.partnerCenter.advance(60_000);
    expect((await status(place)).status).toBe('processing');
    world.partnerCenter.advance(540_000);
    const { status: state, devicesStatus } = await status(place);
    expect([state, devicesStatus[0].status]).toEqual(['finished', 'finished']);
    const listed = (await world.ask(`${CONTOSO_PATH}/deviceBatches/order-2/devices`)).json();
    expect(listed.items[0].id).toBe(devicesStatus[0].deviceId);
  });

  it('finishes although devices failed, and says which', async () => {
    const good = aPkid();
    const sent = ['9990000000812', '9990000000808', '9990000000806', '12345', good, good];
    const place = await placeOf(create('ORDER-3', sent));
    world.finishJobs();
    const { status: state, devicesStatus } = await status(place);
    expect(state).toBe('finished');
    expect(devicesStatus.map((one: { errorDescription?: string }) => one.errorDescription)).toEqual([
      'ZtdDeviceNotFound',
      'ZtdDeviceAssignedToOtherTenant',
      'ZtdDeviceAlreadyAssigned',
      'MissingZtdSerialNumberAndProductKey',
      undefined,
      'ZtdDeviceDuplicated',
    ]);
  });

  it('fails devices that a tenant holds already: 806 in its own, 808 in another', async () => {
    const pkid = aPkid();
    await create('ORDER-4', [pkid]);
    world.finishJobs();
    const again = await placeOf(create('ORDER-4b', [pkid]));
    const elsewhere = await placeOf(create('ORDER-4c', [pkid], { customer: FABRIKAM.tenantId }));
    world.finishJobs();
    expect((await status(again)).devicesStatus[0].errorCode).toBe('806');
    expect((await status(elsewhere)).devicesStatus[0].errorCode).toBe('808');
  });

  it('may be added to an existing batch as a bare array, app-only too', async () => {
    await create('ORDER 5', [aPkid()]);
    const path = `${CONTOSO_PATH}/deviceBatches/${encodeURIComponent('order 5')}/devices`;
    const reply = await world.ask(path, { body: [{ ProductKey: aPkid() }], token: world.appToken });
    expect(reply.status).toBe(202);
    expect(
      (await world.ask(`${CONTOSO_PATH}/deviceBatches/nope/devices`, { body: [{ productKey: aPkid() }] })).status,
    ).toBe(404);
  });

  it('is refused app-only, without a relationship, and beyond 1,000 devices', async () => {
    const body = { batchId: 'ORDER-6', devices: [{ productKey: aPkid() }] };
    expect((await world.ask(`${CONTOSO_PATH}/deviceBatches`, { body, token: world.appToken })).json().code).toBe(
      '900329',
    );
    expect((await world.ask(`/v1/customers/${randomUUID()}/deviceBatches`, { body })).json().code).toBe('20002');
    const many = Array.from({ length: 1001 }, aPkid);
    expect((await create('ORDER-6', many)).status).toBe(400);
  });

  it('is refused on a status read for an unknown tracking id', async () => {
    expect((await world.ask(`${CONTOSO_PATH}/batchJobStatus/${randomUUID()}`)).status).toBe(404);
  });
});

describe('devices of a batch', () => {
  it('come in pages of 100', async () => {
    await create('ORDER-7', Array.from({ length: 150 }, aPkid));
    world.finishJobs();
    const path = `${CONTOSO_PATH}/deviceBatches/ORDER-7/devices`;
    const first = (await world.ask(path)).json();
    const headers = { 'MS-ContinuationToken': first.continuationToken };
    const second = (await world.ask(path, { headers })).json();
    expect([first.items.length, second.items.length, second.totalCount]).toEqual([100, 50, 150]);
  });

  it('can be deleted, and registered again afterwards', async () => {
    const pkid = aPkid();
    await create('ORDER-8', [pkid]);
    world.finishJobs();
    const path = `${CONTOSO_PATH}/deviceBatches/ORDER-8/devices`;
    const { id } = (await world.ask(path)).json().items[0];
    expect((await world.ask(`${path}/${id}`, { method: 'DELETE' })).status).toBe(204);
    const place = await placeOf(create('ORDER-8b', [pkid]));
    world.finishJobs();
    expect((await status(place)).devicesStatus[0].status).toBe('finished');
  });
});

describe('behaviours that exactly-once uploads must survive', () => {
  it('(a) repeats the answer of a repeated request id without a second job', async () => {
    const headers = { 'MS-RequestId': randomUUID() };
    const first = await create('A-1', [aPkid()], { headers });
    const second = await create('A-1', [aPkid()], { headers });
    expect(second.headers.get('location')).toBe(first.headers.get('location'));
    const { creations, uploads } = world.partnerCenter.state().counters;
    expect(creations[`${CONTOSO.tenantId}/a-1`]).toBe(1);
    expect(uploads[headers['MS-RequestId']]).toBe(1);
  });

  it.each([
    ['conflict', 409],
    ['bad-request', 400],
    ['accept', 202],
  ] as const)('(b, c, d) answers a second batch of the same name with %s', async (duplicateBatch, expected) => {
    Object.assign(world.partnerCenter.behaviour, { duplicateBatch, sameRequestId: 'ignore' });
    const pkid = aPkid();
    const headers = { 'MS-RequestId': randomUUID() };
    await create(`B-${expected}`, [pkid], { headers });
    const second = await create(`b-${expected}`, [pkid], { headers });
    expect(second.status).toBe(expected);
    if (expected !== 202) return;
    world.finishJobs();
    expect((await status(second.headers.get('location') ?? '')).devicesStatus[0].errorCode).toBe('806');
    expect(world.partnerCenter.state().counters.uploads[headers['MS-RequestId']]).toBe(2);
  });

  it('(e) lists a batch late', async () => {
    world.partnerCenter.behaviour.listLagMs = 1_800_000;
    await create('E-1', [aPkid()]);
    expect(await listedIds()).not.toContain('E-1');
    world.partnerCenter.advance(1_800_000);
    expect(await listedIds()).toContain('E-1');
  });

  it('(f) lists in pages, unordered, in other letter case', async () => {
    await create('f-1', [aPkid()]);
    await create('f-2', [aPkid()]);
    const inOrder = await listedIds();
    world.partnerCenter.behaviour.batchList = { pageSize: 3, shuffled: true, changedCase: true };
    const ids = await listedIds();
    expect(ids).toContain('F-2');
    expect(ids).not.toEqual(inOrder.map((id) => id.toUpperCase()));
    expect([...ids].sort()).toEqual(inOrder.map((id) => id.toUpperCase()).sort());
  });

  it('(g) accepts without saying where to look', async () => {
    world.partnerCenter.behaviour.location = 'none';
    const reply = await create('G-1', [aPkid()]);
    expect([reply.status, reply.headers.get('location')]).toEqual([202, null]);
  });

  it('(h) falls back from finished to processing for a while', async () => {
    world.partnerCenter.behaviour.statusRegressions = 2;
    const place = await placeOf(create('H-1', [aPkid()]));
    world.finishJobs();
    const states = [];
    for (let read = 0; read < 4; read++) states.push((await status(place)).status);
    expect(states).toEqual(['finished', 'processing', 'processing', 'finished']);
  });

  it('(i) shows a batch that is still empty', async () => {
    world.partnerCenter.behaviour.emptyForMs = 60_000 * 60 * 3;
    await create('I-1', [aPkid()]);
    world.finishJobs();
    expect((await world.ask(`${CONTOSO_PATH}/deviceBatches/I-1/devices`)).json().items).toEqual([]);
    const batch = (await batches()).find(({ id }) => id === 'I-1');
    expect(batch).toMatchObject({ devicesCount: 0, status: 'finished' });
    world.partnerCenter.advance(60_000 * 60 * 3);
    expect((await batches()).find(({ id }) => id === 'I-1')).toMatchObject({ devicesCount: 1 });
  });
});

describe('quirks seen in the field', () => {
  it('judges a device as the table says, before any other rule', async () => {
    const pkid = aPkid();
    world.partnerCenter.behaviour.verdicts = { [pkid]: '814' };
    const place = await placeOf(create('Q-0', [pkid]));
    world.finishJobs();
    expect((await status(place)).devicesStatus[0].errorDescription).toBe('ZtdDeviceAlreadyAadRegistered');
  });

  it('reports an unknown state, forgets tracking ids, or names a place that is none', async () => {
    const { behaviour } = world.partnerCenter;
    const place = await placeOf(create('Q-2', [aPkid()]));
    behaviour.reportStatus = 'unknown';
    expect((await status(place)).status).toBe('unknown');
    behaviour.forgetsTrackingIds = true;
    expect((await world.ask(`/v1${place}`)).status).toBe(404);
    behaviour.location = 'unusable';
    expect(await placeOf(create('Q-2b', [aPkid()]))).toBe('/');
  });

  it('gives number 806 with the name of another tenant', async () => {
    world.partnerCenter.behaviour.otherTenantAs806 = true;
    const place = await placeOf(create('Q-1', ['9990000001808']));
    world.finishJobs();
    expect((await status(place)).devicesStatus[0]).toMatchObject({
      errorCode: '806',
      errorDescription: 'ZtdDeviceAssignedToOtherTenant',
    });
  });

  it('starts answers with a byte-order mark and calls the count otherwise', async () => {
    Object.assign(world.partnerCenter.behaviour, { byteOrderMark: true, countField: 'deviceCount' });
    const answer = await fetch(`${world.urls.partnerCenter}${CONTOSO_PATH}/deviceBatches`, {
      headers: { authorization: `Bearer ${world.userToken}` },
    });
    const bytes = new Uint8Array(await answer.arrayBuffer());
    expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    expect(new TextDecoder().decode(bytes)).toContain('"deviceCount"');
  });

  it('shows devices in progress, and results in another order, doubled or with one missing', async () => {
    const { behaviour } = world.partnerCenter;
    behaviour.workingDeviceStatus = 'in-progress';
    const place = await placeOf(create('Q-3', Array.from({ length: 8 }, aPkid)));
    world.partnerCenter.advance(60_000);
    expect((await status(place)).devicesStatus[0].status).toBe('in-progress');
    world.finishJobs();
    const keys = async () => (await status(place)).devicesStatus.map((one: { productKey: string }) => one.productKey);
    const asSent = await keys();
    behaviour.results = 'shuffled';
    expect(await keys()).not.toEqual(asSent);
    expect((await keys()).sort()).toEqual(asSent);
    behaviour.results = 'doubled';
    expect(await keys()).toHaveLength(16);
    behaviour.results = 'first-missing';
    expect(await keys()).toEqual(asSent.slice(1));
  });
});

describe('policies', () => {
  const policy = { name: 'Kiosk', category: 'o_o_b_e', policySettings: ['skip_eula'] };

  it('can be made, changed, assigned and removed', async () => {
    const base = `${CONTOSO_PATH}/policies`;
    const made = await world.ask(base, { body: policy });
    const { id } = made.json();
    expect(made.status).toBe(200);
    const changed = await world.ask(`${base}/${id}`, { method: 'PUT', body: { ...policy, name: 'Desk' } });
    expect(changed.json()).toMatchObject({ id, name: 'Desk' });
    await create('P-1', [aPkid()]);
    world.finishJobs();
    const device = (await world.ask(`${CONTOSO_PATH}/deviceBatches/P-1/devices`)).json().items[0];
    const body = { devices: [{ id: device.id, policies: [{ key: 'o_o_b_e', value: id }] }] };
    const place = await placeOf(world.ask(`${CONTOSO_PATH}/DevicePolicyUpdates`, { method: 'PATCH', body }));
    world.finishJobs();
    expect((await status(place)).devicesStatus[0].status).toBe('finished');
    expect((await world.ask(`${base}/${id}`)).json().devicesAssigned).toBe(1);
    expect((await world.ask(`${base}/${id}`, { method: 'DELETE' })).status).toBe(204);
    expect((await world.ask(base)).json().items).toEqual([]);
  });
});

/** A PKID nobody used yet, with an ending that registers. */
function aPkid(): string {
  serial += 1;
  return `33${String(serial).padStart(8, '0')}001`;
}

function create(
  batchId: string,
  pkids: readonly string[],
  { customer = CONTOSO.tenantId, headers = {} }: { customer?: string; headers?: Record<string, string> } = {},
) {
  const devices = pkids.map((productKey) => ({ productKey }));
  return world.ask(`/v1/customers/${customer}/deviceBatches`, { body: { batchId, devices }, headers });
}

async function placeOf(reply: ReturnType<typeof create>): Promise<string> {
  return (await reply).headers.get('location') ?? '';
}

async function status(place: string) {
  return (await world.ask(`/v1${place}`)).json();
}

async function batches(): Promise<{ id: string }[]> {
  const items = [];
  let token: string | undefined;
  do {
    const headers: Record<string, string> = token ? { 'MS-ContinuationToken': token } : {};
    const page = (await world.ask(`${CONTOSO_PATH}/deviceBatches`, { headers })).json();
    items.push(...page.items);
    token = page.continuationToken;
  } while (token);
  return items;
}

async function listedIds(): Promise<string[]> {
  return (await batches()).map(({ id }) => id);
}
