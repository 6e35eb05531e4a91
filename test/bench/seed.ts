import { randomBytes, randomUUID } from 'node:crypto';
import { createLog } from '../../bot/log.ts';
import { record } from '../../services/audit/audit.ts';
import type { RequestId, TenantId, UserId } from '../../services/identity.ts';
import { savePerson } from '../../services/people/people-store.ts';
import { insertRequest } from '../../services/relationships/request-store.ts';
import { migrate } from '../../services/storage/migrations.ts';
import { openDatabase } from '../../services/storage/open-database.ts';
import type { Database } from '../../services/storage/ports.ts';
import { MIGRATIONS } from '../../services/storage/schema/migrations.ts';

/** A request that waits for its approver, and who that is. */
export type SeededRequest = Readonly<{ reference: string; tenantId: string; userId: string; name: string }>;

/** Whose requests, where their approvers are written to, and where they accept. */
type Place = Readonly<{ partnerTenantId: string; serviceUrl: string; consentUrl: string }>;

/** Puts open requests into a database that no bot has open, each to a customer of its own. */
export async function seedRequests(dataDir: string, count: number, place: Place) {
  const log = createLog('error');
  const db = await openDatabase({ dataDir, log });
  await migrate(db, MIGRATIONS, log);
  const seeded: SeededRequest[] = [];
  for (let index = 0; index < count; index++) seeded.push(await seedOne(db, index, place));
  await db.close();
  return seeded;
}

async function seedOne(
  db: Database,
  index: number,
  { partnerTenantId, serviceUrl, consentUrl }: Place,
): Promise<SeededRequest> {
  const link = `${consentUrl}/Adminportal/Home?invType=ResellerRelationship&partnerId=${partnerTenantId}&msppId=0&DAP=false#/BillingAccounts/partner-invitation`;
  const tenantId = randomUUID() as TenantId;
  const userId = randomUUID() as UserId;
  const name = `Approver ${index}`;
  const signInName = `approver${index}@customer${index}.example`;
  const reference = randomBytes(24).toString('base64url');
  const now = new Date();
  await db.transaction(async (tx) => {
    await savePerson(
      tx,
      {
        tenantId,
        userId,
        name,
        signInName,
        locale: 'en-GB',
        timeZone: 'Europe/Stockholm',
        installed: true,
        conversationId: `a:${userId}`,
        serviceUrl,
      },
      now,
    );
    const id = randomUUID();
    const subject = { kind: 'request', id } as const;
    await record(tx, { at: now, action: 'request.sent', subject, customerTenantId: tenantId, details: { link } });
    await insertRequest(tx, {
      id: id as RequestId,
      reference,
      customer: { tenantId, name: `Customer ${index}`, domain: `customer${index}.example` },
      route: 'direct',
      link,
      requestedBy: { tenantId: partnerTenantId as TenantId, userId: randomUUID() as UserId, name: 'Robin Reyes' },
      approvers: [{ signInName, userId, name }],
      state: 'sent',
      createdAt: now,
      expiresAt: new Date(now.getTime() + 30 * 86_400_000),
      reminders: [],
      version: 1,
    });
  });
  return { reference, tenantId, userId, name };
}
