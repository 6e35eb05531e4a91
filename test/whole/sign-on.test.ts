import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLog } from '../../bot/log.ts';
import type { SeenMessage } from '../emulators/teams/person.ts';
import { sendClientToken, signInCardOf } from '../emulators/teams/sign-on.ts';
import { ANNA, BO, CONTOSO_TENANT_ID, FABRIKAM_TENANT_ID, FARAH, ROBIN, ULLA } from '../emulators/world.ts';
import { openStage, type Stage } from './stage.ts';

const contoso = { tenantId: CONTOSO_TENANT_ID };
const CONNECTION = 'tarmac-sso';
const LIMITS = { sends: undefined, tenant: undefined };

describe('single sign-on of approvers', () => {
  let stage: Stage;
  const logged: string[] = [];
  const tokens: string[] = [];

  beforeAll(async () => {
    const log = createLog('debug', {}, { write: (line: string) => void logged.push(line) });
    stage = await openStage({ settings: { OAUTH_CONNECTION_NAME: CONNECTION }, limits: LIMITS, log });
    const robin = stage.person(ROBIN, stage.world.partner);
    await robin.install();
    await robin.say(`request contoso.example ${ANNA.upn} ${BO.upn} ${ULLA.upn}`);
    await robin.press(await robin.nextMessage({ matching: /Check before sending/ }), 'request.send');
  });
  afterAll(() => stage?.close());

  async function asked(who: typeof ANNA) {
    const person = stage.person(who, contoso);
    await person.install();
    return { person, card: await person.nextMessage({ matching: 'relationship.approve' }) };
  }

  async function clientToken(who: typeof ANNA): Promise<string> {
    const token = await stage.login.userTokens.clientToken(who);
    tokens.push(token);
    return token;
  }

  const isSignIn = (message: SeenMessage) => signInCardOf(message) !== undefined;

  it('offers to sign in on the card, and leads to Microsoft’s consent where it is missing', async () => {
    const { person: anna, card } = await asked(ANNA);
    await anna.press(card, 'signIn.start');
    const offer = await anna.nextMessage({ matching: isSignIn });
    expect(signInCardOf(offer)).toMatchObject({
      connectionName: CONNECTION,
      tokenExchangeResource: { uri: `api://botid-${stage.world.botApp.appId}` },
      buttons: [{ title: 'Sign in' }],
    });

    const silent = await sendClientToken(stage.teams, anna, offer, await clientToken(ANNA));
    expect(silent.status).toBe(412); // so Teams shows the button
    const wrong = await stage.teams.invoke(anna, 'signin/verifyState', { state: '999999' });
    expect(wrong.status).toBe(404);
    await anna.nextMessage({ matching: /did not finish/ });

    const code = stage.login.userTokens.signInByHand(ANNA);
    const verified = await stage.teams.invoke(anna, 'signin/verifyState', { state: code });
    expect(verified.status).toBe(200);
    await anna.nextMessage({ matching: /signed in as Anna Andersson, Global Administrator of contoso/ });
    await anna.nextMessage({ matching: /Anna Andersson: Global Administrator of contoso.*read from Microsoft Entra/ });
  });

  it('signs in without a word once consent is given, and says so once however many clients answer', async () => {
    const { person: bo, card } = await asked(BO);
    stage.login.userTokens.consent(BO);
    await bo.press(card, 'signIn.start');
    const offer = await bo.nextMessage({ matching: isSignIn });
    for (const _client of ['desktop', 'phone', 'web']) {
      const { status, body } = await sendClientToken(stage.teams, bo, offer, await clientToken(BO));
      expect(status).toBe(200);
      expect(body).toMatchObject({ connectionName: CONNECTION });
    }
    expect(bo.messages.filter(({ text }) => /signed in as Bo Berg, Billing Administrator/.test(text))).toHaveLength(1);
  });

  it('refuses somebody else’s token, whoever’s client sends it, and forgets it', async () => {
    const { person: ulla, card } = await asked(ULLA);
    await ulla.press(card, 'signIn.start');
    const offer = await ulla.nextMessage({ matching: isSignIn });
    await sendClientToken(stage.teams, ulla, offer, await clientToken(ANNA));
    await ulla.nextMessage({ matching: /another account than the one you use in this chat/ });
    expect(stage.login.userTokens.signedIn()).not.toContain(ulla.mri);
    expect(JSON.stringify(ulla.messages)).not.toContain('Ulla User: Global Administrator');
  });

  it('says plainly that somebody has neither role, and lets them answer all the same', async () => {
    const ulla = stage.person(ULLA, contoso);
    stage.login.userTokens.consent(ULLA);
    await ulla.say('sign in');
    const offer = await ulla.nextMessage({ matching: isSignIn });
    await sendClientToken(stage.teams, ulla, offer, await clientToken(ULLA));
    await ulla.nextMessage({ matching: /neither Global Administrator nor Billing Administrator for you/ });
    await ulla.nextMessage({ matching: /"verb":"relationship.approve"/ });
  });

  it('offers to sign in again when Microsoft no longer takes the token', async () => {
    const bo = stage.person(BO, contoso);
    stage.login.userTokens.spoil(BO);
    await bo.say('Sign in');
    expect(signInCardOf(await bo.nextMessage({ matching: isSignIn }))).toBeDefined();
  });

  it('takes no token for another connection, and none from people who were not asked', async () => {
    const bo = stage.person(BO, contoso);
    const value = { id: 'x', connectionName: 'another', token: await clientToken(BO) };
    expect((await stage.teams.invoke(bo, 'signin/tokenExchange', value)).status).toBe(400);
    const farah = stage.person(FARAH, { tenantId: FABRIKAM_TENANT_ID });
    await farah.install();
    await farah.say('sign in');
    await farah.nextMessage({ matching: /no request waits for you/ });
  });

  it('signs out of the bot alone', async () => {
    const bo = stage.person(BO, contoso);
    expect(stage.login.userTokens.signedIn()).toContain(bo.mri);
    await bo.say('sign out');
    await bo.nextMessage({ matching: /signed out of Tarmac/ });
    expect(stage.login.userTokens.signedIn()).not.toContain(bo.mri);
  });

  it('answers when the token service is down, and the answer stands with what was read before', async () => {
    const { faults } = stage;
    const down = { kind: 'status', status: 503 } as const;
    faults.add({ service: 'login', method: 'GET', path: '*/usertoken/*', times: 2, effect: down });
    const bo = stage.person(BO, contoso);
    const card = bo.messages.findLast(({ cards }) => JSON.stringify(cards).includes('relationship.approve'));
    if (!card) throw new Error('no card');
    const refused = await bo.press(card, 'signIn.start');
    expect(JSON.stringify(refused)).toContain('sign-in service is not answering');
    const approved = await bo.press(card, 'relationship.approve');
    expect(JSON.stringify(approved)).toContain('Bo Berg: Billing Administrator of contoso');
    const anna = stage.person(ANNA, contoso);
    await anna.nextMessage({ matching: /Bo Berg approved on.*Bo Berg: Billing Administrator/ });
  });

  it('logs no token, at no level', () => {
    const said = logged.join('\n');
    expect(said).not.toBe('');
    for (const token of tokens) expect(said).not.toContain(token.split('.')[2]);
    expect(said).not.toMatch(/eyJ[\w-]{20,}\./);
  });
});
