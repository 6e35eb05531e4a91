import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startTeams, type Teams, utf16Bytes } from '../index.ts';
import { cardAttachment, startBotStub } from './bot-stub.ts';

const TENANT = 'c0000000-0000-4000-8000-000000000001';
const ANNA = {
  tenantId: TENANT,
  userId: 'a2000000-0000-4000-8000-000000000001',
  name: 'Anna Andersson',
  upn: 'anna@contoso.example',
};
const BO = {
  tenantId: TENANT,
  userId: 'a2000000-0000-4000-8000-000000000002',
  name: 'Bo Berg',
  upn: 'bo@contoso.example',
};
const APPROVE = { type: 'Action.Execute', title: 'Approve', verb: 'approve', data: { reference: 'r1' } };
const QUESTION = { body: [{ type: 'ActionSet', actions: [APPROVE] }] };

let bot: Awaited<ReturnType<typeof startBotStub>>;
let teams: Teams;
let clock = Date.parse('2026-11-20T10:00:00.123Z');

beforeEach(async () => {
  bot = await startBotStub();
  teams = await startTeams({
    botUrl: bot.url,
    appId: 'b0000000-0000-4000-8000-000000000001',
    signChannelToken: async (serviceUrl) => `for ${serviceUrl}`,
    verifyBotToken: async (authorization) => authorization === 'Bearer bot-token',
    now: () => clock,
  });
});

afterEach(async () => {
  await teams.close();
  await bot.close();
});

async function installed(who = ANNA) {
  const person = teams.person(who);
  await person.install();
  const [{ activity } = { activity: undefined }] = bot.heard.slice(-1);
  if (!activity) throw new Error('the bot heard nothing');
  return { person, activity };
}

describe('what the bot hears', () => {
  it('gets a message in the shape Teams sends, with a token for exactly its service URL', async () => {
    const { person } = await installed();
    await person.say('hello', { html: '<p>hello</p>' });
    const { activity, authorization } = bot.heard.at(-1) ?? {};
    expect(authorization).toBe(`Bearer for ${activity?.serviceUrl}`);
    expect(activity).toMatchObject({
      type: 'message',
      text: 'hello',
      textFormat: 'plain',
      channelId: 'msteams',
      serviceUrl: `${teams.origin}/amer/${TENANT}/`,
      locale: 'en-US',
      localTimestamp: '2026-11-20T11:00:00.123+01:00',
      from: { id: expect.stringMatching(/^29:1/), name: 'Anna Andersson', aadObjectId: ANNA.userId },
      recipient: { id: 'b0000000-0000-4000-8000-000000000001'.replace(/^/, '28:') },
      conversation: { id: expect.stringMatching(/^a:1/), conversationType: 'personal', tenantId: TENANT },
      channelData: { tenant: { id: TENANT } },
      entities: [{ type: 'clientInfo', locale: 'en-US', country: 'US', timezone: 'Europe/Stockholm' }],
      attachments: [{ contentType: 'text/html', content: '<p>hello</p>' }],
    });
  });

  it('hears of an installation twice, as conversationUpdate and installationUpdate', async () => {
    await installed();
    expect(bot.heard.map(({ activity }) => activity.type)).toEqual(['conversationUpdate', 'installationUpdate']);
    expect(bot.heard[1]?.activity).toMatchObject({ action: 'add', from: { aadObjectId: ANNA.userId } });
    expect(bot.heard.map(({ activity }) => activity.from?.name)).toEqual([undefined, undefined]);
  });

  it('gives every activity an id of its own and redelivers under the old one', async () => {
    const { person } = await installed();
    await person.say('one');
    const { activity } = await person.say('two');
    await teams.redeliver(activity.id ?? '');
    const ids = bot.heard.map((heard) => heard.activity.id);
    expect(ids.at(-1)).toBe(ids.at(-2));
    expect(new Set(ids).size).toBe(4);
  });

  it('downloads an attached file without a token, until the link expires', async () => {
    const { person } = await installed();
    await person.attach('list.csv', Buffer.from('a,b'));
    const file = bot.heard.at(-1)?.activity.attachments?.[0];
    expect(file).toMatchObject({ contentType: 'application/vnd.microsoft.teams.file.download.info', name: 'list.csv' });
    const { downloadUrl } = (file?.content ?? {}) as { downloadUrl: string };
    expect(await (await fetch(downloadUrl)).text()).toBe('a,b');
    if (file) teams.expireFile(file);
    expect((await fetch(downloadUrl)).status).toBe(404);
  });

  it('lets nobody do what Teams would not deliver', async () => {
    const { person } = await installed();
    const group = teams.groupChat({ name: 'Rollout', tenantId: TENANT, members: [person] });
    await expect(group.as(person).say('unheard')).rejects.toThrow('mention');
    await expect(group.as(person).attach('list.csv', Buffer.from('a'))).rejects.toThrow('personal');
    await expect(teams.person(BO).say('too early')).rejects.toThrow('not installed');
  });

  it('redelivers under a new id when told to', async () => {
    const { person } = await installed();
    const { activity } = await person.say('one');
    const again = await teams.redeliver(activity.id ?? '', { newId: true });
    expect(again.activity).toEqual({ ...activity, id: expect.stringMatching(/^f:/) });
  });

  it('carries a mention and the thread in a channel', async () => {
    const { person } = await installed();
    const channel = teams.teamChannel({ name: 'Devices', tenantId: TENANT, members: [person] });
    const { activity } = await channel.mention(person, 'help', { thread: '17' });
    expect(activity).toMatchObject({
      text: '<at>Tarmac</at> help',
      conversation: { conversationType: 'channel', isGroup: true, id: `${channel.conversationId};messageid=17` },
      channelData: { channel: { id: channel.conversationId }, team: { name: 'Devices' } },
      entities: [{ type: 'clientInfo' }, { type: 'mention', mentioned: { id: teams.botId } }],
    });
  });

  it('says that the app cannot be reached when the bot takes too long', async () => {
    const slow = await startTeams({
      botUrl: bot.url,
      appId: 'b',
      signChannelToken: async () => 't',
      verifyBotToken: async () => true,
      limits: { answerMs: 20 },
    });
    bot.onActivity(() => new Promise((resolve) => setTimeout(resolve, 200, undefined)));
    const anna = slow.person(ANNA);
    await anna.install();
    expect(await anna.say('hello')).toMatchObject({ status: 504 });
    await slow.close();
  });
});

describe('what people see', () => {
  it('shows sent, updated and deleted messages', async () => {
    const { person, activity } = await installed();
    const { body, status } = await bot.reply(activity, { text: 'one' });
    expect(status).toBe(201);
    expect(await person.nextMessage({ matching: 'one' })).toMatchObject({ id: body.id, revision: 0 });
    const path = `/${activity.conversation?.id}/activities/${body.id}`;
    await bot.call(activity.serviceUrl ?? '', 'PUT', path, { type: 'message', text: 'two' });
    expect(await person.nextMessage()).toMatchObject({ id: body.id, text: 'two', revision: 1 });
    await bot.call(activity.serviceUrl ?? '', 'DELETE', path);
    expect(person.messages).toEqual([]);
  });

  it('splits text and attachment into two messages and returns no id', async () => {
    const { person, activity } = await installed();
    const { body } = await bot.reply(activity, { text: 'look', attachments: [cardAttachment(QUESTION)] });
    expect(body).toEqual({});
    expect(person.messages.map(({ text, cards }) => [text, cards.length])).toEqual([
      ['look', 0],
      ['', 1],
    ]);
  });

  it('replaces a card for the person who pressed, until the bot updates the message', async () => {
    const { person, activity } = await installed();
    const { body } = await bot.reply(activity, { attachments: [cardAttachment(QUESTION)] });
    bot.onActivity(async () => ({
      status: 200,
      body: {
        statusCode: 200,
        type: 'application/vnd.microsoft.card.adaptive',
        value: cardAttachment({ speak: 'done' }).content,
      },
    }));
    const outcome = await person.press(await person.nextMessage(), 'Approve');
    expect(outcome).toMatchObject({ kind: 'card', card: { speak: 'done' } });
    expect(person.messages[0]).toMatchObject({ id: body.id, cards: [{ speak: 'done' }], revision: 1 });
    expect(bot.heard.at(-1)?.activity).toMatchObject({
      type: 'invoke',
      name: 'adaptiveCard/action',
      replyToId: body.id,
      value: { trigger: 'manual', action: { type: 'Action.Execute', verb: 'approve', data: { reference: 'r1' } } },
    });
    const path = `/${activity.conversation?.id}/activities/${body.id}`;
    await bot.call(activity.serviceUrl ?? '', 'PUT', path, { type: 'message', text: 'closed' });
    expect(person.messages[0]).toMatchObject({ text: 'closed', cards: [] });
  });

  it('sends inputs with a press, and refuses to send without a required one', async () => {
    const { person, activity } = await installed();
    const form = {
      body: [
        { type: 'Input.Text', id: 'reason', isRequired: true },
        { type: 'Input.Toggle', id: 'sure' },
      ],
      actions: [{ ...APPROVE, title: 'Decline', type: 'Action.Submit' }],
    };
    await bot.reply(activity, { attachments: [cardAttachment(form)] });
    const card = await person.nextMessage();
    await expect(person.press(card, 'Decline')).rejects.toThrow('required');
    await expect(person.press(card, 'Accept')).rejects.toThrow('there are: Decline');
    expect(await person.press(card, 'Decline', { reason: 'no' })).toMatchObject({ kind: 'sent' });
    expect(bot.heard.at(-1)?.activity).toMatchObject({
      type: 'message',
      value: { reference: 'r1', reason: 'no', sure: 'false' },
    });
  });

  it.each([
    [
      { status: 200, body: { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: 'ok' } },
      { kind: 'message', text: 'ok' },
    ],
    [
      { status: 200, body: { statusCode: 400, type: 'application/vnd.microsoft.error', value: { message: 'bad' } } },
      { kind: 'error', text: 'bad' },
    ],
    [{ status: 501 }, { kind: 'error', status: 501 }],
    [
      {
        status: 200,
        body: {
          statusCode: 200,
          type: 'application/vnd.microsoft.card.adaptive',
          value: { type: 'AdaptiveCard', version: '1.6' },
        },
      },
      { kind: 'error' },
    ],
  ])('reads the invoke response %#', async (answer, outcome) => {
    const { person, activity } = await installed();
    await bot.reply(activity, { attachments: [cardAttachment(QUESTION)] });
    bot.onActivity(async () => answer);
    expect(await person.press(await person.nextMessage(), 'approve')).toMatchObject(outcome);
  });

  it('refreshes a card that names the person', async () => {
    const { person, activity } = await installed();
    const refresh = { action: { type: 'Action.Execute', verb: 'show' }, userIds: [activity.from?.id] };
    await bot.reply(activity, { attachments: [cardAttachment({ refresh })] });
    await person.view(await person.nextMessage());
    expect(bot.heard.at(-1)?.activity.value).toMatchObject({ trigger: 'automatic', action: { verb: 'show' } });
  });
});

describe('what the connector refuses', () => {
  it("refuses a call without the bot's token", async () => {
    const { person } = await installed();
    const answer = await fetch(`${teams.serviceUrl(TENANT)}v3/conversations/${person.conversationId}/members`);
    expect(answer.status).toBe(401);
  });

  it.each([
    ['a card of version 1.6', { attachments: [cardAttachment({ version: '1.6' })] }, 400, 'BadSyntax'],
    ['a card without version', { attachments: [cardAttachment({ version: undefined })] }, 400, 'BadSyntax'],
    ['more than 100 KB of UTF-16', { text: 'x'.repeat(51_200) }, 413, 'MessageSizeTooBig'],
  ])('refuses %s', async (_, message, status, code) => {
    const { activity } = await installed();
    expect(await bot.reply(activity, message)).toMatchObject({ status, body: { error: { code } } });
  });

  it('counts two bytes a character and leaves pictures out', () => {
    expect(utf16Bytes('ab')).toBe(8);
    expect(utf16Bytes('data:image/png;base64,AAAA')).toBe(4);
  });

  it('refuses to write where the app is not installed or was blocked', async () => {
    const { person, activity } = await installed();
    person.block();
    const blocked = {
      status: 403,
      body: { error: { code: 'ConversationBlockedByUser', subCode: 'MessageWritesBlocked' } },
    };
    expect(await bot.reply(activity, { text: 'a' })).toMatchObject(blocked);
    person.unblock();
    await person.uninstall();
    const gone = { status: 403, body: { error: { code: 'BotNotInConversationRoster' } } };
    expect(await bot.reply(activity, { text: 'a' })).toMatchObject(gone);
  });

  it("knows no other tenant's conversations, unknown activities and unknown members", async () => {
    const { person, activity } = await installed();
    const other = teams.serviceUrl('c0000000-0000-4000-8000-000000000002');
    const { serviceUrl = '' } = activity;
    expect(await bot.reply({ ...activity, serviceUrl: other }, { text: 'a' })).toMatchObject({ status: 404 });
    const path = `/${person.conversationId}`;
    const put = await bot.call(serviceUrl, 'PUT', `${path}/activities/9`, { type: 'message' });
    expect(put).toMatchObject({ status: 404, body: { error: { code: 'ActivityNotFoundInConversation' } } });
    expect(await bot.call(serviceUrl, 'GET', `${path}/members/nobody`)).toMatchObject({ status: 404 });
  });

  it('lets through 7 sends in a second, 8 in two and says when to come back', async () => {
    const { activity } = await installed();
    for (let count = 1; count <= 7; count++) expect((await bot.reply(activity, { text: 'a' })).status).toBe(201);
    const first = await bot.reply(activity, { text: 'a' });
    expect([first.status, first.headers.get('retry-after')]).toEqual([429, '1']);
    clock += 1000;
    expect((await bot.reply(activity, { text: 'a' })).status).toBe(201);
    expect((await bot.reply(activity, { text: 'a' })).status).toBe(429);
  });

  it('gives the older roster read without pages 5 calls a minute', async () => {
    const { activity, person } = await installed();
    const read = () => bot.call(activity.serviceUrl ?? '', 'GET', `/${person.conversationId}/members`);
    for (let count = 1; count <= 5; count++) expect((await read()).status).toBe(200);
    const sixth = await read();
    expect([sixth.status, sixth.headers.get('retry-after')]).toEqual([429, '60']);
    expect(sixth.headers.get('ms-cv')).toBeTruthy();
  });

  it('lets through 50 calls a second in one tenant', async () => {
    const { activity } = await installed();
    const calls = Array.from({ length: 51 }, () =>
      bot.call(activity.serviceUrl ?? '', 'PUT', '/none/activities/1', {}),
    );
    const statuses = (await Promise.all(calls)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 429)).toHaveLength(1);
  });
});

describe('conversations', () => {
  it('opens the same personal chat each time, without an activity id, and only where installed', async () => {
    const { person, activity } = await installed();
    const { serviceUrl = '' } = activity;
    const create = (member: string) =>
      bot.call(serviceUrl, 'POST', '', { isGroup: false, members: [{ id: member }], tenantId: TENANT });
    const first = await create(person.mri);
    expect(first).toMatchObject({ status: 201, body: { id: person.conversationId } });
    expect(first.body.activityId).toBeUndefined();
    expect((await create(person.mri)).body.id).toBe(first.body.id);
    expect(await create(teams.person(BO).mri)).toMatchObject({ status: 403 });
    expect(await create(`29:${ANNA.userId}`)).toMatchObject({ status: 400 });
    const noTenant = { isGroup: false, members: [{ id: person.mri }] };
    expect(await bot.call(serviceUrl, 'POST', '', noTenant)).toMatchObject({
      status: 400,
      body: { error: { code: 'Bad Argument' } },
    });
  });

  it('starts a channel thread and refuses a group chat', async () => {
    const { person, activity } = await installed();
    const channel = teams.teamChannel({ name: 'Devices', tenantId: TENANT, members: [person] });
    const thread = {
      isGroup: true,
      channelData: { channel: { id: channel.conversationId } },
      activity: { type: 'message', text: 'hi' },
    };
    const { status, body } = await bot.call(activity.serviceUrl ?? '', 'POST', '', thread);
    expect([status, body.id]).toEqual([201, `${channel.conversationId};messageid=${body.activityId}`]);
    expect(channel.as(person).messages).toMatchObject([{ text: 'hi' }]);
    const group = { isGroup: true, members: [{ id: person.mri }, { id: 'x' }], tenantId: TENANT };
    expect(await bot.call(activity.serviceUrl ?? '', 'POST', '', group)).toMatchObject({
      status: 400,
      body: { error: { code: 'BadSyntax' } },
    });
  });

  it('names the members, guests by the name of their host tenant', async () => {
    const { activity, person } = await installed();
    const guest = teams.person({ ...BO, guest: true });
    const group = teams.groupChat({ name: 'Rollout', tenantId: TENANT, members: [person, guest] });
    const { body } = await bot.call(activity.serviceUrl ?? '', 'GET', `/${group.conversationId}/pagedmembers`);
    expect(body.members).toMatchObject([
      { name: 'Anna Andersson', aadObjectId: ANNA.userId, tenantId: TENANT, userRole: 'user' },
      { userPrincipalName: `bo_contoso.example#EXT#@${TENANT}.onmicrosoft.com` },
    ]);
    const one = await bot.call(activity.serviceUrl ?? '', 'GET', `/${group.conversationId}/members/${ANNA.userId}`);
    expect(one.body.name).toBe('Anna Andersson');
  });
});

it('loses an answer after the message was posted, when told to', async () => {
  const { person, activity } = await installed();
  teams.faults.add({ service: 'teams', method: 'POST', path: '*/activities', effect: { kind: 'resetAfterEffect' } });
  await expect(bot.reply(activity, { text: 'kept' })).rejects.toThrow();
  expect(person.messages).toMatchObject([{ text: 'kept' }]);
  expect(teams.journal.find({ service: 'teams' })).toMatchObject([
    { status: 0, effect: expect.stringContaining('resetAfterEffect') },
  ]);
});
