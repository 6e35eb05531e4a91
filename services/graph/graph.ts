import { GraphError } from '@microsoft/microsoft-graph-client';
import { z } from 'zod';
import type { SharedFile, SharedFiles } from '../devices/ports.ts';
import { ServiceError } from '../errors.ts';
import { parseGuid, parseTenantId, parseUserId, type UserId } from '../identity.ts';
import { parseRetryAfter } from '../login/retry-after.ts';
import type { GroupDirectory, GroupMember, Mailer, Tenant, TenantDirectory } from '../relationships/ports.ts';
import { createGraphClient, type GraphOptions } from './client.ts';

/** Groups per question. @see Microsoft Graph, directoryObject checkMemberGroups */
const MAX_GROUPS_PER_CALL = 20;

/** Microsoft Graph in the partner's tenant: finds tenants and files, asks for group memberships, sends mail. */
export function createGraph(
  options: GraphOptions & { now: () => Date },
): TenantDirectory & GroupDirectory & Mailer & SharedFiles {
  const client = createGraphClient(options);
  const { now } = options;

  async function findTenant(call: string): Promise<Tenant | undefined> {
    const answer = await client
      .api(`/tenantRelationships/${call}`)
      .get()
      .catch((error: unknown) => noneWhenNotFound(error, now()));
    return answer === undefined ? undefined : parsed(tenantAnswer, answer);
  }

  async function memberOfSome(userId: string, groupIds: readonly string[]): Promise<readonly string[]> {
    const answer = await client
      .api(`/users/${userId}/checkMemberGroups`)
      .post({ groupIds })
      .catch((error: unknown) => noneWhenNotFound(error, now()));
    return answer === undefined ? [] : parsed(groupsAnswer, answer).value; // somebody unknown belongs to nothing
  }

  return {
    async findByDomain(domain) {
      const name = domain.trim().toLowerCase();
      return isHostname(name) ? findTenant(`findTenantInformationByDomainName(domainName='${name}')`) : undefined;
    },
    findById: (tenantId) => findTenant(`findTenantInformationByTenantId(tenantId='${guid(tenantId)}')`),
    async memberOf(userId, groupIds) {
      const found = new Set<string>();
      for (let at = 0; at < groupIds.length; at += MAX_GROUPS_PER_CALL) {
        const asked = groupIds.slice(at, at + MAX_GROUPS_PER_CALL).map(guid);
        const answered = new Set((await memberOfSome(guid(userId), asked)).map((id) => id.toLowerCase()));
        for (const id of asked) if (answered.has(id)) found.add(id);
      }
      return found;
    },
    async findShared(link) {
      const answer = await client
        .api(`/shares/${sharingToken(link)}/driveItem`)
        .get()
        .catch((error: unknown) => {
          throw linkRefusal(error) ?? graphUnavailable(error, now());
        });
      const item = parsed(driveItem, answer);
      if (!item) throw new ServiceError('link-not-found', 'the link leads to no file');
      return item;
    },
    async peopleOf(groupId) {
      const answer = await client
        .api(`/groups/${guid(groupId)}/transitiveMembers`)
        .query({ $select: 'id,displayName,userPrincipalName', $top: String(MAX_MEMBERS) })
        .get()
        .catch((error: unknown) => noneWhenNotFound(error, now()));
      return answer === undefined ? [] : parsed(membersAnswer, answer).value.flatMap((member) => member ?? []);
    },
    async send(from, mail) {
      await client
        .api(`/users/${guid(from)}/sendMail`)
        .post(messageOf(mail))
        .catch((error: unknown) => {
          throw isMailRefusal(error) ? mailNotAllowed(from) : graphUnavailable(error, now());
        });
    },
  };
}

const LABEL = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?';
const HOSTNAME = new RegExp(`^(?=.{4,253}$)(?:${LABEL}\\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{1,59})$`);

/** Only what can be a domain name goes into the address: no quotes, slashes or brackets. */
function isHostname(text: string): boolean {
  return HOSTNAME.test(text);
}

function guid(text: string): string {
  const found = parseGuid(text);
  if (!found) throw new RangeError('not a GUID');
  return found;
}

const tenantAnswer = z
  .object({ tenantId: z.string(), displayName: z.string().nullish(), defaultDomainName: z.string().nullish() })
  .transform(({ tenantId, displayName, defaultDomainName }, context): Tenant => {
    const id = parseTenantId(tenantId);
    if (id) return { tenantId: id, name: displayName ?? '', domain: defaultDomainName ?? '' };
    context.addIssue('tenantId is not a GUID');
    return z.NEVER;
  });

/** A link as Graph takes it in an address. @see Microsoft Graph, shares: encoding sharing URLs */
function sharingToken(link: string): string {
  return `u!${Buffer.from(link, 'utf8').toString('base64url')}`;
}

/** A folder has no link to download it by. */
const driveItem = z
  .object({ name: z.string().nullish(), '@microsoft.graph.downloadUrl': z.string().nullish() })
  .transform((item): SharedFile | undefined => {
    const downloadUrl = item['@microsoft.graph.downloadUrl'];
    return downloadUrl ? { name: (item.name ?? '').slice(0, 200) || 'file', downloadUrl } : undefined;
  });

/** Graph says 403 without the permission, and 400 or 404 for what is no link to a file of this tenant. */
function linkRefusal(error: unknown): ServiceError | undefined {
  if (!(error instanceof GraphError)) return undefined;
  if (error.statusCode === 403) return new ServiceError('link-not-allowed', 'Graph does not let us read files by link');
  const isUnknown = error.statusCode === 404 || error.statusCode === 400;
  return isUnknown ? new ServiceError('link-not-found', 'Graph knows no file by this link') : undefined;
}

/** Of a larger group only the first page is read. @see Microsoft Graph, group: list transitiveMembers */
const MAX_MEMBERS = 500;

/** Members that are no people, such as nested groups and devices, are left out. */
const member = z
  .object({
    '@odata.type': z.string().nullish(),
    id: z.string(),
    displayName: z.string().nullish(),
    userPrincipalName: z.string().nullish(),
  })
  .transform(({ '@odata.type': type, id, displayName, userPrincipalName: signInName }): GroupMember | undefined => {
    const userId = parseUserId(id);
    if (!userId || !signInName || (type && type !== '#microsoft.graph.user')) return undefined;
    return { userId, name: displayName ?? signInName, signInName };
  });
const membersAnswer = z.object({ value: z.array(member) });

const groupsAnswer = z.object({ value: z.array(z.string()) });

function parsed<T>(schema: z.ZodType<T>, answer: unknown): T {
  const result = schema.safeParse(answer);
  if (!result.success) throw new ServiceError('graph-unavailable', 'Graph answered in an unexpected form');
  return result.data;
}

function messageOf({ to, subject, text }: { to: string; subject: string; text: string }) {
  const body = { contentType: 'Text', content: text };
  return { message: { subject, body, toRecipients: [{ emailAddress: { address: to } }] }, saveToSentItems: true };
}

/** No permission, or a sender without a mailbox: asking again does not help. */
function isMailRefusal(error: unknown): boolean {
  if (!(error instanceof GraphError)) return false;
  return error.statusCode === 403 || error.statusCode === 404;
}

function mailNotAllowed(from: UserId): ServiceError {
  return new ServiceError('mail-not-allowed', `Graph does not let us send mail as ${from}`);
}

function noneWhenNotFound(error: unknown, now: Date): undefined {
  if (error instanceof GraphError && error.statusCode === 404) return undefined;
  throw graphUnavailable(error, now);
}

/** The library's error stays out: it carries answer bodies. Status and code are enough to look further. */
function graphUnavailable(error: unknown, now: Date): ServiceError {
  if (!(error instanceof GraphError) || error.statusCode < 0)
    return new ServiceError('graph-unavailable', reasonOf(error));
  const retryAfterMs = parseRetryAfter(error.headers?.get('retry-after') ?? null, now);
  const details = { status: error.statusCode, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
  return new ServiceError('graph-unavailable', `Graph answered ${error.statusCode}`, details);
}

/** A parser's message quotes what it read, so only messages of our own are passed on. */
function reasonOf(error: unknown): string {
  const isOurs = error instanceof GraphError && (error.code === 'Error' || error.code === 'ServiceError');
  return isOurs ? error.message : 'Graph answered in an unexpected form';
}
