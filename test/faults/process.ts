import { createCustomerService } from '../../services/customers/customer-service.ts';
import type { UploadLimits } from '../../services/devices/batch.ts';
import { createBatchService } from '../../services/devices/batch-service.ts';
import { createPacedRegistry } from '../../services/devices/paced-registry.ts';
import type { ListReader } from '../../services/devices/ports.ts';
import { createUploadWorker } from '../../services/devices/upload-worker.ts';
import type { TenantId } from '../../services/identity.ts';
import { createDelivery } from '../../services/messages/delivery.ts';
import type { Chat } from '../../services/messages/ports.ts';
import { createPartnerCenter } from '../../services/partner-center/partner-center.ts';
import type { Jobs } from '../../services/queue/ports.ts';
import type { Mailer, Tenant, TenantDirectory } from '../../services/relationships/ports.ts';
import { createRelationshipService } from '../../services/relationships/relationship-service.ts';
import type { Database } from '../../services/storage/ports.ts';
import { quietLog } from '../contracts/test-databases.ts';
import { DEFAULT_WORLD } from '../emulators/world.ts';
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
  customer: Tenant;
  clock: { ms: number };
  random: Random;
  uploadLimits?: UploadLimits;
}>;

export type Bot = ReturnType<typeof startProcess>;

/** The partner's tenant. */
export const PARTNER = DEFAULT_WORLD.partner.tenantId as TenantId;

/** The bot's own services as `bot/compose.ts` wires them, over ports that a trial can harm. */
export function startProcess(around: Surroundings, watch: Watch) {
  const now = () => new Date(around.clock.ms);
  const newId = around.random.id;
  const db = watchedDatabase(around.db, watch);
  const jobs = watched('jobs', around.jobs, watch);
  const chat = watched('chat', around.chat, watch, { post: unanswered, update: unanswered });
  const line = watched('partner-center', { fetch: around.partnerCenter.fetch }, watch, { fetch: cutOff });
  const fetch: typeof globalThis.fetch = (input, init) => line.fetch(input, init);
  const connection = { baseUrl: ORIGIN, ...TOKENS, fetch, timeoutMs: 100_000, now, log: quietLog };
  const partnerCenter = createPartnerCenter(connection);
  const customers = createCustomerService({ db, partnerCenter, now, log: quietLog });
  const relationships = createRelationshipService({
    ...{ db, jobs, partnerCenter, customers, now, newId },
    tenants: watched('tenants', directory(around.customer), watch),
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
  const delivery = createDelivery({ db, jobs, chat, now, log: quietLog });

  return {
    relationships,
    batches,
    /** Works one job, as the queues do. */
    async work({ queue, id, step }: DueJob): Promise<void> {
      if (queue === 'upload') await uploads.step(id, step);
      else if (queue === 'deliver') await delivery.deliver(id);
      else if (queue === 'relationship') await relationships.look(id);
    },
  };
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
  const [, kind = '', table = ''] =
    /^\s*(insert into|update|select|delete from)\b(?:.*?\bfrom)?\s+(\w+)/is.exec(text) ?? [];
  return `${kind.toLowerCase()} ${table}`;
}

function unanswered() {
  return { kind: 'ambiguous', reason: 'timeout' } as const;
}

function cutOff(): never {
  throw new TypeError('fetch failed', { cause: Object.assign(new Error('reset'), { code: 'ECONNRESET' }) });
}

function directory(customer: Tenant): TenantDirectory {
  return { findByDomain: async () => customer, findById: async () => customer };
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
