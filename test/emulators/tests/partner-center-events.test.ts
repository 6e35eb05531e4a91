import { verify as verifyBytes, X509Certificate } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CONTOSO, FABRIKAM } from '../world.ts';
import { startTestWorld } from './world.ts';

type Heard = { headers: Record<string, string | string[] | undefined>; body: string };

const ACCEPTED = 'reseller-relationship-accepted-by-customer';

let world: Awaited<ReturnType<typeof startTestWorld>>;
let receiver: Server;
let url: string;
let heard: Heard[] = [];
let refusals = 0;

beforeAll(async () => {
  world = await startTestWorld();
  receiver = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(Buffer.from(chunk));
    heard.push({ headers: request.headers, body: Buffer.concat(chunks).toString('utf8') });
    response.statusCode = heard.length <= refusals ? 503 : 200;
    response.end();
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
  world.partnerCenter.behaviour.webhookRetryMs = 1;
  await register('POST');
});
afterAll(async () => {
  receiver.close();
  await world.close();
});
beforeEach(() => {
  heard = [];
  refusals = 0;
  world.partnerCenter.behaviour.webhookSignature = 'good';
  world.partnerCenter.endRelationship(CONTOSO.tenantId);
  world.partnerCenter.endRelationship(FABRIKAM.tenantId);
});

describe('the registration', () => {
  it('exists once: a second POST is refused, PUT changes it', async () => {
    expect((await register('POST')).status).toBe(409);
    expect((await register('PUT')).status).toBe(200);
    expect((await world.ask('/webhooks/v1/registration')).json().WebhookUrl).toBe(url);
  });

  it('can be for any event that is listed', async () => {
    expect((await world.ask('/webhooks/v1/registration/events')).json()).toContain(ACCEPTED);
  });

  it('can be tested twice a minute, and remembers the result', async () => {
    const reply = await world.ask('/webhooks/v1/registration/validationEvents', { method: 'POST' });
    const { correlationId } = reply.json();
    await world.partnerCenter.eventsIdle();
    const result = (await world.ask(`/webhooks/v1/registration/validationEvents/${correlationId}`)).json();
    expect([result.status, result.results[0].responseCode]).toEqual(['completed', '200']);
    expect(JSON.parse(heard[0]?.body ?? '{}').EventName).toBe('test-created');
    await world.ask('/webhooks/v1/registration/validationEvents', { method: 'POST' });
    const third = await world.ask('/webhooks/v1/registration/validationEvents', { method: 'POST' });
    expect(third.status).toBe(429);
    await world.partnerCenter.eventsIdle();
  });
});

describe('an acceptance', () => {
  it('is told in PascalCase, with the customer at the end of the resource', async () => {
    world.partnerCenter.accept(CONTOSO.tenantId);
    await world.partnerCenter.eventsIdle();
    const event = JSON.parse(heard[0]?.body ?? '{}');
    expect(event).toMatchObject({ EventName: ACCEPTED, ResourceName: 'Customer' });
    expect(event.ResourceUri).toBe(`${world.urls.partnerCenter}/v1/customers/${CONTOSO.tenantId}`);
    expect((await world.ask(new URL(event.AuditUri).pathname)).json().customerId).toBe(CONTOSO.tenantId);
  });

  it('is told once, whoever accepts again', async () => {
    expect(world.partnerCenter.accept(CONTOSO.tenantId)).toBe(true);
    expect(world.partnerCenter.accept(CONTOSO.tenantId)).toBe(false);
    await world.partnerCenter.eventsIdle();
    expect(heard).toHaveLength(1);
  });

  it('is told again until the receiver takes it', async () => {
    refusals = 3;
    world.partnerCenter.accept(CONTOSO.tenantId);
    await world.partnerCenter.eventsIdle();
    expect(heard).toHaveLength(4);
    expect(world.partnerCenter.state().offlineQueue).toEqual([]);
  });

  it('goes to the offline queue after ten attempts', async () => {
    refusals = 99;
    world.partnerCenter.accept(FABRIKAM.tenantId);
    await world.partnerCenter.eventsIdle();
    expect(heard).toHaveLength(10);
    expect(world.partnerCenter.state().offlineQueue).toEqual([{ event: ACCEPTED, customerId: FABRIKAM.tenantId }]);
  });
});

describe('the signature', () => {
  it('verifies with a certificate of the root that was handed out', async () => {
    expect(await judged()).toEqual({ signed: true, trusted: true, inTime: true, organisation: true });
  });

  it.each([
    ['other-ca', { signed: true, trusted: false, inTime: true, organisation: true }],
    ['expired-leaf', { signed: true, trusted: false, inTime: false, organisation: true }],
    ['wrong-issuer', { signed: true, trusted: false, inTime: true, organisation: false }],
    ['wrong-body', { signed: false, trusted: true, inTime: true, organisation: true }],
    ['garbage', { signed: false, trusted: true, inTime: true, organisation: true }],
  ] as const)('fails as told: %s', async (kind, expected) => {
    world.partnerCenter.behaviour.webhookSignature = kind;
    expect(await judged()).toEqual(expected);
  });

  it('moves to its own header where the registration says so', async () => {
    await register('PUT', { signatureTokenToMsSignatureHeader: true });
    world.partnerCenter.accept(CONTOSO.tenantId);
    await world.partnerCenter.eventsIdle();
    expect(heard[0]?.headers['x-ms-signature']).toBeTruthy();
    expect(heard[0]?.headers.authorization).toBeUndefined();
    await register('PUT');
  });
});

function register(method: string, more: object = {}) {
  const body = { WebhookUrl: url, WebhookEvents: [ACCEPTED, 'test-created'], ...more };
  return world.ask('/webhooks/v1/registration', { method, body });
}

/** Verifies as a receiver would, with Node's own X.509 code rather than the one that made the certificates. */
async function judged() {
  world.partnerCenter.accept(CONTOSO.tenantId);
  await world.partnerCenter.eventsIdle();
  const { headers, body } = heard[0] ?? { headers: {}, body: '' };
  const pem = await (await fetch(String(headers['x-ms-certificate-url']))).text();
  const leaf = new X509Certificate(pem);
  const root = new X509Certificate(await world.partnerCenter.rootPem());
  const signature = Buffer.from(String(headers.authorization).replace('Signature ', ''), 'base64');
  return {
    signed: verifyBytes('sha256', Buffer.from(body), leaf.publicKey, signature),
    trusted: leaf.checkIssued(root) && leaf.verify(root.publicKey),
    inTime: Date.parse(leaf.validFrom) < Date.now() && Date.now() < Date.parse(leaf.validTo),
    organisation: leaf.issuer.split('\n').includes('O=Microsoft Corporation'),
  };
}
