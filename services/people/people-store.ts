import { z } from 'zod';
import type { TenantId, UserId } from '../identity.ts';
import type { Queryable, Row } from '../storage/ports.ts';
import { optionalText, tenantId, text, userId } from '../storage/rows.ts';
import { type PersonSettings, type SettingsChange, settingsColumn } from './settings.ts';

/** Somebody Teams told us of: how to reach them, in which language and time zone. */
export type KnownPerson = Readonly<{
  tenantId: TenantId;
  userId: UserId;
  name: string;
  /** From the roster of their own chat, in lower case. */
  signInName?: string;
  /** As Teams says it, such as `sv-SE`. */
  locale?: string;
  /** IANA name, such as `Europe/Stockholm`. */
  timeZone?: string;
  installed: boolean;
  /** Their own chat with the bot. */
  conversationId?: string;
  serviceUrl?: string;
  settings?: PersonSettings;
}>;

export async function findPerson(
  db: Queryable,
  who: { tenantId: TenantId; userId?: UserId; signInName?: string },
): Promise<KnownPerson | undefined> {
  const [found] = who.userId
    ? await db.query('select * from people where tenant_id = $1 and user_id = $2', [who.tenantId, who.userId])
    : await db.query('select * from people where tenant_id = $1 and sign_in_name = $2 order by seen_at desc', [
        who.tenantId,
        who.signInName ?? '',
      ]);
  return found && parse(found);
}

/** People of a tenant to whom the bot can write, those seen last first, and whether they ever asked it for something. */
export async function reachablePeople(
  db: Queryable,
  tenant: TenantId,
  limit: number,
): Promise<readonly (KnownPerson & { hasAsked: boolean })[]> {
  const rows = await db.query(
    `select p.*, exists (select 1 from requests where requested_by->>'userId' = p.user_id)
       or exists (select 1 from batches where requested_by->>'userId' = p.user_id) as has_asked
     from people p where tenant_id = $1 and installed and conversation_id is not null order by seen_at desc limit $2`,
    [tenant, limit],
  );
  return rows.map((raw) => ({ ...parse(raw), hasAsked: raw.has_asked === true }));
}

/**
 * True when somebody else has this very chat as their own. Teams gives each person one, so a row was altered, and what is
 * written there would be read by the wrong one.
 */
export async function isChatOfAnother(db: Queryable, person: KnownPerson): Promise<boolean> {
  const rows = await db.query(
    `select 1 from people where conversation_id = $1 and service_url = $2 and not (tenant_id = $3 and user_id = $4)`,
    [person.conversationId ?? '', person.serviceUrl ?? '', person.tenantId, person.userId],
  );
  return rows.length > 0;
}

/** Learns what a turn told; what it did not tell stays as it was. */
export async function savePerson(db: Queryable, person: KnownPerson, at: Date): Promise<void> {
  await db.query(
    `insert into people (tenant_id, user_id, name, sign_in_name, locale, time_zone, installed, conversation_id,
       service_url, seen_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
     on conflict (tenant_id, user_id) do update set
       name = excluded.name, sign_in_name = coalesce(excluded.sign_in_name, people.sign_in_name),
       locale = coalesce(excluded.locale, people.locale), time_zone = coalesce(excluded.time_zone, people.time_zone),
       installed = excluded.installed, conversation_id = coalesce(excluded.conversation_id, people.conversation_id),
       service_url = coalesce(excluded.service_url, people.service_url), seen_at = excluded.seen_at`,
    [
      person.tenantId,
      person.userId,
      person.name,
      person.signInName?.toLowerCase() ?? null,
      person.locale ?? null,
      person.timeZone ?? null,
      person.installed,
      person.conversationId ?? null,
      person.serviceUrl ?? null,
      at,
    ],
  );
}

/** Keeps what somebody chose for themselves, beside what they chose before. Nobody unknown has settings. */
export async function saveSettings(
  db: Queryable,
  who: { tenantId: TenantId; userId: UserId },
  change: SettingsChange,
): Promise<void> {
  await db.query('update people set settings = settings || $3::jsonb where tenant_id = $1 and user_id = $2', [
    who.tenantId,
    who.userId,
    JSON.stringify(change),
  ]);
}

/** Notes that Teams no longer lets us write to this person, until they install the app again. */
export async function markUnreachable(
  db: Queryable,
  who: { tenantId: TenantId; userId?: UserId; signInName?: string },
): Promise<void> {
  await db.query('update people set installed = false where tenant_id = $1 and (user_id = $2 or sign_in_name = $3)', [
    who.tenantId,
    who.userId ?? '',
    who.signInName ?? '',
  ]);
}

const row = z.object({
  tenant_id: tenantId,
  user_id: userId,
  name: text,
  sign_in_name: optionalText,
  locale: optionalText,
  time_zone: optionalText,
  installed: z.boolean(),
  conversation_id: optionalText,
  service_url: optionalText,
  settings: settingsColumn,
});

function parse(raw: Row): KnownPerson {
  const found = row.parse(raw);
  return {
    tenantId: found.tenant_id,
    userId: found.user_id,
    name: found.name,
    signInName: found.sign_in_name,
    locale: found.locale,
    timeZone: found.time_zone,
    installed: found.installed,
    conversationId: found.conversation_id,
    serviceUrl: found.service_url,
    settings: found.settings,
  };
}
