import type { TenantId, UserId } from '../identity.ts';

/** Who sells: the partner itself, or a distributor (indirect provider) together with its reseller. */
export type SalesRoute = 'direct' | 'through-distributor';

/** A customer as Partner Center lists it. Only `isReseller` makes a relationship active. */
export type PartnerCustomer = Readonly<{ tenantId: TenantId; name: string; domain: string; isReseller: boolean }>;

/**
 * Partner Center's relationships. Throws ServiceError `partner-center-unavailable`, `partner-center-refused` or
 * `partner-center-sign-in`; see `DeviceRegistry` for their details.
 */
export interface PartnerRelationships {
  /** The link in which a customer accepts us. The same for every customer; not yet verified: see `link.ts`. */
  requestLink(route: SalesRoute): Promise<string>;
  /** `undefined` when Partner Center knows no relationship with that tenant (404, or 403 without commerce relationship). */
  customer(tenantId: TenantId): Promise<PartnerCustomer | undefined>;
  /** Every customer, over all pages. */
  customers(): AsyncIterable<PartnerCustomer>;
}

export type Tenant = Readonly<{ tenantId: TenantId; name: string; domain: string }>;

/** Finds organisations by what people know of them. Throws ServiceError `graph-unavailable`. */
export interface TenantDirectory {
  findByDomain(domain: string): Promise<Tenant | undefined>;
  findById(tenantId: TenantId): Promise<Tenant | undefined>;
}

/** Group memberships in the partner's own tenant. Throws ServiceError `graph-unavailable`. */
export interface GroupDirectory {
  /** Those of `groupIds` that the user belongs to, also through nested groups. */
  memberOf(userId: UserId, groupIds: readonly string[]): Promise<ReadonlySet<string>>;
  /** The people of a group, also through nested groups; at most some hundreds. */
  peopleOf(groupId: string): Promise<readonly GroupMember[]>;
}

export type GroupMember = Readonly<{ userId: UserId; name: string; signInName: string }>;

/** Sends mail as a rep. */
export interface Mailer {
  /** @throws ServiceError `mail-not-allowed` when Graph refuses for lack of permission, `graph-unavailable` otherwise. */
  send(from: UserId, mail: { to: string; subject: string; text: string }): Promise<void>;
}
