import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { CATALOGUES, createWording } from '../../cards/wording/wording.ts';
import type { MessageId } from '../../services/identity.ts';
import type { Message, MessageRole } from '../../services/messages/message.ts';
import { ACTORS, CONTOSO, NORTHWIND } from '../authz/cast.ts';
import { type House, openHouse, PROFILE_ID } from '../authz/house.ts';
import { ASKED_REMOVAL, DRAFT, REQUEST_ID, SENT_BATCH, setScene } from '../authz/scene.ts';
import { quietLog } from '../contracts/test-databases.ts';
import { PAYLOADS } from './corpus.ts';
import { compare } from './inert.ts';

const ROBIN = ACTORS['the rep who asked'];
const ANNA = ACTORS['the approver, known by object id'];
const ITEM = 'an item';

/** What is sent without anybody having asked: each role with the thing it tells of. */
const NOTICES: readonly (readonly [MessageRole, Message['subjectKind'], string])[] = [
  ['request.notice-approver', 'request', REQUEST_ID],
  ['request.notice-channel', 'request', REQUEST_ID],
  ['request.ended-rep', 'request', REQUEST_ID],
  ['request.ended-approver', 'request', REQUEST_ID],
  ['request.ended-channel', 'request', REQUEST_ID],
  ['batch.draft-rep', 'batch', DRAFT],
  ['batch.rep', 'batch', SENT_BATCH],
  ['batch.channel', 'batch', SENT_BATCH],
  ['batch.notice-customer', 'batch', SENT_BATCH],
  ['batch.notice-channel', 'batch', SENT_BATCH],
  ['profile.notice', 'profile', ITEM],
  ['removal.rep', 'removal', ASKED_REMOVAL],
  ['removal.remover', 'removal', ASKED_REMOVAL],
  ['removal.notice-rep', 'removal', ASKED_REMOVAL],
  ['removal.notice-remover', 'removal', ASKED_REMOVAL],
  ['alarm.notice', 'alarm', ITEM],
  ['sign-in.parked', 'sign-in', `${ITEM}/1`],
  ['digest.rep', 'digest', ITEM],
  ['digest.customer', 'digest', ITEM],
  ['digest.channel', 'digest', ITEM],
];

let house: House;

beforeAll(async () => {
  house = await openHouse(quietLog);
});
beforeEach(async () => {
  const { db } = house;
  await setScene(house, 'active');
  await db.query(
    'delete from alarms; delete from sign_in_troubles; delete from channels; delete from digest_items; delete from digests',
  );
  await db.query(`insert into alarms values ($1, 'batch', '', '', '', now())`, [ITEM]);
  await db.query(
    `insert into sign_in_troubles (id, noticed_by, reason, began_at) values ($1, 'user', 'mfa', '2026-11-21T09:00:00Z')`,
    [ITEM],
  );
  await db.query(
    `insert into profile_applications (id, batch_id, profile_id, profile_name, requested_by, request_id, correlation_id,
       state, created_at) values ($1, $2, $3, '', $4::jsonb, 'r', 'c', 'finished', now())`,
    [ITEM, SENT_BATCH, PROFILE_ID, JSON.stringify(ROBIN)],
  );
  await db.query(`insert into profile_devices (application_id, position, state) values ($1, 0, 'failed')`, [ITEM]);
  await db.query(
    `insert into batch_devices (batch_id, position, source, row_number, state) values ($1, 1, '', 2, 'registered')`,
    [SENT_BATCH],
  );
  await db.query(`insert into digests values ($1, 'digest.rep', 'x', now())`, [ITEM]);
  await db.query(`insert into digest_items values ($1, 'batch', $2, now()), ($1, 'profile', $1, now())`, [
    ITEM,
    SENT_BATCH,
  ]);
  await db.query(
    `insert into channels (conversation_id, tenant_id, service_url, name, locale, asked_by, created_at)
     values ('19:x', $1, 'https://smba.trafficmanager.net/emea/', '', 'en', $2::jsonb, '2026-11-21T09:00:00Z')`,
    [NORTHWIND, JSON.stringify(ROBIN)],
  );
});
afterAll(() => house?.close());

/** Puts the text wherever one stands that somebody outside may have written. */
async function fillWith(text: string): Promise<void> {
  const { db } = house;
  const name = JSON.stringify(text);
  const by = `jsonb_set(requested_by, '{name}', $2::jsonb)`;
  await db.query(
    `update requests set customer_name = $1, customer_domain = $1, note = $1, requested_by = ${by},
       decision = jsonb_set(jsonb_set(decision, '{by,name}', $2::jsonb), '{reason}', $2::jsonb)`,
    [text, name],
  );
  await db.query(`update batches set name = $1, customer_name = $1, customer_domain = $1, requested_by = ${by}`, [
    text,
    name,
  ]);
  await db.query(`update batches set state = 'done-with-errors', problem = $2 where id = $1`, [SENT_BATCH, text]);
  await db.query(
    `update batch_devices set source = $1, pkid = null, serial = $1, manufacturer = $1, model = $1, error_code = $1,
       error_name = $1`,
    [text],
  );
  await db.query(`update batch_devices set state = 'failed' where batch_id = $1 and position = 0`, [SENT_BATCH]);
  await db.query(
    `update removals set state = 'refused', customer_name = $1, customer_domain = $1, problem = $1, requested_by = ${by},
       decision = jsonb_build_object('answer', 'refuse', 'by', ${by}, 'at', '2026-11-21T09:00:00Z', 'reason', $1::text)`,
    [text, name],
  );
  await db.query(
    `update removal_devices set state = 'failed', batch_name = $1, pkid = null, serial = $1, manufacturer = $1, model = $1,
       error_code = $1`,
    [text],
  );
  await db.query('update profile_applications set profile_name = $1, problem = $1', [text]);
  await db.query('update profile_devices set error_code = $1, error_name = $1', [text]);
  await db.query('update alarms set subject_id = $1, found = $1, recorded = $1', [text]);
  await db.query('update sign_in_troubles set reason = $1', [text]);
  await db.query(`update channels set name = $1, asked_by = jsonb_set(asked_by, '{name}', $2::jsonb)`, [text, name]);
  await db.query('update customers set name = $1, domain = $1', [text]);
}

async function everything(text: string, language: string): Promise<ReadonlyMap<string, readonly unknown[]>> {
  const shown = new Map<string, readonly unknown[]>();
  const wording = createWording(language);
  await fillWith(text);
  for (const [role, subjectKind, subjectId] of NOTICES) {
    const recipient = { kind: 'person', tenantId: NORTHWIND, userId: ROBIN.userId } as const;
    const counts = { wanted: 1, drawn: 0, attempts: 0 };
    const message: Message = {
      id: 'm1' as MessageId,
      subjectKind,
      subjectId,
      role,
      recipient,
      state: 'due',
      ...counts,
    };
    shown.set(role, [await house.live.draw(message, wording)]);
  }
  const listed = await house.hear(ROBIN, 'personal', { type: 'message', text: 'notify', locale: language });
  shown.set('which channels get notices', [...listed.cards, ...listed.texts]);
  const value = { queryText: '', dataset: 'customers.all' };
  const found = await house.hear(ROBIN, 'personal', { type: 'invoke', name: 'application/search', value });
  shown.set('what is found while somebody types', [found.body]);
  await house.db.query(`update requests set state = 'sent', decision = null`);
  const from = { id: `29:${ANNA.userId}`, name: text, aadObjectId: ANNA.userId };
  const signedIn = await house.hear(ANNA, 'personal', { type: 'message', text: 'sign in', from, locale: language });
  shown.set('the answer to a sign-in', [...signedIn.texts, ...signedIn.cards]);
  await house.db.query(`update requests set state = 'active', decision = $1::jsonb`, [
    JSON.stringify({ decision: 'approve', by: { tenantId: CONTOSO, userId: ANNA.userId, name: 'x' }, at: new Date(0) }),
  ]);
  return shown;
}

const languages = Object.keys(CATALOGUES);

it.each(languages.map((language, index) => [language, index] as const))(
  'hostile texts stay text in notices, digests, searches and sign-ins (%s)',
  async (language, index) => {
    const benign = await everything('Aa', language);
    for (const [act, pieces] of benign) {
      expect(pieces.length, act).toBeGreaterThan(0);
      expect(pieces, act).not.toContain(undefined);
    }
    const problems: string[] = [];
    for (const text of PAYLOADS.filter((_, at) => at % languages.length === index)) {
      for (const [act, pieces] of await everything(text, language)) {
        const difference = compare(pieces, benign.get(act) ?? []);
        if (difference) problems.push(`${JSON.stringify(text)} in ${act}: ${difference}`);
      }
    }
    expect(problems).toEqual([]);
  },
  120_000,
);
