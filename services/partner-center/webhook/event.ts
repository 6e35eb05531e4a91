import { z } from 'zod';
import { parseTenantId, type TenantId } from '../../identity.ts';
import { parseMoment } from '../wire.ts';

/** Something changed at Partner Center. It is a hint to go and look, never a proof. */
export type PartnerCenterEvent = Readonly<{
  /** `{resource}-{action}`, in lower case. */
  name: string;
  resourceUri?: string;
  /** Set when the resource is a customer on Partner Center's own host. */
  customerId?: TenantId;
  /** Set when the address lies on Partner Center's own host. */
  auditUri?: string;
  changedAt: Date;
}>;

/** Reads a notification; `undefined` when it is none. Members may be written in PascalCase or camelCase. */
export function readEvent(json: unknown, partnerCenterUrl: string): PartnerCenterEvent | undefined {
  const result = notification.safeParse(withLowerFirst(json));
  if (!result.success) return undefined;
  const { eventName, resourceUri, auditUri, auditUrl, resourceChangeUtcDate } = result.data;
  const changedAt = parseMoment(resourceChangeUtcDate);
  if (!changedAt) return undefined;
  return {
    name: eventName.toLowerCase(),
    resourceUri: resourceUri ?? undefined,
    customerId: customerOf(resourceUri, partnerCenterUrl),
    auditUri: ownAuditUri(auditUri ?? auditUrl, partnerCenterUrl),
    changedAt,
  };
}

const address = z.string().max(2_048).nullish();
const notification = z.object({
  eventName: z.string().regex(/^[a-z0-9-]{1,100}$/i),
  resourceUri: address,
  auditUri: address,
  auditUrl: address,
  resourceChangeUtcDate: z.string().max(64),
});

function withLowerFirst(json: unknown): unknown {
  if (typeof json !== 'object' || json === null) return json;
  return Object.fromEntries(
    Object.entries(json).map(([key, value]) => [key.charAt(0).toLowerCase() + key.slice(1), value]),
  );
}

function customerOf(uri: string | null | undefined, partnerCenterUrl: string): TenantId | undefined {
  const path = pathOnHost(uri, partnerCenterUrl);
  const [, id = ''] = /^\/v1\/customers\/([0-9a-f-]{36})$/i.exec(path ?? '') ?? [];
  return parseTenantId(id);
}

function ownAuditUri(uri: string | null | undefined, partnerCenterUrl: string): string | undefined {
  const path = pathOnHost(uri, partnerCenterUrl);
  const isAudit = path !== undefined && /^\/auditactivity\/v1\/auditrecords\/[\w.%-]+$/i.test(path);
  return isAudit && uri ? uri : undefined;
}

/** The path of an address that lies on Partner Center's host and has no query, else `undefined`. */
function pathOnHost(uri: string | null | undefined, partnerCenterUrl: string): string | undefined {
  if (!uri || !URL.canParse(uri)) return undefined;
  const url = new URL(uri);
  const isOurs = url.origin === new URL(partnerCenterUrl).origin && url.username === '' && url.password === '';
  return isOurs && url.search === '' && url.hash === '' ? url.pathname : undefined;
}
