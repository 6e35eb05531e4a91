import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { readConfig } from '../../../../bot/config.ts';
import { connectMicrosoft } from '../../../../bot/microsoft.ts';
import { createCustomerService } from '../../../../services/customers/customer-service.ts';
import { createBatchService } from '../../../../services/devices/batch-service.ts';
import type { ListReader } from '../../../../services/devices/ports.ts';
import { createUploadWorker } from '../../../../services/devices/upload-worker.ts';
import type { Person, TenantId, UserId } from '../../../../services/identity.ts';
import { createDelivery } from '../../../../services/messages/delivery.ts';
import type { Message } from '../../../../services/messages/message.ts';
import type { Chat } from '../../../../services/messages/ports.ts';
import { savePerson } from '../../../../services/people/people-store.ts';
import { createJobs } from '../../../../services/queue/boss-jobs.ts';
import { migrate } from '../../../../services/storage/migrations.ts';
import { openDatabase } from '../../../../services/storage/open-database.ts';
import { MIGRATIONS } from '../../../../services/storage/schema/migrations.ts';
import { CONTOSO_TENANT_ID, PARTNER_TENANT_ID, ROBIN } from '../../../emulators/world.ts';
import { NO_ALARMS } from '../../no-alarms.ts';
import { letTimePass } from '../time-passes.ts';

/**
 * The bot's work without its front door: it registers what its parent names, over the real adapter and the real job
 * engine, and shows messages to its parent. It is made to be killed.
 */
const now = () => new Date();
const log = { debug() {}, info() {}, warn() {}, error() {} };
const newId = randomUUID;
const settings = readConfig(process.env);
if ('problems' in settings) throw new Error(settings.problems.join(' '));
const db = await openDatabase({ ...settings.config.database, log });
await migrate(db, MIGRATIONS, log);
const jobs = await createJobs({ database: db, log });
const { partnerCenter } = connectMicrosoft(settings.config, db, now, log);
const customers = createCustomerService({ db, partnerCenter, now, log });
const reader: ListReader = {
  read: async (input) => {
    const lines = input.kind === 'text' ? input.text.split('\n') : [];
    return { devices: lines.map((pkid, index) => ({ pkid, source: 'list', row: index + 1 })), problems: [] };
  },
  close: async () => undefined,
};
const batches = createBatchService({ db, jobs, registry: partnerCenter, reader, customers, now, newId });
const uploads = createUploadWorker({
  ...{ db, jobs, customers, now, newId, log },
  registry: { ...partnerCenter, planRead: (pauseMs) => pauseMs },
  alarms: NO_ALARMS,
});
const delivery = createDelivery({ db, jobs, chat: chatOfParent(), now, log });
const robin: Person = { tenantId: PARTNER_TENANT_ID as TenantId, userId: ROBIN.id as UserId, name: ROBIN.name };

await savePerson(db, { ...robin, installed: true, conversationId: 'chat', serviceUrl: 'https://smba.example/' }, now());
await jobs.work('upload', 4, ({ id, step }) => uploads.step(id, step));
await jobs.work('deliver', 4, ({ id }) => delivery.deliver(id));

const command = z.union([
  z.object({ register: z.string(), pkids: z.array(z.string()) }),
  z.object({ minutesPass: z.number() }),
  z.object({ stop: z.literal(true) }),
]);
process.on('message', (message) => void obey(command.parse(message)).catch(() => process.exit(1)));
process.send?.({ ready: true });

async function obey(order: z.infer<typeof command>): Promise<void> {
  if ('register' in order) {
    const { id } = await batches.open(CONTOSO_TENANT_ID as TenantId, robin);
    await batches.add(id, { kind: 'text', source: 'list', text: order.pkids.join('\n') }, robin);
    await batches.confirm(id, robin, order.register);
    process.send?.({ confirmed: order.register });
  } else if ('minutesPass' in order) {
    await letTimePass(db, order.minutesPass);
  } else {
    await jobs.stop(3_000);
    await db.close();
    process.exit(0);
  }
}

/** The parent is Teams: what it was sent, it has. */
function chatOfParent(): Chat {
  const name = async ({ role, subjectId }: Message) => {
    const [batch] = await db.query('select name from batches where id = $1', [subjectId]);
    return { role, name: batch?.name };
  };
  return {
    async post(message) {
      process.send?.({ posted: await name(message) });
      return { kind: 'done', activityId: randomUUID() };
    },
    update: async (_message, at) => ({ kind: 'done', activityId: at.activityId }),
  };
}
