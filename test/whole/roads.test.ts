import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  ANNA,
  BO,
  CONTOSO_TENANT_ID,
  DISTRIBUTOR_TENANT_ID,
  FABRIKAM_TENANT_ID,
  FARAH,
  NILS,
  ROBIN,
  ULLA,
} from '../emulators/world.ts';
import { openStage, type Stage } from './stage.ts';

const contoso = { tenantId: CONTOSO_TENANT_ID };
const fabrikam = { tenantId: FABRIKAM_TENANT_ID };

describe('other roads through the same job', () => {
  let stage: Stage;

  beforeAll(async () => {
    stage = await openStage({ limits: { sends: undefined, tenant: undefined } });
    stage.partnerCenter.behaviour.timing = { queuedMs: 300, processingMs: 300 };
  });
  afterAll(() => stage?.close());

  async function theRep() {
    const robin = stage.person(ROBIN, stage.world.partner);
    await robin.install();
    return robin;
  }

  it('tells a colleague who is no rep, and a stranger, whom it is for and what they can do', async () => {
    const nils = stage.person(NILS, stage.world.partner);
    await nils.install();
    await nils.say('register contoso');
    await nils.nextMessage({ matching: /Sales staff of.*ask your administrator to add you to the group/ });
    const ulla = stage.person(ULLA, contoso);
    await ulla.install();
    await ulla.say('customers');
    await ulla.nextMessage({ matching: /Requests from.*tell your contact at/ });
    expect(JSON.stringify([...nils.messages, ...ulla.messages])).not.toContain('"verb":"register');
  });

  it('puts what is wrong with a request beside its field and keeps what was typed', async () => {
    const robin = await theRep();
    await robin.say('request');
    const form = await robin.nextMessage({ matching: 'request.preview' });
    const unknown = await robin.press(form, 'request.preview', {
      customer: 'nowhere.example',
      approvers: ANNA.upn,
      note: 'For your laptops',
    });
    expect(JSON.stringify(unknown)).toMatch(/find no organisation for “nowhere\.example”/);
    expect(JSON.stringify(unknown)).toContain('For your laptops');
  });

  it('asks each of several approvers, and closes every copy when the first declines with a reason', async () => {
    const robin = await theRep();
    const farah = stage.person(FARAH, fabrikam);
    await farah.install();
    await robin.say(`request fabrikam.example ${FARAH.upn} second@fabrikam.example`);
    await robin.press(await robin.nextMessage({ matching: /Check before sending/ }), 'request.send');
    const asked = await farah.nextMessage({ matching: 'relationship.decline' });
    const declined = await farah.press(asked, 'relationship.decline', {
      reason: 'We *already* have a [partner](http://x)',
    });
    expect(JSON.stringify(declined)).toContain('Declined');
    const notice = await robin.nextMessage({ matching: /Fabrikam declined/ });
    expect(JSON.stringify(await robin.press(notice, 'request.open'))).toContain('Relationship with Fabrikam');
    expect(JSON.stringify(notice.cards)).not.toContain('[partner](');
    const late = await farah.press(asked, 'relationship.approve');
    expect(JSON.stringify(late)).toContain('Declined');
    await farah.nextMessage({ matching: /already answered/ });
  });

  it('answers an approval of somebody else, or of a forwarded card, without any effect', async () => {
    const robin = await theRep();
    await robin.say(`request contoso.example ${BO.upn}`);
    await robin.press(await robin.nextMessage({ matching: /Check before sending/ }), 'request.send');
    const bo = stage.person(BO, contoso);
    await bo.install();
    const asked = await bo.nextMessage({ matching: 'relationship.approve' });
    const anna = stage.person(ANNA, contoso);
    await anna.install();
    const farah = stage.person(FARAH, fabrikam);
    const action = {
      type: 'Action.Execute',
      verb: 'relationship.approve',
      data: dataOf(asked, 'relationship.approve'),
    };
    for (const other of [anna, farah, robin]) {
      const { body } = await stage.teams.invoke(other, 'adaptiveCard/action', { action, trigger: 'manual' });
      expect(JSON.stringify(body)).toMatch(/Only the people this request was sent to|no longer exists/);
    }
    await robin.say('customers');
    await robin.nextMessage({ matching: /Waiting for the customer/ });
  });

  it('says politely that nobody needs to sign in where single sign-on is not set up', async () => {
    const bo = stage.person(BO, contoso);
    expect(JSON.stringify(bo.messages)).not.toContain('signIn.start');
    await bo.say('sign in');
    await bo.nextMessage({ matching: /not set up here, and you do not need it/ });
    const value = { id: 'x', connectionName: 'tarmac-sso', token: 'y' };
    expect((await stage.teams.invoke(bo, 'signin/tokenExchange', value)).status).toBe(400);
  });

  it('lets a rep withdraw a request, after which its buttons do nothing', async () => {
    const robin = await theRep();
    const card = robin.messages.findLast(({ cards }) => JSON.stringify(cards).includes('request.withdraw'));
    if (!card) throw new Error('no request card');
    const withdrawn = await robin.press(card, 'request.withdraw');
    expect(JSON.stringify(withdrawn)).toContain('Withdrawn');
    const bo = stage.person(BO, contoso);
    await bo.nextMessage({ matching: /taken the request back/ });
  });

  it('finds a relationship that exists already and offers to register at once', async () => {
    stage.partnerCenter.accept(FABRIKAM_TENANT_ID);
    const robin = await theRep();
    await robin.say(`request fabrikam.example ${FARAH.upn}`);
    await robin.nextMessage({ matching: /already active/ });
  });

  it('goes on with a batch after a restart, tells its end once, and there where it was started', async () => {
    const robin = await theRep();
    const channel = stage.teams.teamChannel({
      name: 'Rollouts',
      tenantId: stage.world.partner.tenantId,
      members: [robin],
    });
    const here = channel.as(robin);
    await channel.mention(robin, `register ${FABRIKAM_TENANT_ID}`);
    await here.nextMessage({ matching: /Paste a list here/ });
    await here.nextMessage({ matching: /SharePoint link, or attach the file in our personal chat/ });
    await channel.mention(robin, '3300000000117\n3300000000124');
    const preview = await here.nextMessage({ matching: /2 devices understood/ });
    stage.partnerCenter.behaviour.timing = { queuedMs: 1_000, processingMs: 1_000 };
    await here.press(preview, 'register.confirm', { batchName: 'Restarted' });
    await stage.restart();
    const notice = await here.nextMessage({ matching: /2 devices registered for Fabrikam/ });
    const opened = await here.press(notice, 'Go to the card');
    const [, id] =
      /^https:\/\/teams\.microsoft\.com\/l\/message\/19%3A[^/]+\/(\d+)[?]/.exec(
        opened.kind === 'open' ? opened.url : '',
      ) ?? [];
    expect(JSON.stringify(here.messages.find((message) => message.id === id)?.cards)).toContain('Batch Restarted');
    await robin.nextMessage({ matching: /2 devices registered for Fabrikam/ });
    const notices = [...here.messages, ...robin.messages].filter(({ cards }) =>
      JSON.stringify(cards).includes('2 devices registered for Fabrikam'),
    );
    expect(notices).toHaveLength(2);
    expect(stage.journal.find({ method: 'POST', path: '*/deviceBatches' })).toHaveLength(1);
  });

  it('answers the same message once when Teams delivers it again', async () => {
    const robin = await theRep();
    const answers = () =>
      robin.messages.filter(({ cards }) => /Sign-in to Partner Center works/.test(JSON.stringify(cards)));
    const before = answers().length;
    await robin.say('status');
    await expect.poll(() => answers().length).toBe(before + 1);
    const { id } = stage.teams.delivered().at(-1) as { id: string };
    await stage.teams.redeliver(id);
    expect(answers().length).toBe(before + 1);
  });
});

describe('through a distributor', () => {
  it('asks for both at once, and says so', async () => {
    const stage = await openStage({
      settings: { INDIRECT_PROVIDER_TENANT_ID: DISTRIBUTOR_TENANT_ID, RESELLER_PARTNER_ID: '4711001' },
    });
    try {
      const robin = stage.person(ROBIN, stage.world.partner);
      await robin.install();
      await robin.say('request');
      const form = await robin.nextMessage({ matching: 'request.preview' });
      const preview = await robin.press(form, 'request.preview', {
        customer: 'contoso.example',
        approvers: ANNA.upn,
        route: 'through-distributor',
      });
      expect(JSON.stringify(preview)).toContain('IndirectResellerRelationship');
      expect(JSON.stringify(preview)).toContain(
        `The distributor ${stage.world.distributor.name} is authorised together`,
      );
    } finally {
      await stage.close();
    }
  });
});

function dataOf(message: { cards: readonly unknown[] }, verb: string): unknown {
  const found = JSON.stringify(message.cards).match(new RegExp(`"verb":"${verb}"[^}]*"data":({[^}]*})`));
  const other = JSON.stringify(message.cards).match(new RegExp(`"data":({[^}]*})[^}]*"verb":"${verb}"`));
  return JSON.parse((found ?? other)?.[1] ?? '{}');
}
