import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { createFaults } from '../emulators/faults.ts';
import { createJournal } from '../emulators/journal.ts';
import { createLoginEmulator } from '../emulators/login.ts';
import { type Activity, type Playground, startTeams, type Teams } from '../emulators/teams/index.ts';
import { cardAttachment, startBotStub } from '../emulators/teams/tests/bot-stub.ts';
import { ANNA, BO, BOT_APP_ID, CONTOSO_TENANT_ID, NILS, PARTNER_TENANT_ID, ROBIN } from '../emulators/world.ts';
import { openPlayground, type PlaygroundClient } from './client.ts';
import { playgroundConfig } from './config.ts';
import { type PlaygroundProcess, startPlayground } from './process.ts';

type Login = Awaited<ReturnType<typeof createLoginEmulator>>;

let login: Login;
let bot: Awaited<ReturnType<typeof startBotStub>>;
let teams: Teams;
let customer: Seat;
let partner: Seat;
const folders: string[] = [];

type Seat = Readonly<{ attached: Playground; process: PlaygroundProcess; client: PlaygroundClient }>;
type Someone = Readonly<{ id: string; name: string; upn: string }>;

beforeAll(async () => {
  login = await createLoginEmulator({ journal: createJournal(), faults: createFaults() });
  await login.listen();
  bot = await startBotStub(() => botToken());
  teams = await startTeams({
    botUrl: bot.url,
    appId: BOT_APP_ID,
    signChannelToken: (serviceUrl) => login.channelToken({ serviceUrl, appId: BOT_APP_ID }),
    verifyBotToken: async (authorization) => (await login.verifyBotToken(authorization)).ok,
  });
  [customer, partner] = await Promise.all([
    seat('customer', CONTOSO_TENANT_ID, ANNA, BO),
    seat('partner', PARTNER_TENANT_ID, ROBIN, NILS),
  ]);
});

afterAll(async () => {
  for (const { client, process } of [customer, partner]) {
    client.close();
    await process.close();
  }
  await Promise.all([teams.close(), bot.close(), login.close()]);
  await Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true })));
});

async function seat(name: string, tenantId: string, me: Someone, other: Someone): Promise<Seat> {
  const port = await freePort();
  const attached = teams.attachPlayground({
    name,
    playgroundUrl: `http://127.0.0.1:${port}`,
    tenantId,
    locale: 'sv-SE',
  });
  const folder = await mkdtemp(join(tmpdir(), `playground-${name}-`));
  folders.push(folder);
  const person = ({ id, ...rest }: Someone) => ({ userId: id, ...rest });
  const config = playgroundConfig({
    appId: BOT_APP_ID,
    botName: 'Tarmac',
    tenantId,
    me: person(me),
    others: [person(other)],
  });
  const process = await startPlayground({ port, botEndpoint: attached.endpoint(), config, folder });
  return { attached, process, client: await openPlayground(process.url) };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

/** The bot signs in as the real one does. */
async function botToken(): Promise<string> {
  const form = {
    grant_type: 'client_credentials',
    client_id: BOT_APP_ID,
    client_secret: 'emulated-bot-secret',
    scope: 'https://api.botframework.com/.default',
  };
  const url = `${login.origin()}/${PARTNER_TENANT_ID}/oauth2/v2.0/token`;
  const answer = await fetch(url, { method: 'POST', body: new URLSearchParams(form) });
  return z.object({ access_token: z.string() }).parse(await answer.json()).access_token;
}

/** The newest activity the bot heard that fits; the Playground answers before the bot has heard. */
function heard(fits: (activity: Activity) => boolean) {
  return vi.waitFor(() => {
    const found = bot.heard.findLast(({ activity }) => fits(activity));
    if (!found) throw new Error('the bot did not hear it');
    return found;
  }, 20_000);
}

const heardText = (text: string) => heard((activity) => activity.text === text);

describe('a Playground behind the gateway', () => {
  it("tells the bot of an installation and a message in Teams' shape, signed for the service URL", async () => {
    await customer.client.install();
    await customer.client.say('hello');
    const { activity, authorization } = await heardText('hello');
    expect(activity).toMatchObject({
      type: 'message',
      text: 'hello',
      channelId: 'msteams',
      serviceUrl: teams.serviceUrl(CONTOSO_TENANT_ID),
      locale: 'sv-SE',
      localTimezone: 'Europe/Stockholm',
      from: { id: customer.client.userId, aadObjectId: ANNA.id },
      conversation: { id: customer.client.personalChatId, conversationType: 'personal', tenantId: CONTOSO_TENANT_ID },
      channelData: { tenant: { id: CONTOSO_TENANT_ID } },
      entities: [{ type: 'clientInfo', locale: 'sv-SE', country: 'SE', timezone: 'Europe/Stockholm' }],
    });
    const claims = JSON.parse(Buffer.from(authorization?.split('.')[1] ?? '', 'base64url').toString('utf8'));
    expect(claims).toMatchObject({ aud: BOT_APP_ID, serviceurl: activity.serviceUrl });
    expect(JSON.stringify(bot.heard.map((heard) => heard.activity))).not.toContain('_connector');
  });

  it('shows cards, their updates, and the card a press answers with', async () => {
    await customer.client.say('card');
    const { activity } = await heardText('card');
    const card = {
      body: [{ type: 'Input.Text', id: 'reason' }],
      actions: [{ type: 'Action.Execute', title: 'Go', verb: 'go', data: { a: 1 } }],
    };
    const { status, body } = await bot.reply(activity, { attachments: [cardAttachment(card)] });
    expect(status).toBe(201);
    const first = await customer.client.nextMessage('"verb":"go"');
    bot.onActivity(async ({ activity: { type } }) =>
      type === 'invoke'
        ? {
            status: 200,
            body: {
              statusCode: 200,
              type: 'application/vnd.microsoft.card.adaptive',
              value: cardAttachment({ speak: 'done' }).content,
            },
          }
        : undefined,
    );
    await customer.client.press(first, 'Go', { reason: 'because' });
    expect((await heard(({ type }) => type === 'invoke')).activity.value).toMatchObject({
      action: { verb: 'go', data: { a: 1, reason: 'because' } },
    });
    expect(await customer.client.nextMessage('done')).toMatchObject({ id: body.id, revision: 1 });
    const path = `/${encodeURIComponent(customer.client.personalChatId)}/activities/${body.id}`;
    await bot.call(activity.serviceUrl ?? '', 'PUT', path, {
      type: 'message',
      attachments: [cardAttachment({ speak: 'closed' })],
    });
    expect(await customer.client.nextMessage('closed')).toMatchObject({ id: body.id, revision: 2 });
  });

  it('turns a deletion into a message that says so, once', async () => {
    await customer.client.say('delete');
    const { activity } = await heardText('delete');
    const { body } = await bot.reply(activity, { text: 'soon gone' });
    const path = `/${encodeURIComponent(customer.client.personalChatId)}/activities/${body.id}`;
    expect((await bot.call(activity.serviceUrl ?? '', 'DELETE', path)).status).toBe(200);
    expect(await customer.client.nextMessage('deleted')).toMatchObject({ id: body.id });
    expect((await bot.call(activity.serviceUrl ?? '', 'DELETE', path)).status).toBe(404);
  });

  it('keeps two tenants apart and lets the bot write first only to who has the app', async () => {
    const create = (tenantId: string, id: string) =>
      bot.call(teams.serviceUrl(tenantId), 'POST', '', { isGroup: false, members: [{ id }], tenantId });
    const opened = await create(PARTNER_TENANT_ID, partner.client.userId);
    expect(opened).toMatchObject({ status: 201, body: { id: partner.client.personalChatId } });
    expect((await create(CONTOSO_TENANT_ID, partner.client.userId)).status).toBe(403);
    const path = `/${encodeURIComponent(partner.client.personalChatId)}/activities`;
    await bot.call(teams.serviceUrl(PARTNER_TENANT_ID), 'POST', path, { type: 'message', text: 'for Robin' });
    await partner.client.nextMessage('for Robin');
    expect(customer.client.messages.map(({ text }) => text)).not.toContain('for Robin');
  });

  it("holds the bot to Teams' limits, which the Playground does not", async () => {
    await partner.client.say('limits');
    const { activity } = await heardText('limits');
    expect((await bot.reply(activity, { text: 'x'.repeat(51_200) })).status).toBe(413);
    expect((await bot.reply(activity, { attachments: [cardAttachment({ version: '9.9' })] })).status).toBe(400);
    const split = await bot.reply(activity, { text: 'both', attachments: [cardAttachment({})] });
    expect([split.status, split.body]).toEqual([201, {}]);
    const bare = await fetch(`${activity.serviceUrl}v3/conversations/x/members`);
    expect(bare.status).toBe(401);
  });

  it('names the person in the personal chat', async () => {
    const path = `/${encodeURIComponent(partner.client.personalChatId)}/members`;
    const { body } = await bot.call(teams.serviceUrl(PARTNER_TENANT_ID), 'GET', path);
    expect(body).toMatchObject([{ userPrincipalName: ROBIN.upn, objectId: ROBIN.id, tenantId: PARTNER_TENANT_ID }]);
  });

  it('takes a file from the attach page to the bot', async () => {
    const page = await (await fetch(`${teams.origin}/attach?chat=partner`)).text();
    expect(page).toContain('<label for="file">');
    const form = new FormData();
    form.set('file', new Blob(['1234567890123']), 'list.csv');
    const answer = await fetch(`${teams.origin}/attach?chat=partner`, { method: 'POST', body: form });
    expect(await answer.text()).toContain('Sent list.csv');
    const { activity, authorization } = await heard(({ attachments }) => attachments?.[0]?.name === 'list.csv');
    expect(authorization).toMatch(/^Bearer /);
    expect(activity).toMatchObject({
      from: { id: partner.client.userId, aadObjectId: ROBIN.id },
      conversation: { id: partner.client.personalChatId, conversationType: 'personal', tenantId: PARTNER_TENANT_ID },
      attachments: [{ contentType: 'application/vnd.microsoft.teams.file.download.info', name: 'list.csv' }],
    });
    const [file] = activity.attachments ?? [];
    const { downloadUrl } = (file?.content ?? {}) as { downloadUrl: string };
    expect(await (await fetch(downloadUrl)).text()).toBe('1234567890123');
    expect((await fetch(`${teams.origin}/attach?chat=nobody`)).status).toBe(404);
  });

  it('does not start on another port than asked for', async () => {
    const port = Number(new URL(customer.process.url).port);
    const folder = await mkdtemp(join(tmpdir(), 'playground-taken-'));
    folders.push(folder);
    const me = { userId: ANNA.id, name: ANNA.name, upn: ANNA.upn };
    const people = { appId: BOT_APP_ID, botName: 'Tarmac', tenantId: CONTOSO_TENANT_ID, me, others: [] };
    const start = startPlayground({ port, botEndpoint: bot.url, config: playgroundConfig(people), folder });
    await expect(start).rejects.toMatchObject({ cause: { message: `port ${port} is taken` } });
  });
});
