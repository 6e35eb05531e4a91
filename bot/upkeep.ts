import { randomUUID } from 'node:crypto';
import type { Alarms } from '../services/audit/alarms.ts';
import { findHead } from '../services/audit/audit.ts';
import { applyRetention } from '../services/audit/retention.ts';
import type { CustomerService } from '../services/customers/customer-service.ts';
import { forgetEventsBefore } from '../services/events/event-store.ts';
import { forgetCallsBefore } from '../services/idempotency/call-store.ts';
import type { Log } from '../services/log.ts';
import type { SignInNotices } from '../services/login/sign-in-notices.ts';
import { findOpenTrouble } from '../services/login/sign-in-troubles.ts';
import { forgetDigestsBefore } from '../services/messages/digests.ts';
import { forgetExaminationsBefore } from '../services/operation/examinations.ts';
import type { WebhookRegistration } from '../services/partner-center/webhook-registrations.ts';
import type { Jobs } from '../services/queue/ports.ts';
import type { RelationshipService } from '../services/relationships/relationship-service.ts';
import { maintain } from '../services/storage/maintenance.ts';
import type { Database } from '../services/storage/ports.ts';
import type { Config } from './config.ts';
import type { Microsoft } from './microsoft.ts';

export type UpkeepParts = Readonly<{
  db: Database;
  jobs: Jobs;
  microsoft: Microsoft;
  customers: CustomerService;
  signInNotices: SignInNotices;
  alarms: Pick<Alarms, 'look'>;
  relationships: Pick<RelationshipService, 'checkEnded'>;
  config: Config;
  now: () => Date;
  log: Log;
}>;

const HOUR_MS = 3_600_000;
/** Renewed this often, a sign-in that nobody uses stays good. Its refresh token lives for 90 days. */
const RENEW_AFTER_DAYS = 7;

/** What has to be done now and then, whether or not anybody speaks; by whichever process gets the hour's job. */
export async function startUpkeep(parts: UpkeepParts): Promise<void> {
  const { db, jobs, now } = parts;

  async function enqueue(hour: number): Promise<void> {
    const startAt = new Date(hour * HOUR_MS);
    await db.transaction((tx) => jobs.enqueue(tx, [{ queue: 'upkeep', id: 'hourly', step: hour, startAt }]));
  }

  await jobs.work('upkeep', 1, async ({ step }) => {
    await enqueue(Math.max(step, Math.floor(now().getTime() / HOUR_MS)) + 1);
    for (const [name, chore] of Object.entries(CHORES)) {
      await chore(parts).catch((error: unknown) =>
        parts.log.warn('a chore failed; next try in an hour', { name, error }),
      );
    }
  });
  await enqueue(Math.floor(now().getTime() / HOUR_MS));
}

const CHORES: Readonly<Record<string, (parts: UpkeepParts) => Promise<unknown>>> = {
  database: ({ db }) => maintain(db),
  async customers({ customers, relationships }) {
    await customers.refresh();
    await relationships.checkEnded();
  },
  /** Events that were taken, or given up, are of use for a month to whoever looks for one. */
  events: ({ db, now }) => forgetEventsBefore(db, new Date(now().getTime() - 30 * 24 * HOUR_MS)),
  examinations: ({ db, now }) => forgetExaminationsBefore(db, new Date(now().getTime() - 7 * 24 * HOUR_MS)),
  digests: ({ db, now }) => forgetDigestsBefore(db, new Date(now().getTime() - 60 * 24 * HOUR_MS)),
  /** The HTTP API promises its callers two days in which a repeat gets the first answer. */
  calls: ({ db, now }) => forgetCallsBefore(db, new Date(now().getTime() - 48 * HOUR_MS)),
  retention: ({ db, config, now, log }) => forget(db, config, now(), log),
  async audit({ db, log }) {
    const head = await findHead(db);
    if (head) log.info('the audit ends here', head); // kept outside the database: see `npm run audit -- verify --head`
  },
  async signIn({ db, microsoft: { signIn } }) {
    const [trouble, age] = [await findOpenTrouble(db), await signIn.age()];
    if (trouble || !age || 90 - age.daysLeft >= RENEW_AFTER_DAYS) await signIn.renew();
  },
  signInNotices: ({ signInNotices }) => signInNotices.remind(),
  alarms: ({ alarms }) => alarms.look(),
  webhook: registerWebhook,
};

async function forget(db: Database, config: Config, at: Date, log: Log): Promise<void> {
  const forgotten = await applyRetention(db, config.retention, at);
  if (Object.values(forgotten).some((count) => count > 0)) log.info('what was kept long enough is gone', forgotten);
}

const EVENTS = [
  'reseller-relationship-accepted-by-customer',
  'indirect-reseller-relationship-accepted-by-customer',
  'test-created',
];

/** Keeps our address registered with Partner Center. There is one registration per partner; other events in it stay. */
async function registerWebhook({ microsoft: { partnerCenter }, config, log }: UpkeepParts): Promise<void> {
  const url = `${config.publicUrl}/api/partner-center/webhook`;
  const current = await partnerCenter.webhook();
  const wanted: WebhookRegistration = { url, events: [...new Set([...(current?.events ?? []), ...EVENTS])] };
  if (current?.url === url && wanted.events.length === current.events.length) return;
  if (current && current.url !== url)
    log.warn('Partner Center’s webhook led elsewhere and is changed', { from: current.url });
  const ids = { requestId: randomUUID(), correlationId: randomUUID() };
  await (current ? partnerCenter.updateWebhook(wanted, ids) : partnerCenter.createWebhook(wanted, ids));
}
