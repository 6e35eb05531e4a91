import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { VERBS, type Verb } from '../../cards/verbs.ts';
import { COMMANDS } from '../../dialogs/commands.ts';
import { quietLog } from '../contracts/test-databases.ts';
import { ACTOR_NAMES, ACTORS, type Actor, type ActorName, CONTOSO, PLACES } from './cast.ts';
import { type Answer, type House, openHouse, PROFILE_ID } from './house.ts';
import { DRAFT, REFERENCE, SECRET_PKID, SENT_BATCH, setScene } from './scene.ts';

const REPS: readonly ActorName[] = ['the rep who asked', 'another rep'];
const APPROVERS: readonly ActorName[] = ['the approver, known by object id', 'an approver, named but never seen'];
const OUTSIDERS = ACTOR_NAMES.filter((name) => !REPS.includes(name));
const ANNA = ACTORS['the approver, known by object id'];

/** What only reps know: none of it may stand in any answer to anybody else. */
const SECRETS = [
  'Standard',
  SECRET_PKID,
  REFERENCE,
  'Contoso Logistics',
  'contoso.example',
  'Order ',
  'Sam Sato',
  DRAFT,
  SENT_BATCH,
];

/** Administrators examine the installation from their own chat, without being reps. */
const mayExamine = (name: ActorName, place: string, what: string) =>
  what.startsWith('doctor') && place === 'personal' && name === 'an administrator who is no rep';

let house: House;

beforeAll(async () => {
  house = await openHouse(quietLog);
});
beforeEach(() => setScene(house, 'sent'));
afterAll(() => house?.close());

describe('people without a role', () => {
  const forReps = VERBS.filter((verb) => verb !== 'help.show' && !/^(?:relationship|signIn|settings)\./.test(verb));

  it.each(forReps)('get one sentence and no effect from %s', async (verb) => {
    const before = await house.digest();
    for (const name of OUTSIDERS) {
      if (verb === 'request.open' && APPROVERS.includes(name)) continue;
      for (const place of PLACES) {
        if (mayExamine(name, place, verb)) continue;
        const answer = await house.press(ACTORS[name], place, verb, dataFor(verb));
        expect(leaks(answer), `${name} in ${place}`).toEqual([]);
        expect(sentences(answer), `${name} in ${place}`).toHaveLength(1);
        expect(answer.cards).toEqual([]);
      }
    }
    expect(await house.digest()).toBe(before);
    expect(house.outside.state.asked).toBe(0);
  });

  it.each(COMMANDS)('learn nothing by typing "%s"', async (command) => {
    const before = await house.digest();
    for (const name of OUTSIDERS) {
      for (const place of PLACES) {
        if (place === 'personal' && APPROVERS.includes(name)) continue;
        if (mayExamine(name, place, command)) continue;
        const answer = await house.hear(ACTORS[name], place, { type: 'message', text: `${command} contoso.example` });
        expect(leaks(answer, ACTORS[name]), `${name} in ${place}`).toEqual([]);
        expect(answer.texts.length + answer.cards.length).toBe(1);
      }
    }
    expect(await house.digest()).toBe(before);
  });
});

describe('invokes that look something up', () => {
  const LOOKUPS = [
    ['application/search', { queryText: '', dataset: 'customers.all' }],
    ['composeExtension/query', { commandId: 'customers' }],
    ['composeExtension/query', { commandId: 'batches' }],
    ['composeExtension/query', { commandId: 'devices', parameters: [{ name: 'query', value: SECRET_PKID }] }],
  ] as const;

  it.each(LOOKUPS)('find nothing for anybody but reps, and change nothing: %s %j', async (name, value) => {
    const before = await house.digest();
    for (const actor of ACTOR_NAMES) {
      for (const place of PLACES) {
        const answer = await house.hear(ACTORS[actor], place, { type: 'invoke', name, value });
        const found = /Contoso Logistics|Order /.test(JSON.stringify(answer.body));
        expect(found, `${actor} in ${place}`).toBe(REPS.includes(actor));
        expect([...answer.cards, ...answer.texts]).toEqual([]);
        if (!found) expect(leaks(answer)).toEqual([]);
      }
    }
    expect(await house.digest()).toBe(before);
  });
});

describe('the message action', () => {
  const messagePayload = { body: { contentType: 'text', content: '3300000000035' } };
  const call = { commandId: 'registerMessage', messagePayload };
  const data = { draftId: DRAFT, customerId: CONTOSO };

  it.each([
    ['composeExtension/fetchTask', call],
    ['composeExtension/submitAction', { ...call, data }],
    ['composeExtension/submitAction', { ...call, data: { ...data, draftId: ANNA.userId } }],
  ])('tells people without a role one sentence and does nothing: %s', async (name, value) => {
    const before = await house.digest();
    for (const actor of OUTSIDERS) {
      for (const place of PLACES) {
        const answer = await house.hear(ACTORS[actor], place, { type: 'invoke', name, value });
        expect(answer, `${actor} in ${place}`).toMatchObject({
          cards: [],
          texts: [],
          body: { task: { type: 'message' } },
        });
        expect(leaks(answer)).toEqual([]);
      }
    }
    expect(await house.digest()).toBe(before);
    expect(house.outside.state.asked).toBe(0);
  });
});

describe('a card that asks by itself to be drawn again', () => {
  const ask = (actor: ActorName, place: (typeof PLACES)[number], verb: Verb) => {
    const action = { type: 'Action.Execute', verb, data: dataFor(verb) };
    const value = { action, trigger: 'automatic' };
    return house.hear(ACTORS[actor], place, { type: 'invoke', name: 'adaptiveCard/action', value });
  };

  it.each(VERBS)('changes nothing, says nothing, and shows it only to whom it may be shown: %s', async (verb) => {
    const before = await house.digest();
    for (const actor of ACTOR_NAMES) {
      for (const place of PLACES) {
        const answer = await ask(actor, place, verb);
        expect([...answer.cards, ...answer.texts], `${actor} in ${place}`).toEqual([]);
        const isShown = JSON.stringify(answer.body).includes('AdaptiveCard');
        const mayRep = REPS.includes(actor) && (verb === 'request.open' || verb === 'batch.page');
        const mayApprover = APPROVERS.includes(actor) && place === 'personal' && verb === 'request.open';
        expect(isShown, `${actor} in ${place}`).toBe(mayRep || mayApprover);
        if (!isShown) expect(answer.body).toMatchObject({ type: 'application/vnd.microsoft.error' });
      }
    }
    expect(await house.digest()).toBe(before);
    expect(house.outside.state.asked).toBe(0);
  });

  it('is not answered more often than a person can look', async () => {
    const answers = [];
    for (let time = 0; time < 40; time++) answers.push(await ask('another rep', 'personal', 'request.open'));
    const shown = answers.filter(({ body }) => JSON.stringify(body).includes('AdaptiveCard'));
    expect(shown.length).toBeLessThanOrEqual(30);
  });
});

describe('approvers', () => {
  it.each(APPROVERS)('are shown what waits for them in their own chat only: %s', async (name) => {
    for (const place of PLACES) {
      const { cards } = await house.hear(ACTORS[name], place, { type: 'message', text: 'what is this?' });
      expect(JSON.stringify(cards).includes(REFERENCE)).toBe(place === 'personal');
    }
  });
});

describe('the road to a decision', () => {
  const approval = { action: { type: 'Action.Execute', verb: 'relationship.approve', data: { reference: REFERENCE } } };
  const submitted = { verb: 'relationship.approve', reference: REFERENCE };

  it.each([
    ['a button', { type: 'invoke', name: 'adaptiveCard/action', value: approval }],
    ['a button of an older client', { type: 'message', value: submitted }],
  ])('is %s', async (_what, activity) => {
    await house.hear(ANNA, 'personal', activity);
    expect(await stateOfRequest()).toBe('approved');
  });

  it.each([
    'message',
    'messageReaction',
    'messageUpdate',
    'messageDelete',
    'conversationUpdate',
    'installationUpdate',
    'contactRelationUpdate',
    'event',
    'typing',
    'endOfConversation',
    'handoff',
    'command',
    'commandResult',
    'trace',
    'suggestion',
    'deleteUserData',
    'delay',
    'invokeResponse',
  ])('is not an activity "%s" that carries the same payload', async (type) => {
    await house.hear(ANNA, 'personal', { type, value: approval, text: `approve ${REFERENCE}` });
    expect(await stateOfRequest()).toBe('sent');
  });

  it.each([
    'task/fetch',
    'task/submit',
    'composeExtension/query',
    'composeExtension/submitAction',
    'composeExtension/onCardButtonClicked',
    'composeExtension/queryLink',
    'actionableMessage/executeAction',
    'fileConsent/invoke',
    'signin/verifyState',
    'signin/tokenExchange',
    'tab/submit',
    'application/search',
    'config/submit',
    'message/submitAction',
    'handoff/action',
    'adaptiveCard/Action',
    '',
  ])('is not an invoke named "%s"', async (name) => {
    for (const value of [approval, submitted, { data: submitted, ...submitted }]) {
      await house.hear(ANNA, 'personal', { type: 'invoke', name, value });
    }
    expect(await stateOfRequest()).toBe('sent');
  });

  it.each([
    { action: { ...approval.action, type: 'Action.Submit' } },
    { action: { ...approval.action, verb: 'relationship.Approve' } },
    { action: { ...approval.action, verb: 'relationship.approve ' } },
    { action: { ...approval.action, verb: ['relationship.approve'] } },
    { action: { ...approval.action, verb: '__proto__' } },
    { action: { ...approval.action, verb: 'constructor' } },
    { action: { ...approval.action, verb: undefined }, verb: 'relationship.approve' },
    { action: { ...approval.action, data: REFERENCE } },
    { action: { ...approval.action, data: [REFERENCE] } },
    { action: { ...approval.action, data: { reference: [REFERENCE] } } },
    { action: { ...approval.action, data: { reference: { toString: REFERENCE } } } },
    { action: { ...approval.action, data: { reference: `${REFERENCE} ` } } },
    { action: { ...approval.action, data: { reference: REFERENCE.toUpperCase() } } },
    { action: { ...approval.action, data: { reference: REFERENCE.slice(0, -1) } } },
    { action: { ...approval.action, data: { reference: '%' } } },
    { action: { ...approval.action, data: { reference: "' or '1'='1" } } },
    { action: { ...approval.action, data: { Reference: REFERENCE } } },
    { action: { ...approval.action, data: { requestId: 'c1c1c1c1-0000-4000-8000-000000000001' } } },
    { action: { ...approval.action, data: { data: { reference: REFERENCE } } } },
    { action: { ...approval.action, data: null } },
    { ...approval.action },
    [approval],
    JSON.stringify(approval),
    null,
    {},
  ])('is not a payload like %j', async (value) => {
    await house.hear(ANNA, 'personal', { type: 'invoke', name: 'adaptiveCard/action', value });
    expect(await stateOfRequest()).toBe('sent');
  });

  it('believes nothing that stands beside the reference', async () => {
    const sam = ACTORS['another rep'];
    const data = {
      reference: REFERENCE,
      decision: 'decline',
      state: 'active',
      by: { tenantId: sam.tenantId, userId: sam.userId, name: sam.name },
      tenantId: sam.tenantId,
      userId: sam.userId,
      at: '2020-01-01T00:00:00Z',
      link: 'https://evil.example/',
      approvers: [],
    };
    await house.press(ANNA, 'personal', 'relationship.approve', data);
    const [request] = await house.db.query('select state, decision, link from requests');
    expect(request).toMatchObject({
      state: 'approved',
      decision: { decision: 'approve', by: { userId: ANNA.userId } },
    });
    expect(JSON.stringify(request)).not.toMatch(/evil|2020|Sam/);
  });
});

async function stateOfRequest(): Promise<unknown> {
  return (await house.db.query('select state from requests'))[0]?.state;
}

function dataFor(verb: Verb): Record<string, unknown> {
  if (verb === 'request.start' || verb === 'register.start' || verb === 'register.customer')
    return { customerId: CONTOSO };
  if (verb === 'batch.file') return { batchId: SENT_BATCH, format: 'xlsx' };
  if (verb.endsWith('-profile')) return { batchId: SENT_BATCH, applicationId: PROFILE_ID, profile: PROFILE_ID };
  if (verb.startsWith('profile'))
    return { customerId: CONTOSO, profileId: PROFILE_ID, changeId: PROFILE_ID, name: 'Kiosk', page: 1 };
  const batch = { batchId: verb.startsWith('register.') ? DRAFT : SENT_BATCH, version: 1 };
  const draft = { draftId: 'd1', customer: 'contoso.example', approvers: 'anna@contoso.example' };
  return { ...batch, ...draft, reference: REFERENCE, page: 1, batchName: 'Order 4711' };
}

/** What somebody is told of themselves is no leak: the account they use stands in the help. */
function leaks(answer: Answer, reader?: Actor): string[] {
  const text = JSON.stringify(answer).replaceAll(reader?.signInName ?? '\0', '');
  return SECRETS.filter((secret) => text.includes(secret));
}

function sentences({ texts, body }: Answer): unknown[] {
  const value = (body as { value?: unknown } | undefined)?.value;
  return [...texts, ...(typeof value === 'string' ? [value] : [])];
}
