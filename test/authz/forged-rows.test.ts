import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createWording } from '../../cards/wording/wording.ts';
import { createAlarms, findAlarm } from '../../services/audit/alarms.ts';
import { record } from '../../services/audit/audit.ts';
import { findContradictions } from '../../services/audit/witness.ts';
import { createCustomerService } from '../../services/customers/customer-service.ts';
import { insertUploads } from '../../services/devices/upload-store.ts';
import { createUploadWorker } from '../../services/devices/upload-worker.ts';
import type { UploadId } from '../../services/identity.ts';
import { findMessage } from '../../services/messages/message-store.ts';
import { quietLog } from '../contracts/test-databases.ts';
import { ACTORS, type Actor, CONTOSO, NORTHWIND } from './cast.ts';
import { CUSTOMER, type House, NOW, openHouse } from './house.ts';
import { ASKED_REMOVAL, DRAFT, SENT_BATCH, setScene } from './scene.ts';

/** What the owner of the database can write behind our back, and what it must not bring about. */
describe('rows changed behind our back', () => {
  const upload = 'e0000000-0000-4000-8000-000000000001' as UploadId;
  let house: House;
  let posts: number;

  beforeAll(async () => {
    house = await openHouse(quietLog);
  });
  beforeEach(async () => {
    posts = 0;
    await setScene(house, 'sent');
    await house.db.query(
      `update requests set state = 'approved', decision = jsonb_build_object('decision', 'approve', 'at', now(),
         'by', requested_by)`,
    );
    await house.db.query('update customers set is_reseller = true, since = $1, checked_at = $1', [NOW]);
    await house.db.query(`update batches set state = 'sending' where id = $1`, [DRAFT]);
    await house.db.query('update batch_devices set upload_number = 1 where batch_id = $1', [DRAFT]);
    const ids = { requestId: 'r', correlationId: 'c' };
    const counts = { number: 1, deviceCount: 1, attempts: 0, looks: 0, step: 0 };
    await house.db.transaction((tx) =>
      insertUploads(tx, [{ id: upload, batchId: DRAFT, ...ids, ...counts, state: 'queued' }]),
    );
    await house.db.query('delete from alarms');
    await forgeAudit('delete from audit');
    house.outside.jobs.length = 0;
  });
  afterAll(() => house?.close());

  function alarms(tell: readonly Actor[] = []) {
    const { db, jobs } = house;
    const whomToTell = async () => tell.map(({ tenantId, userId }) => ({ kind: 'person', tenantId, userId }) as const);
    return createAlarms({ db, jobs, whomToTell, now: () => NOW, newId: () => crypto.randomUUID(), log: quietLog });
  }

  /** As somebody with the rights of the database's owner would do it. */
  async function forgeAudit(sql: string): Promise<void> {
    await house.db.query(`alter table audit disable trigger user; ${sql}; alter table audit enable trigger user`);
  }

  /** As a rep's confirmation leaves it. */
  function confirmed(customerTenantId = CONTOSO): Promise<void> {
    const subject = { kind: 'batch', id: DRAFT } as const;
    return house.db.transaction((tx) => record(tx, { at: NOW, action: 'batch.confirmed', subject, customerTenantId }));
  }

  function work(): Promise<void> {
    const { db, outside } = house;
    const accept = async () => {
      posts += 1;
      return { kind: 'accepted', trackingId: 't' } as const;
    };
    const registry = { ...outside.registry, createBatch: accept, addDevices: accept };
    const customers = createCustomerService({
      db,
      partnerCenter: outside.partnerCenter,
      now: () => NOW,
      log: quietLog,
    });
    const jobs = {
      enqueue: async () => {},
      work: async () => {},
      counts: async () => {
        throw new Error('not asked here');
      },
      stop: async () => {},
    };
    const newId = () => crypto.randomUUID();
    return createUploadWorker({
      db,
      jobs,
      registry: { ...registry, planRead: (pauseMs) => pauseMs },
      customers,
      now: () => NOW,
      newId,
      alarms: alarms(),
      log: quietLog,
    }).step(upload, 0);
  }

  const outcome = async () => (await house.db.query('select state, problem from uploads where id = $1', [upload]))[0];

  it('send nothing while Partner Center does not show the relationship, and the list ends', async () => {
    await confirmed();
    await work();
    expect(posts).toBe(0);
    expect(await outcome()).toEqual({ state: 'failed', problem: 'relationship-not-active' });
    const [customer] = await house.db.query('select is_reseller from customers where tenant_id = $1', [CONTOSO]);
    expect(customer).toEqual({ is_reseller: false });
  });

  it('would have sent it, had Partner Center shown it: the test can fail', async () => {
    house.outside.state.isReseller = true;
    await confirmed();
    await work();
    expect(posts).toBe(1);
  });

  it.each([
    ['that nobody confirmed', async () => {}],
    ['that was confirmed for another customer', () => confirmed(NORTHWIND)],
    [
      'that has ended before',
      async () => {
        await confirmed();
        const subject = { kind: 'batch', id: DRAFT } as const;
        const action = 'batch.done';
        await house.db.transaction((tx) => record(tx, { at: NOW, action, subject, customerTenantId: CONTOSO }));
      },
    ],
  ])(
    'send nothing of a batch %s, though Partner Center shows the relationship, and administrators hear of it',
    async (_what, before) => {
      house.outside.state.isReseller = true;
      await before();
      await work();
      expect(posts).toBe(0);
      expect(await outcome()).toEqual({ state: 'failed', problem: 'not-recorded' });
      const [alarm] = await house.db.query('select id, subject_kind, subject_id from alarms');
      expect(alarm).toMatchObject({ subject_kind: 'batch', subject_id: DRAFT });
      expect(house.outside.jobs).toContainEqual({ queue: 'alarm', id: alarm?.id, step: 1 });
      const [entry] = await house.db.query(
        `select subject_id from audit where action = 'batch.contradicted' order by seq desc`,
      );
      expect(entry?.subject_id).toBe(DRAFT);
    },
  );

  it('are found when nothing is sent, too: what, and once each', async () => {
    const found = await findContradictions(house.db, 10);
    expect(found.map(({ kind, id }) => [kind, id])).toEqual([
      ['request', 'c1c1c1c1-0000-4000-8000-000000000001'],
      ['batch', DRAFT],
      ['batch', SENT_BATCH],
      ['removal', ASKED_REMOVAL],
    ]);
    await alarms().look();
    await alarms().look();
    expect(await house.db.query('select id from alarms')).toHaveLength(4);
  });

  it('are told to every administrator who can be reached, urgently and once', async () => {
    await alarms().look();
    const [{ id } = {}] = await house.db.query(`select id from alarms where subject_kind = 'request'`);
    await alarms().tell(String(id)); // nobody can be reached: it stays to be told
    expect((await findAlarm(house.db, String(id)))?.toldAt).toBeUndefined();
    const admins = [ACTORS['another rep'], ACTORS['the rep who asked']];
    for (let time = 0; time < 2; time++) await alarms(admins).tell(String(id));
    const messages = await house.db.query(`select id, role, urgent, wanted from messages where subject_kind = 'alarm'`);
    expect(messages).toHaveLength(2);
    for (const message of messages) expect(message).toMatchObject({ role: 'alarm.notice', urgent: true, wanted: 1 });
    const message = await findMessage(house.db, String(messages[0]?.id));
    if (!message) throw new Error('no message');
    const card = JSON.stringify(await house.live.draw(message, createWording('en')));
    expect(card).toContain('changed behind its back');
    expect(card).toContain('c1c1c1c1-0000-4000-8000-000000000001');
  });

  it('are not told one by one when there are hundreds', async () => {
    const insert = `insert into batches (id, customer_tenant_id, customer_name, customer_domain, name, requested_by, state,
      created_at, version) select 'x' || n, 'c', 'C', 'c', 'x' || n, '{}', 'done', now(), 1 from generate_series(1, 60) n`;
    await house.db.query(insert);
    await alarms().look();
    expect(await house.db.query('select 1 from alarms')).toHaveLength(64);
    const telling = alarms([ACTORS['another rep']]);
    for (const { id } of await house.db.query('select id from alarms')) await telling.tell(String(id));
    expect(await house.db.query(`select 1 from messages where subject_kind = 'alarm'`)).toHaveLength(20);
  });

  it.each([
    ['an old entry', 'altered', `update audit set actor = '{}' where seq = (select min(seq) from audit)`],
    ['its newest entry', 'altered', `update audit set details = '{"x":1}' where seq = (select max(seq) from audit)`],
    ['its newest entry', 'cut off', `delete from audit where seq = (select max(seq) from audit)`],
  ])('show in the audit, too, when %s is %s', async (_which, _what, sql) => {
    const watching = alarms();
    await confirmed();
    await watching.look();
    await watching.look();
    await forgeAudit(sql);
    await watching.look();
    expect(await house.db.query(`select 1 from alarms where subject_kind = 'audit'`)).toHaveLength(1);
  });
});

describe('rows that the services write', () => {
  let house: House;
  beforeAll(async () => {
    house = await openHouse(quietLog);
  });
  afterAll(() => house?.close());

  it('never contradict the audit', async () => {
    const robin = ACTORS['the rep who asked'];
    const anna = ACTORS['the approver, known by object id'];
    await setScene(house, 'unknown');
    house.outside.state.customer = CUSTOMER;
    const typed = { draftId: 'd1', approvers: anna.signInName, note: '', customer: 'contoso.example' };
    await house.press(robin, 'personal', 'request.preview', typed);
    await house.press(robin, 'personal', 'request.send', { draftId: 'd1' });
    const [{ reference } = {}] = await house.db.query('select reference from requests');
    expect(await findContradictions(house.db, 10)).toEqual([]);
    await house.press(anna, 'personal', 'relationship.approve', { reference });
    expect((await house.db.query('select state from requests'))[0]?.state).toBe('approved');
    expect(await findContradictions(house.db, 10)).toEqual([]);
    const others = `update requests set link = replace(link, '${NORTHWIND}', '${CONTOSO}')`;
    await house.db.query(others);
    expect(await findContradictions(house.db, 10)).toMatchObject([{ kind: 'request' }]);
    const shown = await house.press(anna, 'personal', 'request.open', { reference });
    expect(JSON.stringify(shown)).not.toContain('Adminportal');
    expect(JSON.stringify(shown)).toContain(createWording('en').say('error.link-refused').slice(0, 40));
    await house.db.query(`update requests set link = replace(link, '${CONTOSO}', '${NORTHWIND}')`);
    expect(await findContradictions(house.db, 10)).toEqual([]);
    const again = await house.press(anna, 'personal', 'request.open', { reference });
    expect(JSON.stringify(again)).toContain('Adminportal');
    const forged = `update requests set decision = jsonb_set(decision, '{by,userId}', '"somebody"')`;
    await house.db.query(forged);
    const [found] = await findContradictions(house.db, 10);
    expect(found).toMatchObject({ kind: 'request', recorded: expect.stringContaining(anna.userId) });
  });
});
