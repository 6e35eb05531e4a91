import { randomBytes, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import Keyv from 'keyv';
import { createApplyProfileDialog } from '../dialogs/apply-profile-dialog.ts';
import { createConversation } from '../dialogs/conversation.ts';
import { createDoctorDialog } from '../dialogs/doctor-dialog.ts';
import { createExportDialog } from '../dialogs/export-dialog.ts';
import { createFindDialog } from '../dialogs/find-dialog.ts';
import { createLiveMessages } from '../dialogs/live-messages.ts';
import { createMessageListDialog } from '../dialogs/message-list-dialog.ts';
import { createNotifyDialog } from '../dialogs/notify-dialog.ts';
import { createOverviewDialog } from '../dialogs/overview-dialog.ts';
import { createProfilesDialog } from '../dialogs/profiles-dialog.ts';
import { createRegisterDialog } from '../dialogs/register-dialog.ts';
import { createRemovalDialog } from '../dialogs/removal-dialog.ts';
import { createRemovalViews } from '../dialogs/removal-views.ts';
import { createRequestDialog } from '../dialogs/request-dialog.ts';
import { createSettingsDialog } from '../dialogs/settings-dialog.ts';
import { createShareDialog } from '../dialogs/share-dialog.ts';
import { createSignInDialog } from '../dialogs/sign-in-dialog.ts';
import { createSurfaceDialog } from '../dialogs/surface-dialog.ts';
import { createViews } from '../dialogs/views.ts';
import { createAccess } from '../services/access/access.ts';
import { whomToTell } from '../services/access/administrators.ts';
import { createAlarms, findAlarm } from '../services/audit/alarms.ts';
import { createRefusals } from '../services/audit/refusals.ts';
import { createCustomerService } from '../services/customers/customer-service.ts';
import { createBatchService } from '../services/devices/batch-service.ts';
import { createFindService } from '../services/devices/find-service.ts';
import { createHandOver } from '../services/devices/hand-over.ts';
import { createListReader } from '../services/devices/intake/index.ts';
import { createPacedRegistry } from '../services/devices/paced-registry.ts';
import { createUploadWorker } from '../services/devices/upload-worker.ts';
import { givenUpOn } from '../services/events/event-store.ts';
import { createEvents } from '../services/events/events.ts';
import type { Log } from '../services/log.ts';
import { createSignInNotices } from '../services/login/sign-in-notices.ts';
import { findTrouble } from '../services/login/sign-in-troubles.ts';
import { createSignInWatch } from '../services/login/sign-in-watch.ts';
import { createChannels } from '../services/messages/channels.ts';
import { createDelivery } from '../services/messages/delivery.ts';
import { digestItems } from '../services/messages/digests.ts';
import { createPacedChat } from '../services/messages/paced-chat.ts';
import { createExaminations, findExamination } from '../services/operation/examinations.ts';
import { readFigures } from '../services/operation/figures.ts';
import { ok } from '../services/operation/finding.ts';
import { createWebhookVerifier } from '../services/partner-center/webhook/verifier.ts';
import { findPerson } from '../services/people/people-store.ts';
import { createPersonalSettings } from '../services/people/settings-service.ts';
import { createApplicationService } from '../services/profiles/application-service.ts';
import { createApplicationWorker } from '../services/profiles/application-worker.ts';
import { createProfileService } from '../services/profiles/profile-service.ts';
import { createJobs } from '../services/queue/boss-jobs.ts';
import { createRelationshipService } from '../services/relationships/relationship-service.ts';
import { createRemovalService } from '../services/removals/removal-service.ts';
import { createRemovalWorker } from '../services/removals/removal-worker.ts';
import { createKeyv } from '../services/storage/key-value.ts';
import { migrate } from '../services/storage/migrations.ts';
import { openDatabase } from '../services/storage/open-database.ts';
import { MIGRATIONS } from '../services/storage/schema/migrations.ts';
import { createAnnouncer } from './announcer.ts';
import { createHttpApi } from './api/index.ts';
import { createCardActions } from './card-actions.ts';
import { createCardLinks } from './card-links.ts';
import type { Config } from './config.ts';
import { createConversationStorage } from './conversation-storage.ts';
import { examineServices } from './doctor/examine.ts';
import { createEventReceiver } from './event-receiver.ts';
import { createFileConsent } from './file-consent.ts';
import { createFrontDoor } from './front-door.ts';
import { createCustomerLookup } from './lookups/customer-lookup.ts';
import { createMessageAction } from './lookups/message-action.ts';
import { createSharedSearch } from './lookups/shared-search.ts';
import { createMemoryKeeper } from './memory-keeper.ts';
import { createMetrics } from './metrics.ts';
import { connectMicrosoft } from './microsoft.ts';
import { createPeople } from './people.ts';
import { createReadiness } from './readiness.ts';
import { createRedelivery } from './redelivery.ts';
import { createRefresh } from './refresh.ts';
import { createSharedLinks } from './shared-links.ts';
import { signInInvokes } from './sign-in-invokes.ts';
import { createTeamsBot } from './teams-bot.ts';
import { createTeamsLinks } from './teams-links.ts';
import { startUpkeep } from './upkeep.ts';
import { createWebhookRoute } from './webhook-route.ts';

/** The running bot. */
export interface Tarmac {
  /** Resolves with the port once connections are taken. */
  listen(): Promise<number>;
  /** Takes nothing new, finishes what is under way within `graceMs`, and lets go of the database. */
  close(graceMs: number): Promise<void>;
}

export type ComposeOptions = Readonly<{
  now?: () => Date;
  /** Ends the process: see `EmbeddedOptions`. */
  onDiskFailure?: (failure: Error) => void;
}>;

/** The one place where parts meet. */
export async function compose(
  config: Config,
  log: Log,
  { now = () => new Date(), onDiskFailure }: ComposeOptions = {},
): Promise<Tarmac> {
  const db = await openDatabase({ ...config.database, log, onDiskFailure });
  await migrate(db, MIGRATIONS, log);
  const jobs = await createJobs({ database: db, log });
  const { partner } = config;
  const newId = randomUUID;

  const watch = createSignInWatch({ db, jobs, now, newId, log });
  const microsoft = connectMicrosoft(config, db, now, log, watch);
  const { partnerCenter, graph } = microsoft;
  const frontDoor = createFrontDoor(config, microsoft.botTokens, now, log);

  const partnerStaff = { db, groups: graph, groupOf: config.groups, partnerTenantId: partner.tenantId, log };
  const telling = { db, jobs, now, newId, log, whomToTell: () => whomToTell(partnerStaff) };
  const events =
    config.webhookOut &&
    createEvents({
      ...telling,
      secret: config.webhookOut.secret,
      receiver: createEventReceiver({ url: config.webhookOut.url, allowLoopback: config.isLoopback }),
    });
  const announce = events?.announce;

  const access = createAccess({
    partnerTenantId: partner.tenantId,
    groups: graph,
    groupOf: config.groups,
    cache: new Keyv(), // in memory: five minutes are not worth a row
  });
  const customers = createCustomerService({ db, partnerCenter, now, log });
  const relationships = createRelationshipService({
    db,
    jobs,
    partnerCenter,
    tenants: graph,
    customers,
    mailer: graph,
    now,
    newId,
    newReference: () => randomBytes(24).toString('base64url'),
    announce,
    partner: { tenantId: partner.tenantId, linkRules: microsoft.linkRules },
  });
  const reader = createListReader({ log });
  const batches = createBatchService({ db, jobs, registry: partnerCenter, reader, customers, now, newId });
  const profiles = createProfileService({ db, jobs, registry: partnerCenter, customers, now, newId, log });

  const find = createFindService({ db, registry: partnerCenter, profiles: partnerCenter, customers, now });
  const removals = createRemovalService({
    ...{ db, jobs, registry: partnerCenter, reader, customers, batches, access, now, newId },
  });
  const removalViews = createRemovalViews(removals);

  const distributorName = await microsoft.distributorName();
  const partnerView = { tenantId: partner.tenantId, name: partner.name, distributorName };
  const { appId: botAppId, linkedAppId } = config.bot;
  const links = createTeamsLinks({ teams: config.cloud.teams, botAppId, linkedAppId });
  const applications = createApplicationService({ db, jobs, now, newId });
  const views = createViews({
    relationships,
    batches,
    profiles,
    applications,
    partner: partnerView,
    installLink: links.app,
    canSignIn: frontDoor.signIn !== undefined,
  });
  const counts = async () => ({ requests: await relationships.countOpen(), batches: await batches.countRunning() });
  const overview = createOverviewDialog({
    relationships,
    batches,
    customers,
    removals,
    access,
    views,
    partnerName: partner.name,
    now,
    counts,
    signInProblem: microsoft.signInProblem,
  });
  const settings = createSettingsDialog({ settings: createPersonalSettings({ db, jobs }) });
  const examinations = createExaminations({
    ...{ db, jobs, now, newId },
    examine: async () => [
      ok('settings', 'settings-complete'), // or the bot would not run
      ok('database', 'database-current'),
      ...(await examineServices(config, { db, state: 'stored' }, now)),
    ],
  });
  const dialogs = {
    settings,
    doctor: createDoctorDialog({ examinations, access }),
    notify: createNotifyDialog({ channels: createChannels({ db, jobs, now }), access }),
    signIn: createSignInDialog({ relationships, roles: microsoft.roleReader, views, log }),
    request: createRequestDialog({ relationships, customers, access, views, partner: partnerView, newId }),
    register: createRegisterDialog({ batches, customers, profiles, access, views }),
    find: createFindDialog({ find, customers, access }),
    surface: createSurfaceDialog({ batches, customers, access }),
    removal: createRemovalDialog({ removals, customers, access, views: removalViews }),
    profiles: createProfilesDialog({ profiles, customers, access, overview, newId }),
    applyProfile: createApplyProfileDialog({ batches, profiles, applications, access, views, newId }),
    exporting: createExportDialog({ batches, applications, access, views }),
    overview,
  };

  const live = createLiveMessages({
    relationships,
    batches,
    applications,
    views,
    removalViews,
    partnerName: partner.name,
    digestItems: (id) => digestItems(db, id),
    findTrouble: (id) => findTrouble(db, id),
    findExamination: (id) => findExamination(db, id),
    findAlarm: (id) => findAlarm(db, id),
    linkToCard: createCardLinks(db, links),
    ...(config.webhookOut && {
      ticketSystem: { host: config.webhookOut.url.host, givenUpOn: (day: string) => givenUpOn(db, day) },
    }),
  });
  const signInNotices = createSignInNotices(telling);
  const alarms = createAlarms(telling);
  const handOver = createHandOver({ db, jobs, reader, batches, now, newId });
  const messageList = createMessageListDialog({ handOver, customers, access, chatLink: links.chat, newId });
  const share = createShareDialog({
    relationships,
    customers,
    batches,
    find,
    access,
    views,
    chatLink: links.chat,
    now,
  });

  const chat = createAnnouncer({
    connectors: frontDoor.connectors,
    draw: live.draw,
    findPerson: (who) => findPerson(db, who),
    log,
  });
  const delivery = createDelivery({ db, jobs, chat: createPacedChat(chat, now), now, log });
  const registry = createPacedRegistry(partnerCenter, now);
  const uploads = createUploadWorker({
    db,
    jobs,
    registry,
    applyProfile: applications.followBatch,
    customers,
    now,
    newId,
    announce,
    alarms,
    log,
  });
  const profileUploads = createApplicationWorker({ db, jobs, registry, customers, now, newId, log });

  const removalWorker = createRemovalWorker({
    ...{ db, jobs, remover: partnerCenter, registry, customers, removals, alarms, now, newId, log },
  });

  const sharedLinks = createSharedLinks({ files: graph, hosts: frontDoor.fileHosts, download: frontDoor.download });
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
    invokes: {
      ...signInInvokes(dialogs.signIn),
      'fileConsent/invoke': createFileConsent({
        exporting: dialogs.exporting,
        surface: dialogs.surface,
        upload: frontDoor.upload,
      }),
    },
    lookups: {
      'application/search': createCustomerLookup({ customers, access }),
      'composeExtension/query': createSharedSearch(share),
      ...createMessageAction(messageList, sharedLinks),
    },
    signIn: frontDoor.signIn,
    actions,
    refresh: createRefresh({ actions, now, log }),
    chatLink: links.chat,
    welcome: (turn) => dialogs.overview.welcome(turn),
    relationships,
    access,
    people: createPeople({ db, onArrival: (person) => relationships.arrived(person), now, log }),
    memories: createMemoryKeeper(createConversationStorage(db), log),
    refusals: createRefusals({ db, now, log }),
    redelivery: createRedelivery({ seen: createKeyv(db, 'activities'), now, log }),
    download: frontDoor.download,
    sharedLinks,
    log,
  });

  const metrics = createMetrics({
    jobs,
    figures: () => readFigures(db, now()),
    signInDaysLeft: async () => (await microsoft.signIn.age())?.daysLeft,
    now,
  });
  const server = frontDoor.open(bot.onTurn, {
    onWebhook: createWebhookRoute({
      verifier: createWebhookVerifier(webhookOptions(config, now)),
      relationships,
      customers,
      seen: createKeyv(db, 'webhooks'),
      log,
    }),
    ready: createReadiness({ db, jobs, signIn: microsoft.signIn }),
    metrics: metrics.registry,
    onRefused: metrics.refused,
    api: createHttpApi(config, { db, access, relationships, batches, profiles, customers, now, log }),
  });

  return {
    async listen() {
      await jobs.work('deliver', DELIVERIES_AT_ONCE, ({ id }) => delivery.deliver(id));
      await jobs.work('relationship', 2, async ({ id }) => void (await relationships.look(id)));
      await jobs.work('upload', UPLOADS_AT_ONCE, ({ id, step }) => uploads.step(id, step));
      await jobs.work('removal', 2, ({ id, step }) => removalWorker.step(id, step));
      await jobs.work('sign-in', 1, ({ id, step }) => signInNotices.tell(id, step));
      await jobs.work('alarm', 1, ({ id }) => alarms.tell(id));
      await jobs.work('profile-apply', 2, ({ id, step }) => profileUploads.step(id, step));
      await jobs.work('profile-change', 1, ({ id }) => profiles.settleBegun(id));
      await jobs.work('examination', 1, ({ id }) => examinations.run(id));
      if (events) await jobs.work('event', 2, ({ id }) => events.offer(id));
      await startUpkeep({ db, jobs, microsoft, customers, relationships, signInNotices, alarms, config, now, log });
      return (await server.listen(config.listen.port, config.listen.host)).port;
    },
    async close(graceMs) {
      const endsAt = Date.now() + graceMs; // one time for both: a supervisor does not wait twice
      await server.close(graceMs / 2);
      await jobs.stop(Math.max(endsAt - Date.now(), 1_000));
      await reader.close();
      await db.close();
    },
  };
}

/** Teams takes some tenths of a second for each message: so many are on their way at once to use what it permits. */
const DELIVERIES_AT_ONCE = 16;
/** How often Partner Center is asked is a matter of the budget; this many at once, so that a slow answer holds nobody up. */
const UPLOADS_AT_ONCE = 12;
/** Microsoft publishes its signing certificates on blob storage, so that host is what may be asked for them. */
const CERTIFICATE_HOSTS = ['3psostorageacct.blob.core.windows.net'];

function webhookOptions({ partnerCenter, cloud }: Config, now: () => Date) {
  const { webhookCaPath } = partnerCenter;
  return {
    partnerCenterUrl: cloud.partnerCenter,
    certificateHosts: CERTIFICATE_HOSTS,
    trust: webhookCaPath ? { caPem: readFileSync(webhookCaPath, 'utf8') } : ('microsoft' as const),
    allowLoopback: webhookCaPath !== undefined,
    now,
    cacheMs: 3_600_000,
  };
}
