import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Faults } from './faults.ts';
import { type Answer, CONTROL, createEmulatorServer, jsonOf, type Received } from './http.ts';
import type { Journal } from './journal.ts';
import type { VerifiedToken } from './login/tokens.ts';
import type { LoginEmulator } from './login.ts';
import type { Route } from './routes.ts';
import { createSharedFiles } from './shared-files.ts';
import { DEFAULT_WORLD, type EmulatedPerson, type EmulatedTenant, tenantsOf, type World } from './world.ts';

/** Audience of Graph tokens, as address and as application id. [Get access without a user] */
const AUDIENCES = ['https://graph.microsoft.com', '00000003-0000-0000-c000-000000000000'];

/** Groups in one question. [directoryObject: checkMemberGroups] */
const MAX_GROUPS = 20;

export type GraphParts = Readonly<{
  journal: Journal;
  faults: Faults;
  login: Pick<LoginEmulator, 'verify'>;
  world?: World;
  now?: () => number;
  routes?: readonly Route[];
}>;

const MailSchema = z.object({
  message: z.object({
    subject: z.string(),
    body: z.object({ contentType: z.string(), content: z.string() }),
    toRecipients: z.array(z.object({ emailAddress: z.object({ address: z.string() }) })).min(1),
  }),
  saveToSentItems: z.boolean().optional(),
});
const SentMailSchema = z.object({
  from: z.string(),
  to: z.array(z.string()),
  subject: z.string(),
  contentType: z.string(),
  content: z.string(),
});
const SnapshotSchema = z.object({ mails: z.array(SentMailSchema) });

/** A mail that was handed to Graph; `from` is the sender's object id. */
export type SentMail = z.output<typeof SentMailSchema>;

/** `forbidden` refuses every mail, or every file by its link, for lack of permission. */
type GraphSettings = { mail: 'allowed' | 'forbidden'; files: 'allowed' | 'forbidden' };

/** The few Graph calls that a partner needs in its own tenant. */
export function createGraphEmulator(parts: GraphParts) {
  const { journal, faults, login, world = DEFAULT_WORLD, now = Date.now, routes = [] } = parts;
  const settings: GraphSettings = { mail: 'allowed', files: 'allowed' };
  const shared = createSharedFiles(() => server.origin());
  let mails: SentMail[] = [];

  const guarded = (
    method: string,
    path: string,
    handle: (request: Received, token: VerifiedToken) => Answer | Promise<Answer>,
  ): Route => ({
    method,
    path,
    async handle(request) {
      const verification = await login.verify(request.headers.authorization);
      const token = verification.ok && AUDIENCES.includes(verification.token.aud) ? verification.token : undefined;
      if (!token) return refuse(request, 401, 'InvalidAuthenticationToken', 'The token is not valid here.');
      return handle(request, token);
    },
  });

  const server = createEmulatorServer({
    service: 'graph',
    journal,
    faults,
    routes: [
      guarded('GET', byDomain, (request) => findTenant(request, tenantNamed(world, request.params.domain))),
      guarded('GET', byId, (request) => findTenant(request, tenantWithId(world, request.params.tenant))),
      guarded('POST', '/v1.0/users/:user/checkMemberGroups', (request) => checkGroups(request, world)),
      guarded('POST', '/v1.0/users/:user/sendMail', (request) => {
        const sent = takeMail(request, world, settings);
        if ('from' in sent) mails.push(sent);
        return 'from' in sent ? { status: 202, effect: `mail to ${sent.to.join(', ')}` } : sent;
      }),
      guarded('POST', '/v1.0/me/checkMemberObjects', (request, token) => checkOwnRoles(request, token, world)),
      guarded('GET', '/v1.0/shares/:share/driveItem', (request) => {
        if (settings.files === 'forbidden') return refuse(request, 403, 'accessDenied', 'Access denied');
        const item = shared.itemOf(request.params.share);
        return item
          ? { status: 200, body: item }
          : refuse(request, 404, 'itemNotFound', 'The resource could not be found.');
      }),
      { method: 'GET', path: '/download/:id', handle: (request) => shared.download(request.params.id) },
      guarded('GET', '/v1.0/groups/:group/transitiveMembers', (request) => listMembers(request, world)),
      guarded('GET', '/v1.0/users/:user', (request) => getUser(request, world)),
      { method: 'POST', path: `${CONTROL}graph-settings`, handle: (request) => changeSettings(request, settings) },
      { method: 'GET', path: `${CONTROL}mails`, handle: () => ({ status: 200, body: mails }) },
      ...routes,
    ],
    notFound: { status: 404, body: errorBody('ResourceNotFound', 'Unknown path.', new Date(now()).toISOString()) },
  });

  return {
    ...server,
    settings,
    /** Puts a file where people could share it, and returns the link they would copy. */
    shareFile: (path: string, bytes: Uint8Array): string => shared.put(path, bytes),
    /** Mails accepted so far, oldest first. */
    mails: (): readonly SentMail[] => mails,
    snapshot: (): unknown => structuredClone({ mails }),
    /** @throws ZodError when `json` is no snapshot of this emulator. */
    restore(json: unknown): void {
      mails = SnapshotSchema.parse(json).mails;
    },
  };
}

const byDomain = "/v1.0/tenantRelationships/findTenantInformationByDomainName(domainName=':domain')";
const byId = "/v1.0/tenantRelationships/findTenantInformationByTenantId(tenantId=':tenant')";

function tenantNamed(world: World, domain = ''): EmulatedTenant | undefined {
  const name = domain.toLowerCase();
  return tenantsOf(world).find((tenant) => tenant.domain === name || tenant.defaultDomain === name);
}

function tenantWithId(world: World, tenantId = ''): EmulatedTenant | undefined {
  return tenantsOf(world).find((tenant) => tenant.tenantId === tenantId.toLowerCase());
}

/** [G8]; 404 for what nobody knows is inferred. */
function findTenant(request: Received, tenant: EmulatedTenant | undefined): Answer {
  if (!tenant) return refuse(request, 404, 'Directory_ResourceNotFound', 'Unable to find tenant information.');
  const { tenantId, name, defaultDomain } = tenant;
  const context = 'https://graph.microsoft.com/v1.0/$metadata#microsoft.graph.tenantInformation';
  const names = { displayName: name, federationBrandName: null, defaultDomainName: defaultDomain };
  return { status: 200, body: { '@odata.context': context, tenantId, ...names } };
}

const GroupsSchema = z.object({ groupIds: z.array(z.string()).min(1) });

/** Those of the asked groups that the user belongs to. [directoryObject: checkMemberGroups] */
function checkGroups(request: Received, world: World): Answer {
  const asked = GroupsSchema.safeParse(jsonOf(request));
  if (!asked.success || asked.data.groupIds.length > MAX_GROUPS) {
    return refuse(request, 400, 'Request_BadRequest', 'The group ids are not valid.');
  }
  const user = personNamed(world, request.params.user);
  if (!user) return noSuchUser(request);
  const value = asked.data.groupIds.filter((id) => user.groupIds.includes(id.toLowerCase()));
  return {
    status: 200,
    body: { '@odata.context': 'https://graph.microsoft.com/v1.0/$metadata#Collection(Edm.String)', value },
  };
}

const ObjectsSchema = z.object({ ids: z.array(z.string()).min(1).max(MAX_GROUPS) });

/**
 * Those of the asked directory roles, by template id, that the signed-in user holds; with a token of a person only.
 * [directoryObject: checkMemberObjects]
 */
function checkOwnRoles(request: Received, { oid, tid, scp }: VerifiedToken, world: World): Answer {
  if (!scp?.split(' ').includes('User.Read')) {
    return refuse(request, 403, 'Authorization_RequestDenied', 'Insufficient privileges to complete the operation.');
  }
  const asked = ObjectsSchema.safeParse(jsonOf(request));
  if (!asked.success) return refuse(request, 400, 'Request_BadRequest', 'The ids are not valid.');
  const user = tenantWithId(world, tid)?.people.find(({ id }) => id === oid);
  if (!user) return noSuchUser(request);
  const value = asked.data.ids.filter((id) => user.roleIds.includes(id.toLowerCase()));
  return {
    status: 200,
    body: { '@odata.context': 'https://graph.microsoft.com/v1.0/$metadata#Collection(Edm.String)', value },
  };
}

/** People and a nested group, as directory objects of more than one kind. [group: list transitiveMembers] */
function listMembers(request: Received, { partner, groups }: World): Answer {
  const group = request.params.group?.toLowerCase() ?? '';
  if (!Object.values(groups).includes(group)) {
    return refuse(request, 404, 'Request_ResourceNotFound', `Resource '${group}' does not exist.`);
  }
  const people = partner.people.filter(({ groupIds }) => groupIds.includes(group));
  const value = people.map(({ id, name, upn }) => {
    return { '@odata.type': '#microsoft.graph.user', id, displayName: name, userPrincipalName: upn };
  });
  const nested = { '@odata.type': '#microsoft.graph.group', id: randomUUID(), displayName: 'Nested' };
  const context = 'https://graph.microsoft.com/v1.0/$metadata#directoryObjects(id,displayName,userPrincipalName)';
  return { status: 200, body: { '@odata.context': context, value: [...value, nested] } };
}

/** 202 without a body. [user: sendMail] */
function takeMail(request: Received, world: World, settings: GraphSettings): SentMail | Answer {
  const user = personNamed(world, request.params.user);
  if (!user) return noSuchUser(request);
  if (settings.mail === 'forbidden') {
    return refuse(request, 403, 'ErrorAccessDenied', 'Access is denied. Check credentials and try again.');
  }
  const mail = MailSchema.safeParse(jsonOf(request));
  if (!mail.success) return refuse(request, 400, 'ErrorInvalidRequest', 'The message is not valid.');
  const { subject, body, toRecipients } = mail.data.message;
  const to = toRecipients.map(({ emailAddress }) => emailAddress.address);
  return { from: user.id, to, subject, ...body };
}

/** People of the partner's own tenant only. [Get a user] */
function getUser(request: Received, world: World): Answer {
  const user = personNamed(world, request.params.user);
  if (!user) return noSuchUser(request);
  const { id, name, givenName, surname, upn } = user;
  const body = { id, displayName: name, givenName, surname, userPrincipalName: upn, mail: upn };
  return {
    status: 200,
    body: { '@odata.context': 'https://graph.microsoft.com/v1.0/$metadata#users/$entity', ...body },
  };
}

function noSuchUser(request: Received): Answer {
  const user = request.params.user ?? '';
  return refuse(request, 404, 'Request_ResourceNotFound', `Resource '${user}' does not exist.`);
}

function personNamed({ partner }: World, name = ''): EmulatedPerson | undefined {
  return partner.people.find(({ id, upn }) => id === name.toLowerCase() || upn === name.toLowerCase());
}

function refuse({ headers }: Received, status: number, code: string, message: string): Answer {
  const requestId = randomUUID();
  const body = errorBody(code, message, new Date().toISOString(), requestId, headers['client-request-id']);
  return { status, headers: { 'request-id': requestId }, body, effect: `refused: ${code}` };
}

/** [Microsoft Graph error responses] */
function errorBody(
  code: string,
  message: string,
  date: string,
  requestId: string = randomUUID(),
  clientId = requestId,
): object {
  const ids = { date, 'request-id': requestId, 'client-request-id': clientId };
  return { error: { code, message, innerError: ids } };
}

const permission = z.enum(['allowed', 'forbidden']).optional();
const SettingsSchema = z.object({ mail: permission, files: permission });

function changeSettings(request: Received, settings: GraphSettings): Answer {
  const parsed = SettingsSchema.safeParse(jsonOf(request));
  if (!parsed.success) return { status: 400, body: { error: parsed.error.message } };
  return { status: 200, body: Object.assign(settings, parsed.data) };
}
