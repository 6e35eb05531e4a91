import { setTimeout as sleep } from 'node:timers/promises';
import { record } from '../audit/audit.ts';
import type { CustomerService } from '../customers/customer-service.ts';
import type { Customer } from '../customers/customer-store.ts';
import { ServiceError } from '../errors.ts';
import type { Person, TenantId } from '../identity.ts';
import type { Log } from '../log.ts';
import type { Jobs } from '../queue/ports.ts';
import type { Database, Transaction } from '../storage/ports.ts';
import type { ChosenProfile } from './application.ts';
import type { Profile, ProfileDraft, ProfileRegistry } from './ports.ts';
import { findByName, isDone, type ProfileChange, parseProfileDraft } from './profile.ts';
import { findChange, findDefault, insertChange, saveDefault, settleChange } from './profile-store.ts';

export type ProfilePorts = Readonly<{
  db: Database;
  jobs: Jobs;
  registry: ProfileRegistry;
  customers: CustomerService;
  now: () => Date;
  newId: () => string;
  log: Log;
}>;

/** A customer's profiles as Partner Center has them now, and which of them new batches take. */
export type ProfilesOfCustomer = Readonly<{
  customer: Customer;
  profiles: readonly Profile[];
  /** Absent where none is set, or where the one that was set is gone. */
  defaultId?: string;
}>;

/**
 * Which profile a batch takes, and why none although the customer has a default one: it is `gone` from Partner Center, or
 * Partner Center did not say (`unread`).
 */
export type ProfileForBatch = Readonly<{ profile?: ChosenProfile; withoutDefault?: 'gone' | 'unread' }>;

/**
 * Autopilot profiles made in Partner Center. Every change is written down with its ids before it is sent, and sent once;
 * where its answer is lost, the customer's profiles are read to see what became of it.
 */
export function createProfileService(ports: ProfilePorts) {
  const { db, registry, now } = ports;

  async function requireCustomer(id: TenantId): Promise<Customer> {
    const found = await ports.customers.checkRelationship(id, 'seen-lately');
    if (found) return found;
    const customer = (await ports.customers.find(id))?.name ?? id;
    throw new ServiceError('relationship-not-active', `no relationship with ${id}`, { customer });
  }

  async function of(customerId: TenantId): Promise<ProfilesOfCustomer> {
    const customer = await requireCustomer(customerId);
    const profiles = (await registry.profiles(customerId)).toSorted((a, b) => a.name.localeCompare(b.name));
    const chosen = await findDefault(db, customerId);
    return { customer, profiles, defaultId: profiles.some(({ id }) => id === chosen) ? chosen : undefined };
  }

  async function profile(customerId: TenantId, profileId: string): Promise<Profile> {
    const found = (await of(customerId)).profiles.find(({ id }) => id === profileId);
    if (!found) throw new ServiceError('profile-not-found', `no profile ${profileId}`);
    return found;
  }

  /** Intent, act, outcome. The job looks after a change whose process died before the answer. */
  async function carryOut(change: ProfileChange): Promise<void> {
    const isNew = await db.transaction(async (tx) => {
      if (!(await insertChange(tx, change, now()))) return false;
      await recordStep(tx, change);
      const startAt = new Date(now().getTime() + ANSWER_WATCH_MS);
      await ports.jobs.enqueue(tx, [{ queue: 'profile-change', id: change.id, step: 0, startAt }]);
      return true;
    });
    if (!isNew) return sayHowItEnded(await findChange(db, change.id));
    try {
      await settle({ ...change, profileId: await send(change), state: 'done' });
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      if (error.code === 'partner-center-unavailable') return lookFor(change);
      await settle({ ...change, state: 'refused', problem: error.code });
      throw error;
    }
  }

  /** Sends once; the id of the profile afterwards. */
  async function send(change: ProfileChange): Promise<string | undefined> {
    const { customerId, kind, profileId = '', draft } = change;
    if (kind === 'create') return (await registry.createProfile(customerId, draft, change)).id;
    if (kind === 'update') await registry.updateProfile(customerId, profileId, draft, change);
    else await registry.deleteProfile(customerId, profileId, change);
    return change.profileId;
  }

  /** The answer was lost: what the customer's profiles show now counts. */
  async function lookFor(change: ProfileChange): Promise<void> {
    const profiles = await registry.profiles(change.customerId).catch(() => undefined);
    if (profiles && isDone(change, profiles)) {
      const created = change.kind === 'create' ? findByName(profiles, change.draft.name)?.id : undefined;
      return settle({ ...change, profileId: change.profileId ?? created, state: 'done' });
    }
    throw new ServiceError('profile-change-unclear', `${change.id} was not answered`, { name: change.draft.name });
  }

  async function settle(change: ProfileChange): Promise<void> {
    await db.transaction(async (tx) => {
      if ((await settleChange(tx, change, now())) === 'settled') return;
      await recordStep(tx, change);
      const isGone = change.kind === 'delete' && change.state === 'done';
      if (isGone && (await findDefault(tx, change.customerId)) === change.profileId) {
        await saveDefault(tx, change.customerId, undefined);
      }
    });
    ports.log.info('profile changed', { change: change.id, kind: change.kind, state: change.state });
  }

  async function recordStep(tx: Transaction, change: ProfileChange): Promise<void> {
    const { kind, state, requestedBy, customerId, draft, profileId, requestId, correlationId, problem } = change;
    await record(tx, {
      at: now(),
      ...(state === 'begun' && { actor: requestedBy }),
      action: `profile.${kind}.${state}`,
      subject: { kind: 'profile', id: change.id },
      customerTenantId: customerId,
      details: { name: draft.name, settings: draft.settings, profileId, requestId, correlationId, problem },
    });
  }

  return {
    of,
    /** @throws ServiceError `profile-not-found`, `relationship-not-active`. */
    profile,

    /** The profiles to choose from while a list is put together; none where Partner Center does not say so at once. */
    async offered(customerId: TenantId): Promise<Pick<ProfilesOfCustomer, 'profiles' | 'defaultId'>> {
      const asked = registry.profiles(customerId).catch((error: unknown) => {
        ports.log.info('profiles cannot be offered', { error });
        return [];
      });
      const profiles = await Promise.race([asked, sleep(OFFER_WITHIN_MS, [], { ref: false })]);
      const chosen = await findDefault(db, customerId);
      return { profiles, defaultId: profiles.find(({ id }) => id === chosen)?.id };
    },

    /**
     * The profile a batch takes: the one chosen by its id, none for `null`, and the customer's default where
     * nothing was. A default that cannot be had holds up no batch: it may be applied later.
     *
     * @throws ServiceError `profile-not-found`, `relationship-not-active`, `partner-center-…` for a profile that was chosen.
     */
    async forBatch(customerId: TenantId, chosen: string | null | undefined): Promise<ProfileForBatch> {
      if (chosen === null) return {};
      if (chosen !== undefined) return { profile: named(await profile(customerId, chosen)) };
      const wanted = await findDefault(db, customerId);
      if (!wanted) return {};
      try {
        const found = (await registry.profiles(customerId)).find(({ id }) => id === wanted);
        return found ? { profile: named(found) } : { withoutDefault: 'gone' };
      } catch (error) {
        if (!(error instanceof ServiceError)) throw error;
        ports.log.warn('the default profile cannot be read', { customer: customerId, error });
        return { withoutDefault: 'unread' };
      }
    },

    /**
     * Creates a profile, or changes the one that `profileId` names. Repeating it with the same `changeId` does nothing.
     *
     * @throws ServiceError `profile-name-invalid`, `profile-name-taken`, `profile-not-found`, `relationship-not-active`,
     * `profile-change-unclear` when Partner Center did not answer and does not show the change (yet), `partner-center-…`.
     */
    async save(
      wanted: { changeId: string; customerId: TenantId; profileId?: string; draft: ProfileDraft },
      by: Person,
    ): Promise<void> {
      const before = await findChange(db, wanted.changeId);
      if (before) return sayHowItEnded(before);
      const draft = parseProfileDraft(wanted.draft);
      const { profiles } = await of(wanted.customerId);
      const { profileId } = wanted;
      if (profileId && !profiles.some(({ id }) => id === profileId)) {
        throw new ServiceError('profile-not-found', `no profile ${profileId}`);
      }
      const namesake = findByName(profiles, draft.name);
      if (namesake && namesake.id !== profileId) {
        throw new ServiceError('profile-name-taken', 'profile name taken', { name: draft.name });
      }
      await carryOut(begin({ ...wanted, draft, kind: profileId ? 'update' : 'create' }, by));
    },

    /**
     * Deletes a profile. A repeat, or one that is gone already, does nothing.
     *
     * @throws ServiceError `relationship-not-active`, `profile-change-unclear`, `partner-center-…`.
     */
    async remove(wanted: { changeId: string; customerId: TenantId; profileId: string }, by: Person): Promise<void> {
      const found = (await of(wanted.customerId)).profiles.find(({ id }) => id === wanted.profileId);
      if (!found) return;
      const { name, description, settings } = found;
      await carryOut(begin({ ...wanted, draft: { name, description, settings }, kind: 'delete' }, by));
    },

    /**
     * Makes a profile the one that new batches of the customer take, or none.
     *
     * @throws ServiceError `profile-not-found`, `relationship-not-active`.
     */
    async makeDefault(customerId: TenantId, profileId: string | undefined, by: Person): Promise<void> {
      const name = profileId === undefined ? undefined : (await profile(customerId, profileId)).name;
      await db.transaction(async (tx) => {
        if ((await findDefault(tx, customerId)) === profileId) return;
        await saveDefault(tx, customerId, profileId);
        await record(tx, {
          at: now(),
          actor: by,
          action: 'profile.default',
          subject: { kind: 'profile', id: profileId ?? 'none' },
          customerTenantId: customerId,
          details: { name },
        });
      });
    },

    /** What the job does: a change that nobody recorded an outcome of is looked for, and never sent again. */
    async settleBegun(id: string): Promise<void> {
      const change = await findChange(db, id);
      if (change?.state !== 'begun') return;
      const profiles = await registry.profiles(change.customerId);
      const created = change.kind === 'create' ? findByName(profiles, change.draft.name)?.id : undefined;
      const done = isDone(change, profiles);
      await settle({ ...change, profileId: change.profileId ?? created, state: done ? 'done' : 'unclear' });
    },
  };

  function begin(
    wanted: Readonly<{ changeId: string; customerId: TenantId; profileId?: string; draft: ProfileDraft }> &
      Pick<ProfileChange, 'kind'>,
    requestedBy: Person,
  ): ProfileChange {
    const { changeId, customerId, profileId, draft, kind } = wanted;
    const { tenantId, userId, name } = requestedBy;
    const ids = { requestId: ports.newId(), correlationId: ports.newId() };
    const by = { tenantId, userId, name };
    return { id: changeId, customerId, profileId, draft, kind, requestedBy: by, state: 'begun', ...ids };
  }
}

export type ProfileService = ReturnType<typeof createProfileService>;

function named({ id, name }: Profile): ChosenProfile {
  return { id, name };
}

/** A preview waits for profiles this long; it can be confirmed without. */
const OFFER_WITHIN_MS = 3_000;
/** A change that has not been answered after this long has timed out in its own process, too. */
const ANSWER_WATCH_MS = 3 * 60_000;

/** The same form was sent before: what became of it then is what it is answered with now. */
function sayHowItEnded(change: ProfileChange | undefined): void {
  if (change?.state === 'done') return;
  const name = change?.draft.name ?? '';
  if (change?.state === 'refused') throw new ServiceError('partner-center-refused', `${change.id} was refused`);
  throw new ServiceError('profile-change-unclear', `${change?.id} is not settled`, { name });
}
