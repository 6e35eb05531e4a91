import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createCustomerService } from '../../../services/customers/customer-service.ts';
import type { UserId } from '../../../services/identity.ts';
import type { ProfileDraft } from '../../../services/profiles/ports.ts';
import { createProfileService, type ProfileService } from '../../../services/profiles/profile-service.ts';
import type { Job } from '../../../services/queue/ports.ts';
import { migrate } from '../../../services/storage/migrations.ts';
import { MIGRATIONS } from '../../../services/storage/schema/migrations.ts';
import { inMemory, quietLog, type TestDatabase } from '../../contracts/test-databases.ts';
import { customerOf, openEmulated, tenantOf } from '../partner-center/emulated.ts';

const QUIET: ProfileDraft = { name: 'Quiet', settings: ['skip_express_settings'] };
const POLICIES = '/v1/customers/*/policies*';

let opened: Awaited<ReturnType<typeof openEmulated>>;
let test: TestDatabase;
let profiles: ProfileService;
const jobs: Job[] = [];

beforeAll(async () => {
  opened = await openEmulated();
  test = await inMemory.create();
  await migrate(test.database, MIGRATIONS, quietLog);
  const { partnerCenter, log } = opened;
  const now = () => new Date();
  const db = test.database;
  profiles = createProfileService({
    db,
    jobs: {
      enqueue: async (_tx, added) => void jobs.push(...added),
      work: async () => {},
      counts: () => Promise.reject(new Error('nobody counts here')),
      stop: async () => {},
    },
    registry: partnerCenter,
    customers: createCustomerService({ db, partnerCenter, now, log }),
    now,
    newId: randomUUID,
    log,
  });
  opened.emulators.partnerCenter.accept(customer());
});

beforeEach(async () => {
  opened.emulators.faults.clear();
  opened.emulators.partnerCenter.state().policies.length = 0;
  await test.database.query('delete from default_profiles');
});

afterAll(async () => {
  await opened?.emulators.close();
  await test?.remove();
});

const customer = () => customerOf(opened.emulators, 0).tenantId;
const rep = () => ({
  tenantId: tenantOf(opened.emulators.world.partner.tenantId),
  userId: 'r' as UserId,
  name: 'Robin',
});
const atPartnerCenter = () => opened.emulators.partnerCenter.state().policies;

/** Saves a profile the way a form does; the id of the form. */
async function save(draft: ProfileDraft, profileId?: string, changeId: string = randomUUID()): Promise<string> {
  await profiles.save({ changeId, customerId: customer(), profileId, draft }, rep());
  return changeId;
}

async function changes(changeId: string): Promise<readonly unknown[]> {
  const rows = await test.database.query(`select action from audit where subject_id = $1 order by seq`, [changeId]);
  return rows.map(({ action }) => action);
}

describe('profiles of a customer', () => {
  it('are created, changed and deleted in Partner Center, each with its intent before its outcome', async () => {
    const created = await save(QUIET);
    const { profiles: after } = await profiles.of(customer());
    expect(after).toMatchObject([{ ...QUIET, deviceCount: 0 }]);
    const id = after[0]?.id ?? '';
    await save({ name: 'Quieter', description: 'Malmö', settings: ['skip_eula'] }, id);
    expect((await profiles.profile(customer(), id)).name).toBe('Quieter');
    const changeId = randomUUID();
    await profiles.remove({ changeId, customerId: customer(), profileId: id }, rep());
    expect(atPartnerCenter()).toEqual([]);
    expect(await changes(created)).toEqual(['profile.create.begun', 'profile.create.done']);
    expect(await changes(changeId)).toEqual(['profile.delete.begun', 'profile.delete.done']);
  });

  it('switch nothing on where nothing was chosen', async () => {
    await save({ name: 'Plain', settings: [] });
    expect(atPartnerCenter()).toMatchObject([{ policySettings: ['none'] }]);
    expect((await profiles.of(customer())).profiles[0]?.settings).toEqual([]);
  });

  it('have names of their own', async () => {
    await save(QUIET);
    await expect(save({ ...QUIET, name: ' quiet ' })).rejects.toMatchObject({ code: 'profile-name-taken' });
    await expect(save({ ...QUIET, name: ' ' })).rejects.toMatchObject({ code: 'profile-name-invalid' });
    await expect(save(QUIET, randomUUID())).rejects.toMatchObject({ code: 'profile-not-found' });
    expect(atPartnerCenter()).toHaveLength(1);
  });

  it('are created once when the same form is sent twice', async () => {
    const changeId = await save(QUIET);
    await save(QUIET, undefined, changeId);
    expect(atPartnerCenter()).toHaveLength(1);
    expect(await changes(changeId)).toHaveLength(2);
  });

  it('are only for customers with a relationship', async () => {
    const stranger = { changeId: randomUUID(), customerId: customerOf(opened.emulators, 1).tenantId, draft: QUIET };
    await expect(profiles.save(stranger, rep())).rejects.toMatchObject({ code: 'relationship-not-active' });
  });
});

describe('a batch', () => {
  const none = { service: 'partner-center', method: 'GET', path: POLICIES } as const;

  it('takes the profile that was chosen, none where none was wanted, and otherwise the default one', async () => {
    await save(QUIET);
    await save({ ...QUIET, name: 'Other' });
    const [quiet, other] = atPartnerCenter().map(({ id, name }) => ({ id, name: name ?? '' }));
    expect(await profiles.forBatch(customer(), undefined)).toEqual({});
    await profiles.makeDefault(customer(), quiet?.id, rep());
    expect(await profiles.forBatch(customer(), undefined)).toEqual({ profile: quiet });
    expect(await profiles.forBatch(customer(), other?.id)).toEqual({ profile: other });
    expect(await profiles.forBatch(customer(), null)).toEqual({});
    await expect(profiles.forBatch(customer(), randomUUID())).rejects.toMatchObject({ code: 'profile-not-found' });
  });

  it('goes out without the default profile, and says why, where that is gone or cannot be read', async () => {
    await save(QUIET);
    await profiles.makeDefault(customer(), atPartnerCenter()[0]?.id, rep());
    opened.emulators.faults.add({ ...none, effect: { kind: 'status', status: 503 } });
    expect(await profiles.forBatch(customer(), undefined)).toEqual({ withoutDefault: 'unread' });
    opened.emulators.faults.clear();
    atPartnerCenter().length = 0;
    expect(await profiles.forBatch(customer(), undefined)).toEqual({ withoutDefault: 'gone' });
  });
});

describe('a lost answer', () => {
  const lose = (method: string, kind: 'reset' | 'resetAfterEffect') =>
    opened.emulators.faults.add({ service: 'partner-center', method, path: POLICIES, effect: { kind } });

  it('is read back: a profile that is there was created', async () => {
    lose('POST', 'resetAfterEffect');
    const changeId = await save(QUIET);
    expect(atPartnerCenter()).toHaveLength(1);
    expect(await changes(changeId)).toEqual(['profile.create.begun', 'profile.create.done']);
  });

  it('is never sent again: one that is not there is said to be unclear', async () => {
    lose('POST', 'reset');
    const changeId = randomUUID();
    await expect(save(QUIET, undefined, changeId)).rejects.toMatchObject({ code: 'profile-change-unclear' });
    await expect(save(QUIET, undefined, changeId)).rejects.toMatchObject({ code: 'profile-change-unclear' });
    expect(atPartnerCenter()).toEqual([]);
    expect(jobs).toContainEqual(expect.objectContaining({ queue: 'profile-change', id: changeId }));
    await profiles.settleBegun(changeId);
    expect(await changes(changeId)).toEqual(['profile.create.begun', 'profile.create.unclear']);
  });

  it('of a change and of a deletion is read back, too', async () => {
    await save(QUIET);
    const id = atPartnerCenter()[0]?.id ?? '';
    lose('PUT', 'resetAfterEffect');
    await save({ ...QUIET, name: 'Quieter' }, id);
    lose('DELETE', 'resetAfterEffect');
    await profiles.remove({ changeId: randomUUID(), customerId: customer(), profileId: id }, rep());
    expect(atPartnerCenter()).toEqual([]);
  });

  it('of a process that died is found by the job', async () => {
    const changeId = randomUUID();
    lose('POST', 'resetAfterEffect');
    opened.emulators.faults.add({ method: 'GET', path: POLICIES, skip: 1, effect: { kind: 'status', status: 503 } });
    await expect(save(QUIET, undefined, changeId)).rejects.toMatchObject({ code: 'profile-change-unclear' });
    await profiles.settleBegun(changeId);
    expect(await changes(changeId)).toEqual(['profile.create.begun', 'profile.create.done']);
  });

  it('is something else than a refusal', async () => {
    const effect = { kind: 'status', status: 403, body: { code: '900308' } } as const;
    opened.emulators.faults.add({ method: 'POST', path: POLICIES, effect });
    const changeId = randomUUID();
    await expect(save(QUIET, undefined, changeId)).rejects.toMatchObject({ code: 'partner-center-refused' });
    expect(await changes(changeId)).toEqual(['profile.create.begun', 'profile.create.refused']);
  });
});

describe('the default', () => {
  it('is one profile of the customer, and gone with it', async () => {
    await save(QUIET);
    const id = atPartnerCenter()[0]?.id ?? '';
    await profiles.makeDefault(customer(), id, rep());
    expect((await profiles.of(customer())).defaultId).toBe(id);
    await profiles.remove({ changeId: randomUUID(), customerId: customer(), profileId: id }, rep());
    expect((await profiles.of(customer())).defaultId).toBeUndefined();
    expect(await test.database.query('select * from default_profiles')).toEqual([]);
    await expect(profiles.makeDefault(customer(), id, rep())).rejects.toMatchObject({ code: 'profile-not-found' });
  });

  it('is taken away again', async () => {
    await save(QUIET);
    const id = atPartnerCenter()[0]?.id ?? '';
    await profiles.makeDefault(customer(), id, rep());
    await profiles.makeDefault(customer(), undefined, rep());
    expect((await profiles.of(customer())).defaultId).toBeUndefined();
  });

  it('does not count where the profile was deleted in Partner Center', async () => {
    await save(QUIET);
    await profiles.makeDefault(customer(), atPartnerCenter()[0]?.id ?? '', rep());
    atPartnerCenter().length = 0;
    expect((await profiles.of(customer())).defaultId).toBeUndefined();
  });
});
