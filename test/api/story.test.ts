import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { entriesOf } from '../../services/audit/audit.ts';
import type { TenantId } from '../../services/identity.ts';
import { startEventReceiver } from '../emulators/event-receiver.ts';
import type { Client } from '../emulators/teams/index.ts';
import { ANNA, CONTOSO_TENANT_ID, NILS, ROBIN, SAM } from '../emulators/world.ts';
import { openStage, type Stage } from '../whole/stage.ts';
import { type ApiCaller, openCaller } from './caller.ts';

let stage: Stage;
let api: ApiCaller;
let anna: Client;
let robin: Client;
let tickets: Awaited<ReturnType<typeof startEventReceiver>>;

const SECRET = `whsec_${randomBytes(32).toString('base64')}`;

beforeAll(async () => {
  tickets = await startEventReceiver(SECRET);
  tickets.script.push(503); // the first event has to come twice
  stage = await openStage({
    settings: { API_ENABLED: 'true', WEBHOOK_OUT_URL: tickets.url, WEBHOOK_OUT_SECRET: SECRET },
  });
  stage.partnerCenter.behaviour.timing = { queuedMs: 300, processingMs: 300 };
  api = await openCaller(stage);
  anna = stage.person(ANNA, { tenantId: CONTOSO_TENANT_ID });
  await anna.install();
});

afterAll(async () => {
  await stage?.close();
  await tickets?.close();
});

const wish = { customer: 'contoso.example', approvers: [ANNA.upn], note: 'As agreed on the phone' };
const idOf = (body: unknown): string => (body as { id: string }).id;

describe('the whole job by HTTP', () => {
  let requestId: string;
  let batchId: string;
  let digest: string;

  it('says who one is', async () => {
    expect(await api.get(ROBIN, '/me')).toMatchObject({
      body: { kind: 'person', name: 'Robin Reyes', roles: ['rep'] },
    });
    expect(await api.get(NILS, '/me')).toMatchObject({ body: { kind: 'person', roles: [] } });
    const app = await api.raw('GET', '/me', await api.appToken(['Tarmac.Read']));
    expect(app.body).toEqual({ kind: 'application', roles: [] });
  });

  it('checks a request without sending it', async () => {
    const checked = await api.post(ROBIN, '/requests/check', {
      ...wish,
      approvers: [ANNA.upn, 'farah@fabrikam.example'],
    });
    expect(checked).toMatchObject({
      status: 200,
      body: { foreignApprovers: ['farah@fabrikam.example'], link: expect.stringContaining('DAP=false') },
    });
    expect(await api.get(ROBIN, '/requests')).toMatchObject({ body: { items: [] } });
  });

  it('refuses in words, and keeps its word', async () => {
    const nobody = await api.post(ROBIN, '/requests', { ...wish, customer: 'nowhere.example' });
    expect(nobody).toMatchObject({ status: 422, body: { code: 'customer-not-found' } });
    const swedish = await api.post(
      ROBIN,
      '/requests',
      { ...wish, customer: 'nowhere.example' },
      { headers: { 'accept-language': 'sv-SE,en;q=0.5' } },
    );
    expect(swedish.body).not.toEqual(nobody.body);
  });

  it('sends a request, which the approver answers in Teams', async () => {
    const sent = await api.post(ROBIN, '/requests', wish);
    expect(sent).toMatchObject({ status: 201, body: { state: 'sent', approvers: [{ signInName: ANNA.upn }] } });
    requestId = idOf(sent.body);
    expect(JSON.stringify(sent.body)).not.toContain('reference');
    const card = await anna.nextMessage({ matching: 'relationship.approve' });
    await anna.press(card, 'relationship.approve');
    expect(await api.get(SAM, `/requests/${requestId}`)).toMatchObject({
      body: { state: 'approved', decision: { decision: 'approve', by: { name: 'Anna Andersson' } } },
    });
  });

  it('refuses devices until Partner Center shows the relationship', async () => {
    const early = await api.post(ROBIN, '/batches', { customerTenantId: CONTOSO_TENANT_ID });
    expect(early).toMatchObject({ status: 409, body: { code: 'relationship-not-active' } });
    stage.partnerCenter.accept(CONTOSO_TENANT_ID);
    await anna.nextMessage({ matching: /is active/ });
    expect(await api.get(ROBIN, `/requests/${requestId}`)).toMatchObject({ body: { state: 'active' } });
    expect(await api.get(ROBIN, '/customers?query=cont&activeOnly=true')).toMatchObject({
      body: { items: [{ isReseller: true, name: 'Contoso' }] },
    });
  });

  it('takes lists as text, as devices and as files, by the same reader', async () => {
    const opened = await api.post(ROBIN, '/batches', { customerTenantId: CONTOSO_TENANT_ID });
    expect(opened).toMatchObject({
      status: 201,
      body: { state: 'draft', draft: { problems: 0 }, devices: { total: 0 } },
    });
    batchId = idOf(opened.body);
    const text = await api.post(ROBIN, `/batches/${batchId}/lists`, { text: '3300000000011\n330000000003' });
    expect(text.body).toMatchObject({ understood: 1, problems: 1, batch: { devices: { total: 1 } } });
    const devices = [
      { pkid: '3300000000028' },
      { serial: 'SN-1', manufacturer: 'Fabrikam "Oy", Ltd', model: '=A1' },
      { serial: 'SN-2', manufacturer: 'Lenovo', model: '20XW' },
    ];
    const one = await api.post(ROBIN, `/batches/${batchId}/lists`, { devices, name: 'ticket 4711' });
    expect(one.body).toMatchObject({ understood: 3, problems: 0 });
    const csv = 'Device Serial Number,Windows Product ID,Hardware Hash\n,3300000000812,\n';
    const file = await api.post(ROBIN, `/batches/${batchId}/lists?name=list.csv`, undefined, {
      file: Buffer.from(csv),
      type: 'text/csv',
    });
    expect(file.body).toMatchObject({ understood: 1, batch: { devices: { total: 5 } } });
  });

  it('shows the lines that were not taken, and every device', async () => {
    const problems = await api.get(ROBIN, `/batches/${batchId}/problems`);
    expect(problems.body).toMatchObject({ items: [{ kind: 'wrong_length', row: 2 }] });
    const first = await api.get(ROBIN, `/batches/${batchId}/devices?limit=4`);
    expect(first.body).toMatchObject({
      next: 4,
      items: [
        { pkid: '3300000000011' },
        {},
        { manufacturer: 'Fabrikam "Oy", Ltd', model: '=A1', source: 'ticket 4711' },
        {},
      ],
    });
    const rest = await api.get(ROBIN, `/batches/${batchId}/devices?limit=4&offset=4`);
    expect(rest.body).toMatchObject({ items: [{ source: 'list.csv' }] });
    expect(rest.body).not.toHaveProperty('next');
  });

  it('hides a list from everybody but the rep who puts it together', async () => {
    for (const path of [`/batches/${batchId}`, `/batches/${batchId}/devices`, `/batches/${batchId}/problems`]) {
      expect(await api.get(SAM, path)).toMatchObject({ status: 404, body: { code: 'batch-not-found' } });
      expect((await api.raw('GET', path, await api.appToken(['Tarmac.Read']))).status).toBe(404);
    }
    for (const [verb, body] of [
      ['lists', { text: '3300000000035' }],
      ['confirm', { digest: '' }],
      ['cancel', {}],
      ['doubtful', { answer: 'take', digest: '' }],
    ] as const)
      expect(await api.post(SAM, `/batches/${batchId}/${verb}`, body)).toMatchObject({ status: 404 });
  });

  it('takes doubtful devices only after a yes', async () => {
    const seen = await api.get(ROBIN, `/batches/${batchId}`);
    const { draft } = seen.body as { draft: { digest: string; doubtful: number } };
    expect(draft.doubtful).toBe(1);
    const refused = await api.post(ROBIN, `/batches/${batchId}/confirm`, { digest: draft.digest });
    expect(refused).toMatchObject({ status: 409, body: { code: 'doubtful-devices' } });
    const doubtful = await api.get(ROBIN, `/batches/${batchId}/devices`);
    expect(doubtful.body).toMatchObject({ items: [{}, {}, {}, { doubt: { kind: 'case_sensitive_value' } }, {}] });
    const drop = { answer: 'drop', positions: [3] };
    const stale = await api.post(ROBIN, `/batches/${batchId}/doubtful`, { ...drop, digest: 'of another list' });
    expect(stale).toMatchObject({ status: 409, body: { code: 'list-changed' } });
    const settled = await api.post(ROBIN, `/batches/${batchId}/doubtful`, { ...drop, digest: draft.digest });
    expect(settled.body).toMatchObject({ draft: { doubtful: 0 }, devices: { total: 4 } });
  });

  it('sends the list that was looked at, and no other', async () => {
    const seen = await api.get(ROBIN, `/batches/${batchId}`);
    digest = (seen.body as { draft: { digest: string } }).draft.digest;
    await api.post(ROBIN, `/batches/${batchId}/lists`, { text: '3300000000035' });
    const late = await api.post(ROBIN, `/batches/${batchId}/confirm`, { digest, name: 'Order 4711' });
    expect(late).toMatchObject({ status: 409, body: { code: 'list-changed' } });
    const again = await api.get(ROBIN, `/batches/${batchId}`);
    digest = (again.body as { draft: { digest: string } }).draft.digest;
    const sent = await api.post(ROBIN, `/batches/${batchId}/confirm`, { digest, name: 'Order 4711' });
    expect(sent).toMatchObject({ status: 200, body: { state: 'sending', name: 'Order 4711' } });
    expect(sent.body).not.toHaveProperty('draft');
  });

  it('tells the outcome of every device in words, to colleagues and applications too', async () => {
    const read = async () => (await api.raw('GET', `/batches/${batchId}`, await api.appToken(['Tarmac.Read']))).body;
    await expect
      .poll(read, { timeout: 20_000 })
      .toMatchObject({ state: 'done-with-errors', devices: { registered: 4, failed: 1 } });
    const devices = await api.get(SAM, `/batches/${batchId}/devices?order=failures-first`);
    expect(devices.body).toMatchObject({
      items: [
        { pkid: '3300000000812', error: { cause: expect.stringContaining('Microsoft knows no device') } },
        {},
        {},
        {},
        {},
      ],
    });
    expect(await api.get(SAM, '/batches')).toMatchObject({ body: { items: [{ id: batchId }] } });
  });

  it('tells a ticket system of all of it, signed, until it is taken, and names no device', async () => {
    const types = () => new Set(tickets.events.map(({ type }) => type));
    await expect
      .poll(types, { timeout: 20_000 })
      .toEqual(new Set(['request.approved', 'relationship.active', 'batch.finished']));
    const approvals = () => tickets.events.filter(({ type }) => type === 'request.approved');
    await expect.poll(() => approvals().length, { timeout: 30_000 }).toBe(2); // refused once, so sent again after a pause
    const approved = approvals();
    expect(new Set(approved.map(({ id }) => id)).size).toBe(1);
    expect(tickets.events.find(({ type }) => type === 'batch.finished')?.data).toMatchObject({
      ...{ batchId, customerTenantId: CONTOSO_TENANT_ID, name: 'Order 4711', state: 'done-with-errors' },
      devices: { total: 5, registered: 4, failed: 1 },
    });
    expect(JSON.stringify(tickets.events)).not.toMatch(/33000000|SN-1|Anna|Robin/);
    expect(tickets.refused).toEqual([]);
  });

  it('gives a batch the customer’s default profile unless another or none is chosen', async () => {
    robin = stage.person(ROBIN, stage.world.partner);
    await robin.install();
    tickets.script.push(410); // the ticket system wants the next event no more
    await robin.say('profiles contoso');
    const list = await robin.nextMessage({ matching: 'profile.new' });
    const shown = () => robin.messages.find(({ id }) => id === list.id) ?? list;
    await robin.press(list, 'profile.new');
    await robin.press(shown(), 'profile.save', { name: 'Quiet', settings: '' });
    await robin.press(shown(), 'profile.default');
    const send = async (pkid: string, chosen: object) => {
      const id = idOf((await api.post(ROBIN, '/batches', { customerTenantId: CONTOSO_TENANT_ID })).body);
      const { body } = await api.post(ROBIN, `/batches/${id}/lists`, { text: pkid });
      const { digest: seen } = (body as { batch: { draft: { digest: string } } }).batch.draft;
      return api.post(ROBIN, `/batches/${id}/confirm`, { digest: seen, ...chosen });
    };
    expect((await send('3300000000110', {})).body).toMatchObject({ state: 'sending', profile: { name: 'Quiet' } });
    const without = await send('3300000000127', { profile: null });
    expect(without.body).toMatchObject({ state: 'sending' });
    expect(without.body).not.toHaveProperty('profile');
    expect(await send('3300000000134', { profile: 'no such' })).toMatchObject({ body: { code: 'profile-not-found' } });
  });

  it('tells those who look after the ticket system what it will never hear of', async () => {
    const told = await robin.nextMessage({ matching: /1 event for the ticket system was given up/ });
    expect(JSON.stringify(told.cards)).toMatch(/last answered with status 410.*batch\\?\.finished/s);
  });

  it('leaves a trail that says who did it, and that it was by the HTTP API', async () => {
    const robin = { userId: ROBIN.id, name: 'Robin Reyes', via: 'http-api' };
    const chain = await stage.inDatabase((db) => entriesOf(db, CONTOSO_TENANT_ID as TenantId));
    expect(chain.find(({ action }) => action === 'request.sent')).toMatchObject({ actor: robin });
    expect(chain.find(({ action }) => action === 'batch.confirmed')).toMatchObject({ actor: robin });
    expect(chain.find(({ action }) => action === 'request.approved')?.actor).not.toHaveProperty('via');
  });

  it('withdraws a request', async () => {
    const sent = await api.post(ROBIN, '/requests', {
      customer: 'fabrikam.example',
      approvers: ['farah@fabrikam.example'],
    });
    expect(
      await api.post(SAM, '/requests', { customer: 'fabrikam.example', approvers: ['farah@fabrikam.example'] }),
    ).toMatchObject({ status: 409, body: { code: 'request-open-already' } });
    const gone = await api.post(SAM, `/requests/${idOf(sent.body)}/withdraw`, {});
    expect(gone).toMatchObject({ status: 200, body: { state: 'withdrawn' } });
    expect(await api.get(ROBIN, '/requests?limit=1')).toMatchObject({ body: { items: [{}], next: 1 } });
  });
});
