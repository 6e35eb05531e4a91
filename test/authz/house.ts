import { randomUUID } from 'node:crypto';
import { type Activity, ActivityTypes, BotAdapter, type ResourceResponse, TurnContext } from 'botbuilder';
import { createCardActions } from '../../bot/card-actions.ts';
import { createConversationStorage } from '../../bot/conversation-storage.ts';
import { createCustomerLookup } from '../../bot/lookups/customer-lookup.ts';
import { createMessageAction } from '../../bot/lookups/message-action.ts';
import { createSharedSearch } from '../../bot/lookups/shared-search.ts';
import { createMemoryKeeper } from '../../bot/memory-keeper.ts';
import { createPeople } from '../../bot/people.ts';
import { createRefresh } from '../../bot/refresh.ts';
import { signInInvokes } from '../../bot/sign-in-invokes.ts';
import { createTeamsBot } from '../../bot/teams-bot.ts';
import { createApplyProfileDialog } from '../../dialogs/apply-profile-dialog.ts';
import { createConversation } from '../../dialogs/conversation.ts';
import { createDoctorDialog } from '../../dialogs/doctor-dialog.ts';
import { createExportDialog } from '../../dialogs/export-dialog.ts';
import { createFindDialog } from '../../dialogs/find-dialog.ts';
import { createLiveMessages } from '../../dialogs/live-messages.ts';
import { createMessageListDialog } from '../../dialogs/message-list-dialog.ts';
import { createNotifyDialog } from '../../dialogs/notify-dialog.ts';
import { createOverviewDialog } from '../../dialogs/overview-dialog.ts';
import { createProfilesDialog } from '../../dialogs/profiles-dialog.ts';
import { createRegisterDialog } from '../../dialogs/register-dialog.ts';
import { createRemovalDialog } from '../../dialogs/removal-dialog.ts';
import { createRemovalViews } from '../../dialogs/removal-views.ts';
import { createRequestDialog } from '../../dialogs/request-dialog.ts';
import { createSettingsDialog } from '../../dialogs/settings-dialog.ts';
import { createShareDialog } from '../../dialogs/share-dialog.ts';
import { createSignInDialog } from '../../dialogs/sign-in-dialog.ts';
import { createSurfaceDialog } from '../../dialogs/surface-dialog.ts';
import type { AttachedFile, SignIn } from '../../dialogs/turn.ts';
import { createViews } from '../../dialogs/views.ts';
import { createAccess } from '../../services/access/access.ts';
import { createRoleReader } from '../../services/access/role-reader.ts';
import { findAlarm } from '../../services/audit/alarms.ts';
import { createRefusals } from '../../services/audit/refusals.ts';
import { createCustomerService } from '../../services/customers/customer-service.ts';
import { createBatchService } from '../../services/devices/batch-service.ts';
import type { DeviceList } from '../../services/devices/device.ts';
import { createFindService } from '../../services/devices/find-service.ts';
import { createHandOver } from '../../services/devices/hand-over.ts';
import { ServiceError } from '../../services/errors.ts';
import type { Log } from '../../services/log.ts';
import { findTrouble } from '../../services/login/sign-in-troubles.ts';
import { createChannels } from '../../services/messages/channels.ts';
import { digestItems } from '../../services/messages/digests.ts';
import { createExaminations, findExamination } from '../../services/operation/examinations.ts';
import { savePerson } from '../../services/people/people-store.ts';
import { createPersonalSettings } from '../../services/people/settings-service.ts';
import { createApplicationService } from '../../services/profiles/application-service.ts';
import type { Profile, ProfileDraft } from '../../services/profiles/ports.ts';
import { createProfileService } from '../../services/profiles/profile-service.ts';
import { type Job, type Jobs, QUEUES, type QueueName } from '../../services/queue/ports.ts';
import type { Tenant } from '../../services/relationships/ports.ts';
import { createRelationshipService } from '../../services/relationships/relationship-service.ts';
import { createRemovalService } from '../../services/removals/removal-service.ts';
import { migrate } from '../../services/storage/migrations.ts';
import { MIGRATIONS } from '../../services/storage/schema/migrations.ts';
import { inMemory } from '../contracts/test-databases.ts';
import { ACTORS, type Actor, CONTOSO, GROUPS, NORTHWIND, type PlaceName } from './cast.ts';

export const NOW = new Date('2026-11-21T09:00:00Z');
const SERVICE_URL = 'https://smba.trafficmanager.net/emea/';
const CUSTOMER = { tenantId: CONTOSO, name: 'Contoso Logistics', domain: 'contoso.example' } as const;
const PARTNER = { tenantId: NORTHWIND, name: 'Northwind Partner' } as const;
const LINK = `https://admin.microsoft.com/Adminportal/Home?invType=ResellerRelationship&partnerId=${NORTHWIND}&msppId=0&DAP=false#/BillingAccounts/partner-invitation`;

export type House = Awaited<ReturnType<typeof openHouse>>;

/** What a turn was answered with: cards, texts, and the body of an invoke's answer. */
export type Answer = Readonly<{ cards: readonly unknown[]; texts: readonly string[]; body?: unknown }>;

/**
 * Everything from the activity to the database as the bot composes it, without the network: Microsoft's services are
 * fakes that count, and Teams is a list of what was said.
 */
export async function openHouse(log: Log) {
  const { database: db, remove } = await inMemory.create();
  await migrate(db, MIGRATIONS, log);
  const outside = createOutside();
  const clock = { at: NOW };
  const now = () => clock.at;
  const jobs: Jobs = {
    enqueue: async (_tx, added) => void outside.jobs.push(...added),
    work: async () => {},
    counts: async () => Object.fromEntries(QUEUES.map((queue) => [queue, 0])) as Record<QueueName, number>,
    stop: async () => {},
  };
  const { partnerCenter, graph, registry } = outside;
  const shared = { db, jobs, now, newId: randomUUID };
  const access = createAccess({
    partnerTenantId: NORTHWIND,
    groups: graph,
    groupOf: GROUPS,
    cache: { get: async () => undefined, set: async () => {} },
  });
  const customers = createCustomerService({ db, partnerCenter, now, log });
  const relationships = createRelationshipService({
    ...shared,
    partnerCenter,
    customers,
    tenants: graph,
    mailer: graph,
    newReference: randomUUID,
    partner: {
      tenantId: NORTHWIND,
      linkRules: { consentOrigins: ['https://admin.microsoft.com'], partnerTenantId: NORTHWIND },
    },
  });
  const reader = { read: async () => outside.state.list, close: async () => {} };
  const batches = createBatchService({ ...shared, registry, reader, customers });
  const find = createFindService({ db, registry, profiles: outside.profiles, customers, now });
  const profiles = createProfileService({ ...shared, registry: outside.profiles, customers, log });
  const applications = createApplicationService(shared);
  const removals = createRemovalService({ ...shared, registry, reader, customers, batches, access });
  const removalViews = createRemovalViews(removals);
  const views = createViews({
    relationships,
    batches,
    profiles,
    applications,
    partner: PARTNER,
    installLink: () => 'https://teams.microsoft.com/l/',
    canSignIn: true,
  });
  const roles = createRoleReader({
    ownRoles: { rolesOf: async () => ['global-administrator'] },
    graphOrigin: 'https://graph.microsoft.com',
    now,
  });
  const overview = createOverviewDialog({
    relationships,
    batches,
    customers,
    removals,
    access,
    views,
    partnerName: PARTNER.name,
    now,
    counts: async () => ({ requests: 1, batches: 1 }),
    signInProblem: async () => undefined,
  });
  const settings = createSettingsDialog({ settings: createPersonalSettings({ db, jobs }) });
  const dialogs = {
    settings,
    notify: createNotifyDialog({ channels: createChannels({ db, jobs, now }), access }),
    signIn: createSignInDialog({ relationships, roles, views, log }),
    request: createRequestDialog({ relationships, customers, access, views, partner: PARTNER, newId: randomUUID }),
    register: createRegisterDialog({ batches, customers, profiles, access, views }),
    find: createFindDialog({ find, customers, access }),
    surface: createSurfaceDialog({ batches, customers, access }),
    removal: createRemovalDialog({ removals, customers, access, views: removalViews }),
    profiles: createProfilesDialog({ profiles, customers, access, overview, newId: randomUUID }),
    applyProfile: createApplyProfileDialog({ batches, profiles, applications, access, views, newId: randomUUID }),
    exporting: createExportDialog({ batches, applications, access, views }),
    doctor: createDoctorDialog({ examinations: createExaminations({ ...shared, examine: async () => [] }), access }),
    overview,
  };
  const chatLink = 'https://teams.microsoft.com/l/chat/';
  const handOver = createHandOver({ db, jobs, reader, batches, now, newId: randomUUID });
  const messageList = createMessageListDialog({ handOver, customers, access, chatLink, newId: randomUUID });
  const share = createShareDialog({ relationships, customers, batches, find, access, views, chatLink, now });
  const actions = createCardActions({ ...dialogs, relationships, access, views });
  const bot = createTeamsBot({
    conversation: createConversation({
      ...dialogs,
      batches,
      async openRequests({ speaker, wording }) {
        const open = await relationships.openFor(speaker);
        return Promise.all(open.map((request) => views.requestCard(request, 'approver', wording)));
      },
    }),
    invokes: signInInvokes(dialogs.signIn),
    signIn: ({ speaker }) => signedIn(speaker),
    lookups: {
      'application/search': createCustomerLookup({ customers, access }),
      'composeExtension/query': createSharedSearch(share),
      ...createMessageAction(messageList, (text, html) => ({ text, html, files: outside.state.lostFiles.map(lost) })),
    },
    actions,
    refresh: createRefresh({ actions, now, log }),
    chatLink,
    welcome: (turn) => dialogs.overview.welcome(turn),
    relationships,
    access,
    people: createPeople({ db, onArrival: (person) => relationships.arrived(person), now, log }),
    memories: createMemoryKeeper(createConversationStorage(db), log),
    refusals: createRefusals({ db, now, log }),
    redelivery: { once: async (_heard, handle) => void (await handle()) },
    download: () => Promise.reject(new Error('nothing is downloaded here')),
    sharedLinks: (text, html) => ({ text, html, files: [] }),
    log,
  });
  for (const actor of Object.values(ACTORS)) await savePerson(db, knownPerson(actor), NOW);

  return {
    db,
    outside,
    /** What time it is: a test may let time pass. */
    clock,
    jobs,
    relationships,
    /** Draws what is sent without anybody having spoken first. */
    live: createLiveMessages({
      applications,
      ...{ relationships, batches, views, removalViews, partnerName: PARTNER.name },
      digestItems: (id) => digestItems(db, id),
      findTrouble: (id) => findTrouble(db, id),
      findExamination: (id) => findExamination(db, id),
      findAlarm: (id) => findAlarm(db, id),
      linkToCard: async () => undefined,
    }),
    close: remove,

    /** One activity from this person in this place. */
    async hear(actor: Actor, place: PlaceName, activity: Partial<Activity>): Promise<Answer> {
      const adapter = new ListeningAdapter();
      await bot.onTurn(new TurnContext(adapter, { ...envelope(actor, place), ...activity } as Activity));
      return answerOf(adapter.sent);
    },

    press(actor: Actor, place: PlaceName, verb: string, data: unknown): Promise<Answer> {
      const value = { action: { type: 'Action.Execute', verb, data } };
      return this.hear(actor, place, { type: ActivityTypes.Invoke, name: 'adaptiveCard/action', value });
    },

    /** Changes when anything that counts changes: every table but the audit, and the time a customer was last looked at. */
    async digest(): Promise<string> {
      const [row] = await db.query(DIGEST, []); // with values, so that it is planned once, not ten thousand times
      return `${row?.digest} ${outside.jobs.length} ${outside.mails.length}`;
    },
  };
}

/** A file that is not to be had. */
function lost(name: string): AttachedFile {
  return { name, fetch: () => Promise.reject(new ServiceError('file-unreadable', 'gone', { file: name })) };
}

/** The one profile the customer has. */
export const PROFILE_ID = 'f0000000-0000-4000-8000-000000000001';

export { CUSTOMER, LINK };

const TABLES = [
  'removals',
  'removal_devices',
  'people',
  'channels',
  'requests',
  'approvers',
  'batches',
  'uploads',
  'batch_devices',
  'batch_problems',
  'profile_changes',
  'profile_applications',
  'profile_devices',
  'default_profiles',
  'messages',
  'digests',
  'digest_items',
  'secrets',
  'examinations',
  'kv',
];
const DIGEST = `select md5(${TABLES.map(
  (table) => `coalesce((select string_agg(t::text, '|' order by t::text) from ${table} t), '')`,
).join(
  ` || '#' || `,
)} || coalesce((select string_agg(concat(tenant_id, name, domain, is_reseller), '|' order by tenant_id)
  from customers), '')) as digest`;

/** Microsoft, as far as these turns reach it: counts what it is asked and sends nothing. */
function createOutside() {
  const profile: Profile = { id: PROFILE_ID, name: 'Standard', settings: ['skip_eula'], deviceCount: 3 };
  const list: DeviceList = { devices: [], problems: [] };
  const state = {
    ...{ isReseller: false, asked: 0, customer: CUSTOMER as Tenant, profiles: [profile] as Profile[] },
    /** What is read in any list or message. */
    list,
    /** Names of files that a message links to and that cannot be had. */
    lostFiles: [] as string[],
  };
  const jobs: Job[] = [];
  const mails: string[] = [];
  const customer = () => ({ ...state.customer, isReseller: state.isReseller });
  const change = <T>(answer: () => T): T => {
    state.asked += 1;
    return answer();
  };
  return {
    jobs,
    mails,
    state,
    partnerCenter: {
      requestLink: async () => LINK,
      async customer() {
        state.asked += 1;
        return state.isReseller ? customer() : undefined;
      },
      async *customers() {
        yield customer();
      },
    },
    graph: {
      findByDomain: async () => state.customer,
      findById: async () => state.customer,
      async memberOf(userId: string) {
        return new Set(Object.values(ACTORS).find((one) => one.userId === userId)?.groups);
      },
      async peopleOf(groupId: string) {
        const members = Object.values(ACTORS).filter(({ groups }) => groups.some((one) => one === groupId));
        return members.map(({ userId, name, signInName }) => ({ userId, name, signInName }));
      },
      async send(_from: string, mail: { to: string }) {
        mails.push(mail.to);
      },
    },
    profiles: {
      profiles: async () => state.profiles,
      createProfile: async (_customer: unknown, draft: ProfileDraft) => change(() => ({ ...draft, id: PROFILE_ID })),
      updateProfile: async (_customer: unknown, id: string, draft: ProfileDraft) => change(() => ({ ...draft, id })),
      deleteProfile: async () => change(() => 'deleted' as const),
      applyProfile: () => Promise.reject(new Error('nothing is applied here')),
    },
    registry: {
      createBatch: () => Promise.reject(new Error('nothing is uploaded here')),
      addDevices: () => Promise.reject(new Error('nothing is uploaded here')),
      uploadStatus: async () => undefined,
      batches: async () => [],
      batchDevices: async () => [],
    },
  };
}

/** Single sign-on of somebody who consented long ago: every question is answered with a token of their own. */
function signedIn({ tenantId, userId }: Pick<Actor, 'tenantId' | 'userId'>): SignIn {
  const claims = { aud: 'https://graph.microsoft.com', tid: tenantId, oid: userId };
  const token = `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.`;
  return {
    connectionName: 'tarmac-sso',
    token: async () => token,
    exchange: async () => token,
    forget: async () => {},
    offer: async () => ({ link: 'https://token.botframework.com/', connectionName: 'tarmac-sso' }),
  };
}

class ListeningAdapter extends BotAdapter {
  readonly sent: Partial<Activity>[] = [];

  override async sendActivities(
    _context: TurnContext,
    activities: readonly Partial<Activity>[],
  ): Promise<ResourceResponse[]> {
    this.sent.push(...activities);
    return activities.map(() => ({ id: randomUUID() }));
  }
  override async updateActivity(): Promise<void> {}
  override async deleteActivity(): Promise<void> {}
  override async continueConversation(): Promise<void> {}
}

function answerOf(sent: readonly Partial<Activity>[]): Answer {
  const invoke = sent.find(({ type }) => type === ActivityTypes.InvokeResponse)?.value?.body;
  const said = sent.filter(({ type }) => type === ActivityTypes.Message);
  return {
    cards: said.flatMap(({ attachments }) => attachments?.map(({ content }) => content) ?? []),
    texts: said.flatMap(({ text }) => text ?? []),
    body: invoke,
  };
}

function knownPerson(actor: Actor) {
  const { tenantId, userId, name, signInName } = actor;
  const installed = { installed: true, conversationId: chatOf(actor), serviceUrl: SERVICE_URL };
  return { tenantId, userId, name, signInName: signInName.toLowerCase(), ...installed };
}

const PLACE: Readonly<Record<PlaceName, { conversationType: string; isGroup?: boolean }>> = {
  personal: { conversationType: 'personal' },
  group: { conversationType: 'groupChat', isGroup: true },
  channel: { conversationType: 'channel', isGroup: true },
  meeting: { conversationType: 'groupChat', isGroup: true },
};

function envelope(actor: Actor, place: PlaceName): Partial<Activity> {
  const { tenantId, userId, name } = actor;
  const id = place === 'personal' ? chatOf(actor) : `19:${place}@thread.v2`;
  return {
    channelId: 'msteams',
    serviceUrl: SERVICE_URL,
    from: { id: `29:${userId}`, name, aadObjectId: userId },
    recipient: { id: '28:bot', name: 'Tarmac' },
    conversation: { id, tenantId, name: '', isGroup: false, ...PLACE[place] },
    channelData: { tenant: { id: tenantId }, ...(place === 'meeting' && { meeting: { id: 'MCMxOTpt' } }) },
  };
}

function chatOf({ tenantId, userId }: Actor): string {
  return `a:${tenantId}/${userId}`;
}
