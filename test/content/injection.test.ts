import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CATALOGUES, createWording } from '../../cards/wording/wording.ts';
import { SHARED } from '../../dialogs/share-dialog.ts';
import type { BatchState } from '../../services/devices/batch.ts';
import type { MessageId } from '../../services/identity.ts';
import type { MessageRole } from '../../services/messages/message.ts';
import { ACTORS, type Actor, NORTHWIND } from '../authz/cast.ts';
import { type Answer, CUSTOMER, type House, openHouse, PROFILE_ID } from '../authz/house.ts';
import { ASKED_REMOVAL, DRAFT, REFERENCE, SENT_BATCH, type StateName, setScene } from '../authz/scene.ts';
import { quietLog } from '../contracts/test-databases.ts';
import { keepFigures } from '../figures/keep.ts';
import { CORPUS, PAYLOADS } from './corpus.ts';
import { compare } from './inert.ts';

const ROBIN = ACTORS['the rep who asked'];
const SAM = ACTORS['another rep'];
const ANNA = ACTORS['the approver, known by object id'];
/** Every part of the corpus reads another language, Hebrew from right to left among them. */
const LANGUAGES = Object.keys(CATALOGUES);
let language = 'en';
/** A device whose other values are hostile can be found by this. */
const FOUND_PKID = '3300000000011';
const BARE: ReadonlySet<string> = new Set(PAYLOADS);
let house: House;

beforeAll(async () => {
  house = await openHouse(quietLog);
});

afterAll(() => house?.close());

/** Everything that is shown, each under the name of the act that shows it. */
type Shown = ReadonlyMap<string, readonly unknown[]>;

describe(`${CORPUS.length} hostile texts in every field that holds text`, () => {
  const lives = requestLives();
  const benign = new Map<string, Shown>();
  let comparisons = 0;
  let different = 0;

  beforeAll(async () => {
    await pressBy(ROBIN, 'customers.list', {}); // read from Partner Center once; afterwards the database is believed
    for (language of LANGUAGES) {
      for (const life of lives) benign.set(`${language} ${life.name}`, await showEverything('Aa', life));
    }
  }, 400_000);

  it('are at least 500', () => expect(CORPUS.length).toBeGreaterThanOrEqual(500));

  it.each(chunks(CORPUS, 8))(
    'stay text, first shown, updated and read again from the database (part %i)',
    async (...[number, part]) => {
      language = LANGUAGES[number % LANGUAGES.length] ?? 'en';
      const problems: string[] = [];
      for (const [index, text] of part.entries()) {
        const life = lives[index % lives.length] as Life;
        const shown = isThorough(text) ? await showEverything(text, life) : await showEachField(text, life);
        const expected = benign.get(`${language} ${life.name}`) as Shown;
        for (const [act, pieces] of shown) {
          const difference = compare(pieces, expected.get(act) ?? []);
          if (difference) problems.push(`${JSON.stringify(text)} in ${act} (${life.name}): ${difference}`);
        }
      }
      comparisons += part.length;
      different += problems.length;
      expect(problems).toEqual([]);
    },
    400_000,
  );

  afterAll(() => {
    const shown = [...benign.values()].reduce((sum, acts) => sum + acts.size, 0);
    keepFigures('hostile texts', {
      texts: comparisons,
      'acts that show them, over languages and states': shown,
      different,
    });
  });
});

/** A way for a request and a batch to go on after they were first shown. */
type Life = Readonly<{ name: string; state: StateName; batch: BatchState }>;

function requestLives(): readonly Life[] {
  const batches: BatchState[] = ['done', 'done-with-errors', 'needs-human', 'failed'];
  const states: StateName[] = ['approved', 'active', 'declined', 'expired', 'withdrawn', 'ended'];
  return states.map((state, index) => ({ name: state, state, batch: batches[index % batches.length] as BatchState }));
}

/**
 * The payloads as they are go through every act; with other text around them they are only shown once in each field,
 * unless CONTENT_THOROUGH=1 asks for everything.
 */
function isThorough(text: string): boolean {
  return process.env.CONTENT_THOROUGH === '1' || BARE.has(text);
}

async function showEachField(text: string, { state, batch }: Life): Promise<Shown> {
  const shown = new Map<string, readonly unknown[]>();
  const note = (act: string, answer: Answer) => shown.set(act, pieces(answer));
  await setScene(house, state);
  await fillWith(text, batch);
  shown.set('the updated card of the approver', [await draw('request.approver')]);
  shown.set('the updated card of the rep', [await draw('request.rep')]);
  shown.set('the notice of a batch', [await draw('batch.notice-rep')]);
  note('the batch', await pressBy(ROBIN, 'batch.open', { batchId: SENT_BATCH }));
  note('customers', await pressBy(ROBIN, 'customers.list', {}));
  await house.db.query('update batch_devices set pkid = $1 where batch_id = $2', [FOUND_PKID, SENT_BATCH]);
  for (const kind of SHARED) note(`snapshots of ${kind}`, await searchBy(ROBIN, kind));
  note('profiles', await pressBy(ROBIN, 'profiles.list', { customerId: CUSTOMER.tenantId }));
  note('a welcome', await welcome(text));
  return shown;
}

async function showEverything(text: string, { state, batch }: Life): Promise<Shown> {
  const shown = new Map<string, readonly unknown[]>();
  const note = (act: string, answer: Answer) => shown.set(act, pieces(answer));
  const drawn = async (act: string, role: MessageRole) => shown.set(act, [await draw(role)]);

  await setScene(house, 'sent');
  await fillWith(text, 'draft');
  await drawn('the first card of the approver', 'request.approver');
  await drawn('the first card of the rep', 'request.rep');
  await drawn('a reminder', 'reminder');
  note('the list', await pressBy(ROBIN, 'register.page', { batchId: DRAFT, version: 1, page: 1 }));
  note('a mail', await pressBy(ROBIN, 'request.mail', { reference: REFERENCE }));
  note('a refusal', await pressBy(ANNA, 'relationship.decline', { reference: REFERENCE, reason: text }));
  note('the refusal at the rep', await pressBy(ROBIN, 'request.open', { reference: REFERENCE }));
  await drawn('the notice of a refusal', 'request.notice-rep');

  await setScene(house, state);
  await fillWith(text, batch);
  await drawn('the updated card of the approver', 'request.approver');
  await drawn('the updated card of the rep', 'request.rep');
  await drawn('the notice', 'request.notice-rep');
  await drawn('the notice of a batch', 'batch.notice-rep');
  note('the card again at the rep', await pressBy(ROBIN, 'request.open', { reference: REFERENCE }));
  note('the card again at the approver', await pressBy(ANNA, 'request.open', { reference: REFERENCE }));
  note('the batch', await pressBy(ROBIN, 'batch.open', { batchId: SENT_BATCH }));
  note('batches', await pressBy(ROBIN, 'batches.list', {}));
  note('customers', await pressBy(ROBIN, 'customers.list', {}));
  note('a removal', await pressBy(ROBIN, 'removal.refresh', { removalId: ASKED_REMOVAL }));
  note('a removal at the second person', await pressBy(SAM, 'removal.refresh', { removalId: ASKED_REMOVAL }));
  await house.db.query('update batch_devices set pkid = $1 where batch_id = $2', [FOUND_PKID, SENT_BATCH]);
  note('a device that was found', await pressBy(ROBIN, 'devices.find', { query: FOUND_PKID }));
  for (const kind of SHARED) note(`snapshots of ${kind}`, await searchBy(ROBIN, kind));
  note('requests', await pressBy(ROBIN, 'requests.list', {}));
  note('what was written before', await pressBy(ROBIN, 'request.again', { reference: REFERENCE }));
  await drawn('the end for the rep', 'request.ended-rep');
  await drawn('the notice of the approver', 'request.notice-approver');
  note('a search', await pressBy(ROBIN, 'customers.page', { page: 1, query: text.slice(0, 100) }));
  const ofProfile = { customerId: CUSTOMER.tenantId, profileId: PROFILE_ID };
  note('profiles', await pressBy(ROBIN, 'profiles.list', ofProfile));
  note('an export', await pressBy(ROBIN, 'batch.export', { batchId: SENT_BATCH }));
  note('a profile to apply', await pressBy(ROBIN, 'batch.ask-profile', { batchId: SENT_BATCH }));
  note('a profile to change', await pressBy(ROBIN, 'profile.edit', ofProfile));
  note('a profile to delete', await pressBy(ACTORS['another rep'], 'profile.ask-delete', ofProfile));
  note('the picker', await pressBy(ROBIN, 'register.start', { customerId: CUSTOMER.tenantId }));

  await setScene(house, 'unknown');
  house.outside.state.customer = { ...CUSTOMER, name: text, domain: text };
  const typed = { draftId: 'd1', approvers: 'b_o*k*@contoso.example', note: text.slice(0, 1_000) };
  note('a preview', await pressBy(ROBIN, 'request.preview', { ...typed, customer: 'contoso.example' }));
  note('a request', await pressBy(ROBIN, 'request.send', { draftId: 'd1' }));
  note('a form with a problem', await pressBy(ROBIN, 'request.preview', { ...typed, customer: text.slice(0, 250) }));
  const hostileNames = { ...typed, customer: 'contoso.example', approvers: text };
  note('a form with wrong names', await pressBy(ROBIN, 'request.preview', hostileNames));
  house.outside.state.customer = CUSTOMER;
  note('a welcome', await welcome(text));
  return shown;
}

function welcome(name: string): Promise<Answer> {
  const from = { id: `29:${ROBIN.userId}`, name, aadObjectId: ROBIN.userId };
  return house.hear(ROBIN, 'personal', { from, type: 'installationUpdate', action: 'add', locale: language });
}

function searchBy(actor: Actor, commandId: string): Promise<Answer> {
  const value = { commandId, parameters: [{ name: 'query', value: commandId === 'devices' ? FOUND_PKID : '' }] };
  return house.hear(actor, 'personal', { type: 'invoke', name: 'composeExtension/query', value, locale: language });
}

function pressBy(actor: Actor, verb: string, data: unknown): Promise<Answer> {
  const value = { action: { type: 'Action.Execute', verb, data } };
  return house.hear(actor, 'personal', { type: 'invoke', name: 'adaptiveCard/action', value, locale: language });
}

function pieces({ cards, texts, body }: Answer): readonly unknown[] {
  const { value, composeExtension: found } = (body ?? {}) as { value?: unknown; composeExtension?: unknown };
  return [...cards, ...texts, ...[value, found].filter((shown) => shown !== undefined)];
}

function draw(role: MessageRole): Promise<unknown> {
  const kind = role === 'reminder' ? role : role.startsWith('request.') ? 'request' : 'batch';
  const recipient = { kind: 'person', tenantId: NORTHWIND, userId: ROBIN.userId } as const;
  return house.live.draw(
    {
      id: 'm1' as MessageId,
      subjectKind: kind,
      subjectId:
        kind === 'batch' ? SENT_BATCH : `c1c1c1c1-0000-4000-8000-000000000001${kind === 'reminder' ? '#1' : ''}`,
      role,
      recipient,
      state: 'due',
      wanted: 1,
      drawn: 0,
      attempts: 0,
    },
    createWording(language),
  );
}

/** Puts the text into every column of text that a card may show. */
async function fillWith(text: string, batch: BatchState): Promise<void> {
  const { db, outside } = house;
  outside.state.profiles = [{ id: PROFILE_ID, name: text, description: text, settings: [], deviceCount: 1 }];
  const name = JSON.stringify(text);
  await db.transaction(async (tx) => {
    await tx.query(
      `update requests set customer_name = $1, customer_domain = $1, note = $1,
         requested_by = jsonb_set(requested_by, '{name}', $2::jsonb),
         decision = jsonb_set(jsonb_set(decision, '{by,name}', $2::jsonb), '{reason}', $2::jsonb)`,
      [text, name],
    );
    await tx.query(`update approvers set sign_in_name = $1, name = $1 where position > 0`, [text]);
    await tx.query(`update approvers set name = $1 where position = 0`, [text]);
    await tx.query(`update customers set name = $1, domain = $1`, [text]);
    await tx.query(
      `update removals set customer_name = $1, customer_domain = $1,
         requested_by = jsonb_set(requested_by, '{name}', $2::jsonb)`,
      [text, name],
    );
    await tx.query(
      `update removal_devices set batch_name = $1, pkid = null, serial = $1, manufacturer = $1, model = $1`,
      [text],
    );
    await tx.query(
      `update batches set name = $1, customer_name = $1, customer_domain = $1, problem = $1,
         requested_by = jsonb_set(requested_by, '{name}', $2::jsonb)`,
      [text, name],
    );
    await tx.query(`update batches set state = $2, finished_at = now() where id = $1`, [SENT_BATCH, batch]);
    await tx.query(
      `update batch_devices set source = $1, pkid = null, serial = $1, manufacturer = $1, model = $1,
         error_code = $1, error_name = $1`,
      [text],
    );
    await tx.query(`update batch_devices set state = 'failed' where batch_id = $1`, [SENT_BATCH]);
    await tx.query(`update batch_devices set confirm = 'low_confidence' where batch_id = $1`, [DRAFT]);
    await tx.query(
      `insert into batch_problems (batch_id, position, source, row_number, kind, details)
       values ($1, 0, $2, 2, 'not_a_pkid', $3::jsonb), ($1, 1, $2, 3, 'wrong_length', $3::jsonb)`,
      [DRAFT, text, JSON.stringify({ value: text, length: 3 })],
    );
  });
}

function chunks<T>(list: readonly T[], number: number): [number, readonly T[]][] {
  const size = Math.ceil(list.length / number);
  return Array.from({ length: number }, (_, index) => [index + 1, list.slice(index * size, (index + 1) * size)]);
}
