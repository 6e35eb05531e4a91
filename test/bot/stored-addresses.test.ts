import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createAnnouncer } from '../../bot/announcer.ts';
import { createAllowedHosts } from '../../bot/endpoint/hosts.ts';
import { sayCard } from '../../cards/say/card.ts';
import { createWording } from '../../cards/wording/wording.ts';
import { createDelivery } from '../../services/messages/delivery.ts';
import { createOutbox, messagesAbout } from '../../services/messages/message-store.ts';
import { findPerson } from '../../services/people/people-store.ts';
import { ACTORS } from '../authz/cast.ts';
import { type House, NOW, openHouse } from '../authz/house.ts';
import { quietLog } from '../contracts/test-databases.ts';

const ANNA = ACTORS['the approver, known by object id'];
const ADA = ACTORS['an administrator of another customer'];
const SUBJECT = { kind: 'request', id: 'q1' } as const;
const TEAMS = 'https://smba.trafficmanager.net/emea/';

/** The addresses of people are rows, and rows can be altered: what was stored is looked at again when it is used. */
describe('a stored address', () => {
  let house: House;
  let connections: string[];
  let written: string[];

  beforeAll(async () => {
    house = await openHouse(quietLog);
  });
  beforeEach(async () => {
    [connections, written] = [[], []];
    await house.db.query('delete from messages');
    await house.db.query(`update people set service_url = $1, conversation_id = 'a:' || tenant_id || '/' || user_id`, [
      TEAMS,
    ]);
  });
  afterAll(() => house?.close());

  const hosts = createAllowedHosts(['smba.trafficmanager.net'], false);
  const chat = createAnnouncer({
    connectors: {
      admits: (url) => hosts.admit(url) !== undefined,
      async create(url) {
        connections.push(url);
        const sendToConversation = async (id: string) => {
          written.push(id);
          return { id: 'm1' };
        };
        const updateActivity = async (id: string) => void written.push(id);
        return { conversations: { sendToConversation, updateActivity } } as never;
      },
    },
    draw: async () => sayCard({ text: 'Hello' }, createWording('en')),
    findPerson: (who) => findPerson(house.db, who),
    log: quietLog,
  });

  /** Wants a message for Anna, and delivers it. */
  async function deliver() {
    const { db, jobs } = house;
    const to = { kind: 'person', tenantId: ANNA.tenantId, userId: ANNA.userId } as const;
    await db.transaction((tx) => createOutbox(tx, jobs, randomUUID).want(SUBJECT, 'request.approver', to));
    const [message] = await messagesAbout(db, SUBJECT);
    if (!message) throw new Error('no message');
    await createDelivery({ db, jobs, chat, now: () => NOW, log: quietLog }).deliver(message.id);
    return (await messagesAbout(db, SUBJECT))[0];
  }

  it('that is as Teams told it is written to, and written to again: the test can fail', async () => {
    expect(await deliver()).toMatchObject({ state: 'sent' });
    expect(await deliver()).toMatchObject({ state: 'sent' });
    expect(written).toHaveLength(2);
  });

  it.each([
    'https://evil.example/emea/',
    'https://smba.trafficmanager.net.evil.example/',
    'https://smba.trafficmanager.net@evil.example/',
    'http://smba.trafficmanager.net/emea/',
    'http://127.0.0.1:3978/',
    'https://smba.trafficmanager.net:8443/',
    '',
  ])('that leads elsewhere gets no connection, and the message is left alone: %j', async (url) => {
    await house.db.query('update people set service_url = $2 where user_id = $1', [ANNA.userId, url]);
    const message = await deliver();
    expect(connections).toEqual([]);
    expect(message?.postedAt).toBeUndefined();
    expect(url === '' ? 'waiting' : 'undeliverable').toBe(message?.state);
  });

  it('of a card that was sent is looked at again, too', async () => {
    await deliver();
    await house.db.query(
      `update messages set posted_at = jsonb_set(posted_at, '{serviceUrl}', '"https://evil.example/"')`,
    );
    connections.length = 0;
    expect(await deliver()).toMatchObject({ state: 'undeliverable' });
    expect(connections).toEqual([]);
  });

  it('that is somebody else’s chat gets nothing of what is Anna’s', async () => {
    const hers =
      'update people set conversation_id = (select conversation_id from people where user_id = $2) where user_id = $1';
    await house.db.query(hers, [ANNA.userId, ADA.userId]);
    expect(await deliver()).toMatchObject({ state: 'undeliverable', problem: 'address-in-doubt' });
    expect(connections).toEqual([]);
  });
});
