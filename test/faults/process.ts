import { createAccess } from '../../services/access/access.ts';
import { createCustomerService } from '../../services/customers/customer-service.ts';
import type { UploadLimits } from '../../services/devices/batch.ts';
import { createBatchService } from '../../services/devices/batch-service.ts';
import { createPacedRegistry } from '../../services/devices/paced-registry.ts';
import type { ListReader } from '../../services/devices/ports.ts';
import { createUploadWorker } from '../../services/devices/upload-worker.ts';
import type { Person, TenantId } from '../../services/identity.ts';
import { createPartnerSignIn } from '../../services/login/partner-sign-in.ts';
import { createSealedSecrets } from '../../services/login/sealed-secrets.ts';
import { createSignInNotices } from '../../services/login/sign-in-notices.ts';
import { createSignInWatch } from '../../services/login/sign-in-watch.ts';
import { watchSignIn } from '../../services/login/watched-tokens.ts';
import { createDelivery } from '../../services/messages/delivery.ts';
import type { Chat } from '../../services/messages/ports.ts';
import { createPartnerCenter } from '../../services/partner-center/partner-center.ts';
import { createApplicationService } from '../../services/profiles/application-service.ts';
import { createApplicationWorker } from '../../services/profiles/application-worker.ts';
import type { Jobs } from '../../services/queue/ports.ts';
import type { GroupDirectory, Mailer, Tenant, TenantDirectory } from '../../services/relationships/ports.ts';
import { createRelationshipService } from '../../services/relationships/relationship-service.ts';
import { createRemovalService } from '../../services/removals/removal-service.ts';
import { createRemovalWorker } from '../../services/removals/removal-worker.ts';
import type { Database } from '../../services/storage/ports.ts';
import { quietLog } from '../contracts/test-databases.ts';
import { DEFAULT_WORLD } from '../emulators/world.ts';
import { LOGIN_ORIGIN, type LocalLogin } from './local-login.ts';
import { type LocalPartnerCenter, ORIGIN, TOKENS } from './local-partner-center.ts';
import { NO_ALARMS } from './no-alarms.ts';
import { type Watch, watched } from './points.ts';
import type { Random } from './random.ts';
import type { DueJob } from './virtual-jobs.ts';

/** What outlives a process: the database with its jobs, Microsoft, Teams, and the clock. */
export type Surroundings = Readonly<{
  db: Database;
  jobs: Jobs;
  chat: Chat;
  partnerCenter: Pick<LocalPartnerCenter, 'fetch'>;
  /** Absent where several processes cannot share one in memory: `TOKENS` then. */
  login?: Pick<LocalLogin, 'fetch'>;
  /** Every tenant that may be asked for a relationship. */
  tenants: TenantDirectory;
  /** Who mends a sign-in that fails. */
  admin: Person;
  /** Those who may confirm a removal; nobody where a trial is not about removals. */
  removers?: readonly Person[];
  /** SEAL_KEY, where it is not `SEAL_KEY`. */
  sealKey?: Uint8Array;
  clock: { ms: number };
  random: Random;
  uploadLimits?: UploadLimits;
}>;

export type Bot = ReturnType<typeof startProcess>;

/** The partner's tenant. */
export const PARTNER = DEFAULT_WORLD.partner.tenantId as TenantId;

/** What the sign-in is sealed with, where a trial says nothing else. */
export const SEAL_KEY: Uint8Array = Buffer.alloc(32, 7);

/** The bot's own services as `bot/compose.ts` wires them, over ports that a trial can harm. */
export function startProcess(around: Surroundings, watch: Watch) {
  const now = () => new Date(around.clock.ms);
  const newId = around.random.id;
  const db = watchedDatabase(around.db, watch);
  const jobs = watched('jobs', around.jobs, watch);
  const chat = watched('chat', around.chat, watch, { post: unanswered, update: unanswered });
  const line = watched('partner-center', { fetch: around.partnerCenter.fetch }, watch, { fetch: cutOff });
  const fetch: typeof globalThis.fetch = (input, init) => line.fetch(input, init);
  const signIn = watchedSignIn(around, db, jobs, watch);
  const connection = {
    baseUrl: ORIGIN,
    userToken: around.login ? signIn.tokens : TOKENS.userToken,
    appToken: TOKENS.appToken,
    fetch,
    timeoutMs: 100_000,
    now,
    log: quietLog,
  };
  const partnerCenter = createPartnerCenter(connection);
  const customers = createCustomerService({ db, partnerCenter, now, log: quietLog });
  const relationships = createRelationshipService({
    ...{ db, jobs, partnerCenter, customers, now, newId },
    tenants: watched('tenants', around.tenants, watch),
    mailer: NO_MAIL,
    newReference: newId,
    partner: { tenantId: PARTNER, linkRules: { consentOrigins: [ORIGIN], partnerTenantId: PARTNER } },
  });
  const reader = watched('reader', READER, watch);
  const batches = createBatchService({
    db,
    jobs,
    registry: partnerCenter,
    reader,
    customers,
    now,
    newId,
    uploadLimits: around.uploadLimits,
  });
  const registry = createPacedRegistry(partnerCenter, now);
  const uploads = createUploadWorker({ db, jobs, registry, customers, now, newId, alarms: NO_ALARMS, log: quietLog });
  const applications = createApplicationService({ db, jobs, now, newId });
  const profileUploads = createApplicationWorker({ db, jobs, registry, customers, now, newId, log: quietLog });
  const access = accessOf(around.removers ?? [], watch);
  const removals = createRemovalService({
    ...{ db, jobs, registry: partnerCenter, reader, customers, batches, access, now, newId },
  });
  const removalWorker = createRemovalWorker({
    ...{
      db,
      jobs,
      remover: partnerCenter,
      registry,
      customers,
      removals,
      now,
      newId,
      alarms: NO_ALARMS,
      log: quietLog,
    },
  });
  const delivery = createDelivery({ db, jobs, chat, now, log: quietLog });

  return {
    customers,
    relationships,
    batches,
    applications,
    removals,
    signIn,
    /** Works one job, as the queues do. */
    async work({ queue, id, step }: DueJob): Promise<void> {
      if (queue === 'upload') await uploads.step(id, step);
      else if (queue === 'deliver') await delivery.deliver(id);
      else if (queue === 'relationship') await relationships.look(id);
      else if (queue === 'profile-apply') await profileUploads.step(id, step);
      else if (queue === 'removal') await removalWorker.step(id, step);
      else if (queue === 'sign-in') await signIn.notices.tell(id, step);
    },
  };
}

/** The sign-in of the service account as the bot keeps it: refreshed at login, sealed and stored, watched. */
function watchedSignIn(around: Surroundings, db: Database, jobs: Jobs, watch: Watch) {
  const { clock, admin, login, sealKey = SEAL_KEY } = around;
  const now = () => new Date(clock.ms);
  const line = login && watched('login', { fetch: login.fetch }, watch, { fetch: cutOff });
  const ports = { db, jobs, now, newId: around.random.id, log: quietLog };
  const { appId, secret, refreshToken } = DEFAULT_WORLD.partnerCenterApp;
  const stored = createPartnerSignIn({
    loginUrl: LOGIN_ORIGIN,
    tenantId: PARTNER,
    clientId: appId,
    credential: { secret },
    resource: 'https://api.partnercenter.microsoft.com',
    secrets: createSealedSecrets(db, sealKey),
    seed: refreshToken,
    fetch: line && ((input, init) => line.fetch(input, init)),
    timeoutMs: 15_000,
    async sleep(ms) {
      clock.ms += ms;
    },
    now,
    log: quietLog,
  });
  const { tenantId, userId } = admin;
  return {
    tokens: watchSignIn(stored, { watch: createSignInWatch(ports), now }),
    notices: createSignInNotices({ ...ports, whomToTell: async () => [{ kind: 'person', tenantId, userId }] }),
  };
}

/** Entra as a port: these people may remove, and everybody is a rep. */
function accessOf(removers: readonly Person[], watch: Watch) {
  const groups: GroupDirectory = {
    memberOf: async (userId) =>
      new Set(['reps', ...(removers.some((one) => one.userId === userId) ? ['removers'] : [])]),
    peopleOf: async () =>
      removers.map(({ userId, name = '' }) => ({ userId, name, signInName: `${userId}@northwind.example` })),
  };
  return createAccess({
    partnerTenantId: PARTNER,
    groups: watched('groups', groups, watch),
    groupOf: { rep: 'reps', remover: 'removers', admin: 'admins' },
    cache: { get: async () => undefined, set: async () => undefined },
  });
}

/** Statements, transactions and their commits are points; inside a transaction so is each statement. */
function watchedDatabase(db: Database, watch: Watch): Database {
  return {
    mode: db.mode,
    query: (text, values) => watch.call(`db.query: ${verb(text)}`, () => db.query(text, values)),
    transaction: (work) =>
      watch.call('db.transaction', () =>
        db.transaction((tx) =>
          work({
            inTransaction: true,
            query: (text, values) => watch.call(`tx.query: ${verb(text)}`, () => tx.query(text, values)),
          }),
        ),
      ),
    close: () => db.close(),
  };
}

/** `insert into uploads`, `update batches`, `select from messages`: what a point in SQL is called. */
function verb(text: string): string {
  const known = verbs.get(text);
  if (known !== undefined) return known;
  const [, kind = '', table = ''] =
    /^\s*(insert into|update|select|delete from)\b(?:.*?\bfrom)?\s+(\w+)/is.exec(text) ?? [];
  const found = `${kind.toLowerCase()} ${table}`;
  verbs.set(text, found);
  return found;
}

const verbs = new Map<string, string>();

function unanswered() {
  return { kind: 'ambiguous', reason: 'timeout' } as const;
}

function cutOff(): never {
  throw new TypeError('fetch failed', { cause: Object.assign(new Error('reset'), { code: 'ECONNRESET' }) });
}

/** A directory of these tenants; whoever is not among them is taken for `usual`. */
export function directoryOf(tenants: readonly Tenant[], usual: Tenant): TenantDirectory {
  const found = async (fits: (tenant: Tenant) => boolean) => tenants.find(fits) ?? usual;
  return {
    findByDomain: (domain) => found((one) => one.domain === domain),
    findById: (id) => found((one) => one.tenantId === id),
  };
}

const NO_MAIL: Mailer = { send: async () => undefined };

/** Reads a list of PKIDs, one per line. */
const READER: ListReader = {
  read: async (input) => {
    const lines = input.kind === 'text' ? input.text.split('\n') : [];
    return { devices: lines.map((pkid, index) => ({ pkid, source: 'list', row: index + 1 })), problems: [] };
  },
  close: async () => undefined,
};
