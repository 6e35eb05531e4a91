/** Ids of different things have different types, so that one cannot slip in where another is meant. */
declare const kind: unique symbol;
type Id<Kind extends string> = string & { readonly [kind]: Kind };

/** Entra tenant id: a lower-case GUID. */
export type TenantId = Id<'tenant'>;
/** Entra object id of a user, unique only together with the tenant it belongs to. */
export type UserId = Id<'user'>;
/** A relationship request of ours. Partner Center has no such object. */
export type RequestId = Id<'request'>;
/** A device batch of ours: what a rep confirmed as one list, whatever number of uploads it takes. */
export type BatchId = Id<'batch'>;
/** One POST to Partner Center: at most 1,000 devices of one batch. */
export type UploadId = Id<'upload'>;
/** Devices of one customer that are to leave Autopilot together. */
export type RemovalId = Id<'removal'>;
/** One message in one chat that we keep up to date. */
export type MessageId = Id<'message'>;

/** Somebody, as Teams or their access token names them in the tenant they signed in to. */
export type Person = Readonly<{
  tenantId: TenantId;
  userId: UserId;
  name: string;
  /** Set where they did not act in Teams: goes into the audit with them. */
  via?: 'http-api';
}>;

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Reads a GUID in any letter case; `undefined` when the text is not one. */
export function parseGuid(text: string): string | undefined {
  const lower = text.trim().toLowerCase();
  return GUID.test(lower) ? lower : undefined;
}

/** Reads a tenant id; `undefined` when the text is not a GUID. */
export function parseTenantId(text: string): TenantId | undefined {
  return parseGuid(text) as TenantId | undefined;
}

/** Reads an Entra object id; `undefined` when the text is not a GUID. */
export function parseUserId(text: string): UserId | undefined {
  return parseGuid(text) as UserId | undefined;
}

/**
 * True for the sign-in name of somebody who belongs to another organisation and was invited into this one.
 *
 * @see Microsoft Entra External ID: properties of a B2B collaboration user, user principal name
 */
export function isGuestName(signInName: string | undefined): boolean {
  return signInName?.toLowerCase().includes('#ext#') ?? false;
}

/** True when both are the same person of the same tenant; names do not count. */
export function isSamePerson(a: Person, b: Person): boolean {
  return a.tenantId === b.tenantId && a.userId === b.userId;
}
