import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createWebhookVerifier, type WebhookVerdict } from '../../../services/partner-center/webhook/verifier.ts';
import { verifyRelationshipLink } from '../../../services/relationships/link.ts';
import { partnerCenterContract } from '../../contracts/partner-center.contract.ts';
import { customerOf, openEmulated, tenantOf } from './emulated.ts';
import { failureOf } from './partner-center-fixtures.ts';

partnerCenterContract('the adapter before the emulator', async () => {
  const { emulators, partnerCenter: ports } = await openEmulated();
  const customerId = customerOf(emulators, 0).tenantId;
  return {
    ports,
    customerId,
    strangerId: customerOf(emulators, 1).tenantId,
    accept: () => void emulators.partnerCenter.accept(customerId),
    settle: () => emulators.partnerCenter.advance(3_600_000),
    close: () => emulators.close(),
  };
});

describe('the adapter before an emulator that misbehaves', () => {
  let opened: Awaited<ReturnType<typeof openEmulated>>;
  let customerId: ReturnType<typeof tenantOf>;

  beforeAll(async () => {
    opened = await openEmulated(400);
    customerId = customerOf(opened.emulators, 0).tenantId;
    opened.emulators.partnerCenter.accept(customerId);
  });
  afterAll(() => opened.emulators.close());
  beforeEach(() => opened.emulators.faults.clear());

  const upload = (pkid = '3301234567100') => ({
    customerId,
    batchName: `B-${randomUUID().slice(0, 8)}`,
    requestId: randomUUID(),
    correlationId: randomUUID(),
    devices: [{ pkid }],
  });
  const fault = (effect: Parameters<typeof opened.emulators.faults.add>[0]['effect'], times = 1) =>
    opened.emulators.faults.add({ service: 'partner-center', method: 'POST', times, effect });

  it('accepts only links that the emulator made for this partner', async () => {
    const { partnerCenter, emulators } = opened;
    const { partner, distributor } = emulators.world;
    const partnerTenantId = tenantOf(partner.tenantId);
    const expected = { consentOrigins: [emulators.urls.partnerCenter], partnerTenantId };
    const direct = await partnerCenter.requestLink('direct');
    expect(verifyRelationshipLink(direct, { ...expected, route: 'direct' })).toBe(direct);
    const both = await partnerCenter.requestLink('through-distributor');
    const indirectProviderTenantId = tenantOf(distributor.tenantId);
    const route = {
      route: 'through-distributor',
      resellerPartnerId: partner.partnerId,
      indirectProviderTenantId,
    } as const;
    expect(verifyRelationshipLink(both, { ...expected, ...route })).toBe(both);
  });

  it.each([
    ['ambiguous', { kind: 'reset' }],
    ['ambiguous', { kind: 'resetAfterEffect' }],
    ['ambiguous', { kind: 'stall', acts: true }],
    ['ambiguous', { kind: 'garbage' }],
    ['ambiguous', { kind: 'status', status: 503 }],
    ['ambiguous', { kind: 'status', status: 408 }],
    ['refused', { kind: 'status', status: 400, body: { code: '3000' } }],
    ['throttled', { kind: 'status', status: 429, headers: { 'retry-after': '3' } }],
  ] as const)('says %s after %j, and is right to repeat with the same ids', async (kind, effect) => {
    const sent = upload(`33012${String(Math.floor(Math.random() * 1e6)).padStart(6, '0')}00`);
    fault(effect);
    expect((await opened.partnerCenter.createBatch(sent)).kind).toBe(kind);
    expect((await opened.partnerCenter.createBatch(sent)).kind).toBe('accepted');
    const { creations } = opened.emulators.partnerCenter.state().counters;
    expect(creations[`${customerId}/${sent.batchName.toLowerCase()}`]).toBe(1);
  });

  it('gets over one refused token, and over a token that was signed with a key nobody knows any more', async () => {
    fault({ kind: 'status', status: 401 });
    expect((await opened.partnerCenter.createBatch(upload())).kind).toBe('accepted');
    await opened.emulators.login.rollKeys({ forgetOld: true });
    expect((await opened.partnerCenter.createBatch(upload())).kind).toBe('accepted');
    expect((await opened.partnerCenter.customer(customerId))?.isReseller).toBe(true);
  });

  it('says that the sign-in is over when it lacks MFA, expired, or must be repeated with MFA', async () => {
    const { login } = opened.emulators;
    const reasonNow = async (): Promise<unknown> => {
      opened.userToken.drop(await opened.userToken.get().catch(() => ''));
      return (await failureOf(opened.partnerCenter.createBatch(upload()))).details.reason;
    };
    login.settings.refresh = 'expired';
    expect(await reasonNow()).toBe('expired');
    login.settings.refresh = 'mfa-required';
    expect(await reasonNow()).toBe('mfa');
    login.settings.refresh = 'works';
    login.settings.withoutMfa = true;
    expect(await reasonNow()).toBe('mfa');
    login.settings.withoutMfa = false;
    await opened.userToken.adopt(opened.emulators.world.partnerCenterApp.refreshToken); // a new consent, with MFA
    expect((await opened.partnerCenter.createBatch(upload())).kind).toBe('accepted');
  });

  it('reads what other spellings, marks and orders say', async () => {
    const { behaviour, advance } = opened.emulators.partnerCenter;
    const before = structuredClone(behaviour);
    const changes = { byteOrderMark: true, countField: 'deviceCount', workingDeviceStatus: 'in-progress' } as const;
    const batchList = { pageSize: 2, shuffled: true, changedCase: true };
    Object.assign(behaviour, { ...changes, batchList, unknownCustomer: 'forbidden' });
    const sent = upload('3301234568808');
    expect((await opened.partnerCenter.createBatch(sent)).kind).toBe('accepted');
    advance(60_000);
    const batches = await opened.partnerCenter.batches(customerId);
    expect(batches).toContainEqual(expect.objectContaining({ name: sent.batchName.toUpperCase(), deviceCount: 1 }));
    expect(batches.length).toBeGreaterThan(2);
    expect(await opened.partnerCenter.customer(customerOf(opened.emulators, 1).tenantId)).toBeUndefined();
    Object.assign(behaviour, before);
  });

  it('takes an upload without a usable Location for doubtful', async () => {
    const { behaviour } = opened.emulators.partnerCenter;
    for (const location of ['none', 'unusable'] as const) {
      behaviour.location = location;
      expect((await opened.partnerCenter.createBatch(upload())).kind).toBe('ambiguous');
    }
    behaviour.location = 'relative';
  });

  it('manages profiles, removes devices, reads the audit', async () => {
    const { partnerCenter, emulators } = opened;
    const ids = () => ({ requestId: randomUUID(), correlationId: randomUUID() });
    const policy = await partnerCenter.createProfile(customerId, { name: 'Quiet', settings: ['skip_eula'] }, ids());
    const renamed = { name: 'Quieter', settings: ['skip_eula', 'skip_express_settings'] } as const;
    await partnerCenter.updateProfile(customerId, policy.id, renamed, ids());
    expect(await partnerCenter.profiles(customerId)).toMatchObject([{ id: policy.id, name: 'Quieter' }]);
    const sent = upload('3301234567200');
    await partnerCenter.createBatch(sent);
    emulators.partnerCenter.advance(60_000);
    const [device] = await partnerCenter.batchDevices(customerId, sent.batchName);
    const deviceId = device?.deviceId ?? '';
    expect((await partnerCenter.applyProfile(customerId, policy.id, [deviceId], ids())).kind).toBe('accepted');
    emulators.partnerCenter.advance(60_000);
    expect((await partnerCenter.profiles(customerId))[0]?.deviceCount).toBe(1);
    expect(await partnerCenter.deleteDevice(customerId, sent.batchName, deviceId, ids())).toBe('deleted');
    expect(await partnerCenter.deleteDevice(customerId, sent.batchName, deviceId, ids())).toBe('not-found');
    expect(await partnerCenter.deleteProfile(customerId, policy.id, ids())).toBe('deleted');
    const day = new Date(emulators.partnerCenter.now());
    const operations: unknown[] = [];
    for await (const record of partnerCenter.auditRecords({ from: day, to: day, customerId })) {
      operations.push(record.operationType);
    }
    expect(operations).toEqual(expect.arrayContaining(['device_deleted', 'policy_created', 'policy_deleted']));
  });

  it('keeps every secret out of the log', async () => {
    const { partnerCenterApp } = opened.emulators.world;
    const words = opened.log.lines.join('\n');
    const [stored] = [...opened.secrets.rows.values()];
    for (const secret of [partnerCenterApp.secret, partnerCenterApp.refreshToken, stored?.value, 'eyJ']) {
      expect(words).not.toContain(secret);
    }
  });
});

describe('events of the emulator', () => {
  it('are believed when they are signed well, and only then', async () => {
    const { emulators, partnerCenter } = await openEmulated();
    const verifier = createWebhookVerifier({
      certificateHosts: [],
      allowLoopback: true,
      trust: { caPem: await emulators.partnerCenter.rootPem() },
      partnerCenterUrl: emulators.urls.partnerCenter,
      now: () => new Date(),
      cacheMs: 60_000,
    });
    const verdicts: WebhookVerdict[] = [];
    const receiver = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      verdicts.push(await verifier.verify({ headers: request.headers, rawBody: Buffer.concat(chunks) }));
      response.end();
    });
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
    const events = ['reseller-relationship-accepted-by-customer', 'test-created'];
    const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
    const ids = { requestId: randomUUID(), correlationId: randomUUID() };

    expect(await partnerCenter.webhook()).toBeUndefined();
    await partnerCenter.createWebhook({ url: `${url}/old`, events: ['test-created'] }, ids);
    const taken = await failureOf(partnerCenter.createWebhook({ url, events }, ids));
    expect(taken).toMatchObject({ code: 'partner-center-refused', details: { status: 409 } });
    await partnerCenter.updateWebhook({ url, events }, ids);
    expect(await partnerCenter.webhook()).toEqual({ url, events });
    expect(await partnerCenter.webhookEvents()).toEqual(expect.arrayContaining(events));

    const { tenantId } = customerOf(emulators, 0);
    const bad = ['other-ca', 'expired-leaf', 'wrong-issuer', 'wrong-body', 'garbage', 'absent'] as const;
    for (const webhookSignature of ['good', ...bad] as const) {
      emulators.partnerCenter.behaviour.webhookSignature = webhookSignature;
      emulators.partnerCenter.accept(tenantId);
      await emulators.partnerCenter.eventsIdle();
      emulators.partnerCenter.endRelationship(tenantId);
    }
    await new Promise((resolve) => receiver.close(resolve));
    await emulators.close();
    const [good, ...others] = verdicts;
    expect(good).toMatchObject({ kind: 'event', event: { name: events[0], customerId: tenantId } });
    expect(others.map((verdict) => (verdict.kind === 'refused' ? verdict.reason : verdict.kind))).toEqual([
      'certificate-untrusted',
      'certificate-untrusted',
      'certificate-untrusted',
      'signature',
      'headers',
      'headers',
    ]);
  });
});
