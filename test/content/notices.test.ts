import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { CATALOGUES, createWording } from '../../cards/wording/wording.ts';
import type { MessageId } from '../../services/identity.ts';
import type { Message, MessageRole } from '../../services/messages/message.ts';
import { ADVICE, type Finding, type FindingValues, FOUND, ok, problem } from '../../services/operation/finding.ts';
import { ACTORS, CONTOSO, NORTHWIND } from '../authz/cast.ts';
import { type Answer, type House, openHouse, PROFILE_ID } from '../authz/house.ts';
import { ASKED_REMOVAL, DRAFT, REQUEST_ID, SENT_BATCH, setScene } from '../authz/scene.ts';
import { quietLog } from '../contracts/test-databases.ts';
import { PAYLOADS } from './corpus.ts';
import { compare } from './inert.ts';

const ROBIN = ACTORS['the rep who asked'];
const ANNA = ACTORS['the approver, known by object id'];
const ITEM = 'an item';
const FINDINGS = 6;

/** Everything an examination can find, a few at a time so that none is left out of its card, with the text in its places. */
function findingsInParts(text: string): readonly (readonly Finding[])[] {
  const sentences = Object.entries(CATALOGUES.en).flatMap(([key, sentence]) =>
    /^doctor\.(?:found|advice)\./.test(key) ? sentence : [],
  );
  const places = (pattern: RegExp) =>
    sentences.flatMap((sentence) => [...sentence.matchAll(pattern)].map(([, at]) => at));
  const values: FindingValues = Object.fromEntries([
    ...places(/\{(\w+)\}/g).map((place) => [place, text]),
    ...places(/\{(\w+), /g).map((place) => [place, 2]),
    ...[
      ['since', '2026-11-21T09:00:00Z'],
      ['purpose', 'mail'],
    ], // never written by anybody outside
  ]);
  const found = FOUND.map((each, at) => problem('settings', each, ADVICE[at % ADVICE.length] ?? 'other', values));
  const seen = FOUND.map((each) => ok('settings', each, values));
  return Array.from({ length: Math.ceil(FOUND.length / FINDINGS) }, (_, part) => {
    const from = part * FINDINGS;
    return [...found.slice(from, from + FINDINGS), ...seen.slice(from, from + FINDINGS)];
  });
}

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
  ...findingsInParts('').map((_, part) => ['examination', 'examination', `examination ${part}`] as const),
];

let house: House;

beforeAll(async () => {
  house = await openHouse(quietLog);
});
beforeEach(async () => {
  const { db } = house;
  await setScene(house, 'active');
  await db.query(
    'delete from alarms; delete from examinations; delete from sign_in_troubles; delete from channels; delete from digest_items; delete from digests',
  );
  for (const part of findingsInParts('').keys())
    await db.query('insert into examinations (id, asked_by, asked_at) values ($1, $2::jsonb, now())', [
      `examination ${part}`,
      JSON.stringify({ tenantId: ROBIN.tenantId, userId: ROBIN.userId, name: '' }),
    ]);
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
  for (const [part, findings] of findingsInParts(text).entries())
    await db.query(`update examinations set ended_at = '2026-11-21T09:00:00Z', findings = $2::jsonb where id = $1`, [
      `examination ${part}`,
      JSON.stringify(findings),
    ]);
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
    shown.set(`${role} ${subjectId}`, [await house.live.draw(message, wording)]);
  }
  const listed = await house.hear(ROBIN, 'personal', { type: 'message', text: 'notify', locale: language });
  shown.set('which channels get notices', [...listed.cards, ...listed.texts]);
  const value = { queryText: '', dataset: 'customers.all' };
  const found = await house.hear(ROBIN, 'personal', { type: 'invoke', name: 'application/search', value });
  shown.set('what is found while somebody types', [found.body]);
  for (const [act, answer] of await dialogsOver(text, language)) shown.set(act, [answer.body]);
  await house.db.query(`update requests set state = 'sent', decision = null`);
  const from = { id: `29:${ANNA.userId}`, name: text, aadObjectId: ANNA.userId };
  const signedIn = await house.hear(ANNA, 'personal', { type: 'message', text: 'sign in', from, locale: language });
  shown.set('the answer to a sign-in', [...signedIn.texts, ...signedIn.cards]);
  await house.db.query(`update requests set state = 'active', decision = $1::jsonb`, [
    JSON.stringify({ decision: 'approve', by: { tenantId: CONTOSO, userId: ANNA.userId, name: 'x' }, at: new Date(0) }),
  ]);
  return shown;
}

/** The dialog over somebody's message: what stands in it, a customer that cannot be, and the list handed over. */
async function dialogsOver(text: string, locale: string): Promise<readonly (readonly [string, Answer])[]> {
  const { state } = house.outside;
  const before = { ...state };
  const details = { value: text, length: 3, firstSource: text, firstRow: 1 };
  const kinds = ['not_a_pkid', 'wrong_length', 'conflict'] as const;
  state.list = {
    devices: [{ pkid: '3300000000035', source: text, row: 1 }],
    problems: kinds.map((kind) => ({ source: text, row: 2, kind, details })),
  };
  state.lostFiles = [text];
  state.customer = { ...state.customer, name: text, domain: text };
  const messagePayload = { body: { contentType: 'text', content: text } };
  const call = (half: string, data?: unknown) => {
    const value = { commandId: 'registerMessage', messagePayload, data };
    return house.hear(ROBIN, 'personal', { type: 'invoke', name: `composeExtension/${half}`, value, locale });
  };
  const chosen = () => ({ draftId: randomUUID(), customerId: CONTOSO });
  const look = await call('fetchTask');
  state.isReseller = false;
  const refused = await call('submitAction', chosen());
  state.isReseller = true;
  const taken = await call('submitAction', chosen());
  Object.assign(state, before);
  for (const { body } of [look, refused, taken]) expect(body).toMatchObject({ task: { type: 'continue' } });
  return [
    ['the dialog over a message', look],
    ['the dialog with a customer that cannot be', refused],
    ['the dialog once the list was handed over', taken],
  ];
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
