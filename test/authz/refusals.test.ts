import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { gatherEvidence } from '../../services/audit/evidence.ts';
import { evidencePage } from '../../services/audit/evidence-page.ts';
import { createRefusals } from '../../services/audit/refusals.ts';
import { ServiceError } from '../../services/errors.ts';
import { quietLog } from '../contracts/test-databases.ts';
import { ACTORS, type ActorName, CONTOSO } from './cast.ts';
import { type House, NOW, openHouse } from './house.ts';
import { DRAFT, REFERENCE, setScene } from './scene.ts';

let house: House;
let from: number;

beforeAll(async () => {
  house = await openHouse(quietLog);
});
beforeEach(async () => {
  await setScene(house, 'sent');
  from = await newest();
});
afterAll(() => house?.close());

async function newest(): Promise<number> {
  const [row] = await house.db.query('select coalesce(max(seq), 0) as seq from audit');
  return Number(row?.seq);
}

async function noted() {
  return house.db.query(
    'select action, actor, subject_kind, subject_id, customer_tenant_id, details from audit where seq > $1 order by seq',
    [from],
  );
}

describe('a decision somebody may not take', () => {
  it.each<[ActorName, string, boolean]>([
    ['an administrator nobody asked', 'not-an-approver', false],
    ['an ordinary user of the customer', 'not-an-approver', false],
    ['the rep as a guest of the customer, listed as approver', 'not-an-approver', true],
    ['an administrator of another customer', 'request-not-found', false],
    ['a stranger with the approver’s sign-in name', 'request-not-found', false],
    ['the rep who asked', 'request-not-found', false],
  ])('is noted with who tried it and why not: %s', async (name, why, guest) => {
    await house.press(ACTORS[name], 'personal', 'relationship.approve', { reference: REFERENCE });
    const { tenantId, userId } = ACTORS[name];
    expect(await noted()).toMatchObject([
      {
        action: 'request.refused',
        actor: { tenantId, userId },
        subject_kind: 'request',
        customer_tenant_id: CONTOSO,
        details: { tried: 'relationship.approve', why, guest, place: 'personal' },
      },
    ]);
  });

  it('is noted when a copied card is pressed elsewhere than in the personal chat', async () => {
    const anna = ACTORS['the approver, known by object id'];
    await house.press(anna, 'group', 'relationship.approve', { reference: REFERENCE });
    expect(await noted()).toMatchObject([{ details: { why: 'personal-chat-only', place: 'group' } }]);
  });

  it('leaves nothing when the request does not exist, but for who tried', async () => {
    const farah = ACTORS['an administrator of another customer'];
    await house.press(farah, 'personal', 'relationship.approve', { reference: 'x'.repeat(32) });
    expect(await noted()).toMatchObject([
      { action: 'person.refused', subject_kind: 'person', subject_id: farah.userId, customer_tenant_id: null },
    ]);
  });

  it('stands in the evidence of the customer it was aimed at, in words', async () => {
    const cleo = ACTORS['an administrator nobody asked'];
    await house.press(cleo, 'personal', 'relationship.decline', { reference: REFERENCE });
    const pack = await gatherEvidence(house.db, 'contoso.example', NOW);
    if (!pack) throw new Error('no evidence');
    expect(pack.chain.firstBroken).toBeUndefined();
    const page = evidencePage(pack);
    expect(page).toContain('Somebody was refused');
    expect(page).toContain('They were not asked, are a guest, or are the one who asks.');
    expect(page).toContain(cleo.name);
  });
});

describe('an act that needs a role', () => {
  it('is noted when somebody without it tries, beside the list they reached for', async () => {
    const nils = ACTORS['a colleague without a role'];
    await house.press(nils, 'personal', 'register.confirm', { batchId: DRAFT, version: 1, batchName: 'Order 1' });
    expect(await noted()).toMatchObject([
      { action: 'batch.refused', subject_id: DRAFT, actor: { userId: nils.userId }, details: { why: 'not-a-rep' } },
    ]);
  });

  it('is not noted when it was allowed, late, or only went wrong', async () => {
    const anna = ACTORS['the approver, known by object id'];
    await house.press(anna, 'personal', 'relationship.approve', { reference: REFERENCE });
    await house.press(anna, 'personal', 'relationship.decline', { reference: REFERENCE });
    expect((await noted()).map(({ action }) => action)).toEqual(['request.approved']);
  });
});

describe('a flood of refusals', () => {
  const who = ACTORS['an administrator of another customer'];
  const tried = { who, code: 'not-an-approver', tried: 'relationship.approve', place: 'personal' } as const;

  it('leaves ten entries an hour for each person, and the number of those left out with the next', async () => {
    let at = NOW;
    const refusals = createRefusals({ db: house.db, now: () => at, log: quietLog });
    for (let press = 0; press < 40; press++) await refusals.note(tried);
    expect(await noted()).toHaveLength(10);
    at = new Date(NOW.getTime() + 3_600_000);
    await refusals.note(tried);
    const entries = await noted();
    expect(entries).toHaveLength(11);
    expect(entries.at(-1)).toMatchObject({ details: { unnoted: 30 } });
  });

  it('is bounded for a crowd, too', async () => {
    const refusals = createRefusals({ db: house.db, now: () => NOW, log: quietLog });
    for (let person = 0; person < 700; person++) {
      await refusals.note({ ...tried, who: { ...who, userId: `u${person}` as typeof who.userId } });
    }
    expect(await noted()).toHaveLength(500);
  });

  it('never fails the turn', async () => {
    const broken = { ...house.db, transaction: () => Promise.reject(new ServiceError('graph-unavailable', 'no')) };
    const refusals = createRefusals({ db: broken, now: () => NOW, log: quietLog });
    await expect(refusals.note(tried)).resolves.toBeUndefined();
  });
});
