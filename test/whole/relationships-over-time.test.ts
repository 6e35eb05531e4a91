import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createSignInNotices } from '../../services/login/sign-in-notices.ts';
import { findOpenTrouble } from '../../services/login/sign-in-troubles.ts';
import { createSignInWatch } from '../../services/login/sign-in-watch.ts';
import { signIn } from '../../services/login/token-endpoint.ts';
import { savePerson } from '../../services/people/people-store.ts';
import { ACTORS, type Actor } from '../authz/cast.ts';
import { CUSTOMER, type House, openHouse } from '../authz/house.ts';
import { quietLog } from '../contracts/test-databases.ts';
import { livingIn } from './days.ts';

const ROBIN = ACTORS['the rep who asked'];
const ANNA = ACTORS['the approver, known by object id'];
let house: House;
let days: ReturnType<typeof livingIn>;
let reference: string;

beforeAll(async () => {
  house = await openHouse(quietLog);
});
afterAll(() => house?.close());

/** Robin asks Anna, who is in Stockholm, and Bo on a Wednesday at ten. */
beforeEach(async () => {
  await house.db.query(`update people set settings = '{}', locale = null`);
  for (const table of ['channels', 'messages', 'approvers', 'requests', 'kv'])
    await house.db.query(`delete from ${table}`);
  house.outside.jobs.length = 0;
  house.outside.state.isReseller = false;
  house.clock.at = new Date('2026-11-18T09:00:00Z');
  await movesTo(ANNA, 'Europe/Stockholm');
  days = livingIn(house);
  await say(ROBIN, `request ${CUSTOMER.domain} ${ANNA.signInName}, bo@contoso.example`);
  const memory = JSON.stringify((await house.db.query("select value from kv where value::text like '%draftId%'"))[0]);
  const draftId = /"draftId":"([^"]+)"/.exec(memory)?.[1];
  await press(ROBIN, 'request.send', { draftId });
  await house.relationships.arrived(ANNA);
  await days.until('2026-11-18T09:01:00Z');
  reference = String((await house.db.query('select reference from requests'))[0]?.reference);
});

describe('a request nobody answers', () => {
  it('is brought to mind by a press, in the approver’s working hours', async () => {
    await days.until('2026-11-18T21:00:00Z');
    const answer = await press(ROBIN, 'request.remind', { reference });
    expect(answer.texts).toEqual(['1 approver gets a reminder during their working hours.']);
    await days.until('2026-11-19T07:59:00Z');
    expect(days.of('reminder')).toEqual([]);
    await days.until('2026-11-19T08:01:00Z');
    const [reminder] = days.of('reminder');
    expect(reminder?.card).toContain('still waits for your answer');
    expect(reminder?.card).toContain('"verb":"request.open"');
    expect(days.of('request.rep')[0]?.card).toContain('reminded');
  });

  it('is brought to mind by Tarmac itself after three days, once, and on the Monday', async () => {
    await days.until('2026-12-10T09:00:00Z');
    expect(days.of('reminder').map(({ at }) => at.toISOString())).toEqual(['2026-11-23T08:00:00.000Z']);
  });

  it('is not brought to mind more than twice a week', async () => {
    await press(ROBIN, 'request.remind', { reference });
    await press(ROBIN, 'request.remind', { reference });
    const { body } = await press(ROBIN, 'request.remind', { reference });
    expect(JSON.stringify(body)).toContain('again from Nov 25, 2026');
  });

  it('gets no reminder once it was answered while the reminder waited', async () => {
    await days.until('2026-11-18T21:00:00Z');
    await press(ROBIN, 'request.remind', { reference });
    await press(ANNA, 'relationship.decline', { reference, reason: 'no' });
    await days.until('2026-11-20T12:00:00Z');
    expect(days.of('reminder')).toEqual([]);
    expect(days.of('request.notice-rep')[0]?.card).toContain('declined');
  });

  it('settles a reminder that has arrived as soon as it is answered', async () => {
    await press(ROBIN, 'request.remind', { reference });
    await days.until('2026-11-18T09:30:00Z');
    await press(ROBIN, 'request.withdraw', { reference });
    await days.until('2026-11-18T09:40:00Z');
    expect(days.of('reminder')[0]?.card).toContain('This reminder is settled');
  });

  it('expires after thirty days; both sides are told and the card closes', async () => {
    await days.until('2026-12-18T09:40:00Z');
    expect(days.of('request.notice-rep').map(({ card }) => card)).toEqual([expect.stringContaining('has expired')]);
    expect(days.of('request.notice-approver').map(({ card }) => card)).toEqual([
      expect.stringContaining('The request of Northwind Partner has expired'),
    ]);
    expect(days.of('request.approver')[0]?.card).not.toContain('relationship.approve');
    expect(JSON.stringify(await press(ROBIN, 'requests.list', {}))).toContain('Sent 30 days ago by Robin Reyes');
  });

  it('can be sent again with what was written before', async () => {
    await press(ROBIN, 'request.withdraw', { reference });
    const { cards } = await press(ROBIN, 'request.again', { reference });
    const form = JSON.stringify(cards);
    for (const typed of [CUSTOMER.domain, ANNA.signInName, 'bo@contoso.example']) expect(form).toContain(typed);
    const draftId = /"draftId":"([^"]+)"/.exec(form)?.[1];
    const typed = { draftId, customer: CUSTOMER.domain, approvers: ANNA.signInName };
    await press(ROBIN, 'request.preview', typed);
    expect(JSON.stringify((await press(ROBIN, 'request.send', { draftId })).body)).toContain(
      'is on its way to 1 approver',
    );
  });
});

describe('what somebody chose for themselves', () => {
  it('lets notices wait for the end of their quiet hours, and nothing is lost', async () => {
    await press(ROBIN, 'settings.save', { language: 'teams', quietFrom: '18:00', quietUntil: '08:00' });
    await days.until('2026-11-18T20:00:00Z');
    await press(ANNA, 'relationship.decline', { reference, reason: 'no' });
    await days.until('2026-11-19T07:59:00Z');
    expect(days.of('request.notice-rep')).toEqual([]);
    expect(days.of('request.rep')[0]?.card).toContain('Declined');
    await days.until('2026-11-19T08:01:00Z');
    expect(days.of('request.notice-rep')).toHaveLength(1);
  });

  it('lets what waits come at once when they take their quiet hours back', async () => {
    await press(ROBIN, 'settings.save', { language: 'teams', quietFrom: '18:00', quietUntil: '08:00' });
    await days.until('2026-11-18T20:00:00Z');
    await press(ANNA, 'relationship.decline', { reference, reason: 'no' });
    await days.until('2026-11-18T20:10:00Z');
    await press(ROBIN, 'settings.save', { language: 'teams', quietFrom: 'off', quietUntil: '08:00' });
    await days.until('2026-11-18T20:11:00Z');
    expect(days.of('request.notice-rep')).toHaveLength(1);
    await days.until('2026-11-20T09:00:00Z');
    expect(days.of('request.notice-rep')).toHaveLength(1);
  });

  it('spares them at night the reminder of a sign-in that works again by the morning', async () => {
    await press(ROBIN, 'settings.save', { language: 'teams', quietFrom: '18:00', quietUntil: '08:00' });
    await days.until('2026-11-18T20:00:00Z');
    const ports = { db: house.db, jobs: house.jobs, now: () => house.clock.at, newId: randomUUID, log: quietLog };
    const watch = createSignInWatch(ports);
    await watch.failed('user', signIn('expired', 'over'));
    const { id } = (await findOpenTrouble(house.db)) ?? {};
    const whomToTell = async () => [{ kind: 'person', tenantId: ROBIN.tenantId, userId: ROBIN.userId } as const];
    const notices = createSignInNotices({ ...ports, whomToTell });
    await notices.tell(String(id), 1);
    await days.until('2026-11-18T20:01:00Z');
    expect(days.of('sign-in.parked'), 'the first one waits for nobody').toHaveLength(1);
    await notices.tell(String(id), 2);
    await watch.mended();
    await days.until('2026-11-19T07:59:00Z');
    expect(days.of('sign-in.works')).toEqual([]);
    await days.until('2026-11-19T08:01:00Z');
    expect(days.of('sign-in.works')).toHaveLength(1);
    expect(days.of('sign-in.parked')).toHaveLength(1);
  });

  it('is their language in every answer and in what is sent without being asked', async () => {
    const typed = await say(ROBIN, 'language svenska');
    expect(typed.texts).toEqual(['Sparat.']);
    expect(JSON.stringify(await press(ROBIN, 'requests.list', {}))).toContain('Begäranden om relation');
    const inTeams = { type: 'message', text: 'requests', locale: 'fr-CA' };
    expect(JSON.stringify(await house.hear(ROBIN, 'personal', inTeams))).toContain('Begäranden om relation');
    await press(ANNA, 'relationship.decline', { reference, reason: 'no' });
    await days.until('2026-11-18T20:00:00Z');
    expect(days.of('request.notice-rep')[0]?.card).toContain('avböjde');
    const card = await press(ROBIN, 'settings.save', { language: 'teams', quietFrom: 'off', quietUntil: '08:00' });
    expect(JSON.stringify(card.body)).toContain('Vos paramètres');
  });
});

describe('a channel', () => {
  const inChannel = (actor: Actor, text: string) => house.hear(actor, 'channel', { type: 'message', text });

  it('is told of answers when a rep asked for it there, in its language, until it is ended there', async () => {
    const asked = await house.hear(ROBIN, 'channel', { type: 'message', text: 'notify here', locale: 'sv-SE' });
    expect(asked.texts).toEqual([expect.stringContaining('Från och med nu')]);
    expect(JSON.stringify(await say(ROBIN, 'notify'))).toContain('1 kanal får meddelanden');
    await press(ANNA, 'relationship.decline', { reference, reason: 'no' });
    await days.until('2026-11-18T10:00:00Z');
    const [told] = days.of('request.notice-channel');
    expect(told).toMatchObject({ to: '19:channel@thread.v2' });
    expect(told?.card).toContain('avböjde');
    const verbs = [...(told?.card.matchAll(/"type":"Action\.Execute"[^}]*?"verb":"([^"]+)"/g) ?? [])].map(
      ([, verb]) => verb,
    );
    expect(verbs).toEqual(['request.open']); // the way back, which decides nothing
    expect((await inChannel(ROBIN, 'notify stop')).texts).toEqual(['Inga fler meddelanden kommer hit.']);
    expect(JSON.stringify(await say(ROBIN, 'notify'))).toContain('Ingen kanal får meddelanden');
  });

  it('is not told because of somebody who is no rep', async () => {
    await inChannel(ACTORS['a guest of the partner in the group of reps'], 'notify here');
    await inChannel(ACTORS['a colleague without a role'], 'notify here');
    expect(await house.db.query('select * from channels')).toEqual([]);
  });

  it('is forgotten with all others by one press in the personal chat', async () => {
    await inChannel(ROBIN, 'notify here');
    const list = await press(ROBIN, 'channels.stop', {});
    expect(JSON.stringify(list.body)).toContain('No channel gets notices');
  });
});

describe('a relationship', () => {
  beforeEach(async () => {
    await press(ANNA, 'relationship.approve', { reference });
    house.outside.state.isReseller = true;
    await days.until('2026-11-18T10:00:00Z');
    expect(days.of('request.notice-approver')).toHaveLength(1);
  });

  it('that exists already is found at once, with the next thing to do', async () => {
    const { cards } = await say(ROBIN, `request ${CUSTOMER.domain} ${ANNA.signInName}`);
    expect(JSON.stringify(cards)).toContain('already active');
    expect(JSON.stringify(cards)).toContain('"verb":"register.start"');
  });

  it('that ends is noticed; both sides are told, and nothing can be registered', async () => {
    house.outside.state.isReseller = false;
    house.clock.at = new Date('2026-11-20T10:00:00Z');
    await house.db.query('update customers set is_reseller = false');
    await house.relationships.checkEnded();
    await days.until('2026-11-20T11:00:00Z');
    expect(days.of('request.ended-rep').map(({ card }) => card)).toEqual([expect.stringContaining('has ended')]);
    expect(days.of('request.ended-approver').map(({ card }) => card)).toEqual([
      expect.stringContaining('The relationship with Northwind Partner has ended'),
    ]);
    const { cards } = await press(ROBIN, 'register.start', { customerId: CUSTOMER.tenantId });
    expect(JSON.stringify(cards)).toContain('is not active');
  });

  it('is not believed to have ended when only our copy of the list says so', async () => {
    await house.db.query('update customers set is_reseller = false');
    await house.relationships.checkEnded();
    expect((await house.db.query('select state from requests'))[0]?.state).toBe('active');
  });
});

const press = (actor: Actor, verb: string, data: unknown) => house.press(actor, 'personal', verb, data);
const say = (actor: Actor, text: string) => house.hear(actor, 'personal', { type: 'message', text });

/** Teams tells the time zone with each turn; here it is told once. */
async function movesTo({ tenantId, userId, name, signInName }: Actor, timeZone: string): Promise<void> {
  const chat = { conversationId: `a:${tenantId}/${userId}`, serviceUrl: 'https://smba.trafficmanager.net/emea/' };
  await savePerson(house.db, { tenantId, userId, name, signInName, timeZone, installed: true, ...chat }, new Date());
}
