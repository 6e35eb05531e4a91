import { ServiceError } from '../errors.ts';
import { isGuestName, isSamePerson, type Person, type TenantId } from '../identity.ts';
import type { GroupDirectory } from '../relationships/ports.ts';

/** What somebody of the partner's tenant may do. Customers have no role: a request names its approvers. */
export const ROLES = ['rep', 'remover', 'admin'] as const;
export type Role = (typeof ROLES)[number];

export type AccessPorts = Readonly<{
  partnerTenantId: TenantId;
  groups: GroupDirectory;
  /** Entra group of each role, in the partner's tenant. */
  groupOf: Readonly<Record<Role, string>>;
  cache: Readonly<{
    get(key: string): Promise<unknown>;
    set(key: string, value: readonly string[], ttlMs: number): Promise<unknown>;
  }>;
}>;

/** Somebody with the sign-in name Teams' roster gives for them, where it is known. */
type SignedIn = Person & Readonly<{ signInName?: string }>;

/** A role that was read is believed this long, except where something is confirmed. */
const CACHE_MS = 5 * 60_000;

/** Who may do what, by Entra groups of the partner's tenant. */
export function createAccess(ports: AccessPorts) {
  const groupIds = [...new Set(Object.values(ports.groupOf))];

  async function read(person: Person): Promise<ReadonlySet<Role>> {
    const groups = await ports.groups.memberOf(person.userId, groupIds);
    const roles = ROLES.filter((role) => groups.has(ports.groupOf[role]));
    await ports.cache.set(keyOf(person), roles, CACHE_MS);
    return new Set(roles);
  }

  return {
    /**
     * Those who could confirm what this person asks for: everybody else who may remove devices, guests left out.
     *
     * @throws ServiceError `graph-unavailable`.
     */
    async secondsFor(asking: Person): Promise<readonly Person[]> {
      const people = await ports.groups.peopleOf(ports.groupOf.remover);
      return people
        .filter(({ userId, signInName }) => userId !== asking.userId && !isGuestName(signInName))
        .map(({ userId, name }) => ({ tenantId: ports.partnerTenantId, userId, name }));
    },

    /** True for people of the partner's own tenant, whatever their role. */
    isPartner: (person: Pick<Person, 'tenantId'>): boolean => person.tenantId === ports.partnerTenantId,

    /**
     * The roles of a person. Nobody outside the partner's tenant has any, and guests in it have none either, whatever
     * group they are in: they belong to another organisation.
     *
     * @param freshly reads Entra now instead of believing what was read up to five minutes ago.
     * @throws ServiceError `graph-unavailable`: then nothing is allowed.
     */
    async rolesOf(person: SignedIn, freshly = false): Promise<ReadonlySet<Role>> {
      if (person.tenantId !== ports.partnerTenantId || isGuestName(person.signInName)) return new Set();
      const known = freshly ? undefined : await ports.cache.get(keyOf(person));
      if (!Array.isArray(known)) return read(person);
      return new Set(ROLES.filter((role) => known.includes(role)));
    },

    /** @throws ServiceError `not-a-rep` for everybody who may not request and register. */
    async requireRep(person: SignedIn, freshly = false): Promise<void> {
      if (!(await this.rolesOf(person, freshly)).has('rep')) {
        throw new ServiceError('not-a-rep', `${person.userId} is no rep`);
      }
    },

    /**
     * For what takes something away that a colleague may still need. Read from Entra at this moment.
     *
     * @throws ServiceError `not-a-rep`, or `not-a-remover` for reps who may not remove.
     */
    async requireRemover(person: SignedIn): Promise<void> {
      await this.requireRep(person, true);
      if (!(await this.rolesOf(person)).has('remover')) {
        throw new ServiceError('not-a-remover', `${person.userId} may not remove`);
      }
    },

    /** @throws ServiceError `not-an-admin` for everybody who does not administer the installation. Read from Entra now. */
    async requireAdmin(person: SignedIn): Promise<void> {
      if (!(await this.rolesOf(person, true)).has('admin')) {
        throw new ServiceError('not-an-admin', `${person.userId} does not administer`);
      }
    },

    /**
     * For what cannot be undone: somebody who may remove devices, and is not the one who asked for it. Read from Entra at
     * this moment.
     *
     * @throws ServiceError `second-person-needed` for everybody else.
     */
    async requireSecond(asking: Person, confirming: SignedIn): Promise<void> {
      const isOther = !isSamePerson(asking, confirming);
      if (isOther && (await this.rolesOf(confirming, true)).has('remover')) return;
      throw new ServiceError('second-person-needed', `${confirming.userId} may not confirm for ${asking.userId}`);
    },
  };
}

export type Access = ReturnType<typeof createAccess>;

function keyOf({ tenantId, userId }: Person): string {
  return `roles/${tenantId}/${userId}`;
}
