import { z } from 'zod';
import type { Person, TenantId } from '../identity.ts';
import type { Jobs } from '../queue/ports.ts';
import type { Database, Queryable, Row } from '../storage/ports.ts';
import { moment, optionalText, person, tenantId, text } from '../storage/rows.ts';
import type { Recipient } from './message.ts';
import { dropUnposted, releaseHeldAt } from './message-store.ts';

/** A channel or group chat of the partner that gets notices, because a rep asked for it there. */
export type Channel = Readonly<{
  conversationId: string;
  tenantId: TenantId;
  serviceUrl: string;
  name?: string;
  /** The language of who asked: a channel has none of its own. */
  locale: string;
  /** The full hour, `HH:00`, at which one message tells of a day's batches; absent: each by itself. */
  digestAt?: string;
  /** The time zone of who asked. */
  timeZone?: string;
  askedBy: Person;
  createdAt: Date;
}>;

/** Which channels get notices. Asking twice, or ending what was never asked for, changes nothing. */
export function createChannels({ db, jobs, now }: Readonly<{ db: Database; jobs: Jobs; now: () => Date }>) {
  return {
    /** Asking again changes the hour and the language; a digest that waits is looked at again. */
    async subscribe(channel: Omit<Channel, 'createdAt'>): Promise<void> {
      const conversationId = rootOf(channel.conversationId);
      await db.transaction(async (tx) => {
        await tx.query(
          `insert into channels (conversation_id, tenant_id, service_url, name, locale, asked_by, created_at, digest_at,
             time_zone) values ($1, $2, $3, $4, $5, $6::jsonb, $7, $8, $9)
           on conflict (conversation_id) do update set service_url = excluded.service_url, locale = excluded.locale,
             digest_at = excluded.digest_at, time_zone = excluded.time_zone`,
          [
            conversationId,
            channel.tenantId,
            channel.serviceUrl,
            channel.name ?? null,
            channel.locale,
            JSON.stringify(channel.askedBy),
            now(),
            channel.digestAt ?? null,
            channel.timeZone ?? null,
          ],
        );
        await releaseHeldAt(tx, jobs, conversationId);
      });
    },

    async unsubscribe(conversationId: string): Promise<void> {
      await db.transaction(async (tx) => {
        await tx.query('delete from channels where conversation_id = $1', [rootOf(conversationId)]);
        await dropUnposted(tx, 'digest.channel', [rootOf(conversationId)]);
      });
    },

    async unsubscribeAll(tenant: TenantId): Promise<void> {
      await db.transaction(async (tx) => {
        const gone = await tx.query('delete from channels where tenant_id = $1 returning conversation_id', [tenant]);
        await dropUnposted(
          tx,
          'digest.channel',
          gone.map((row) => String(row.conversation_id)),
        );
      });
    },

    list: (): Promise<readonly Channel[]> => listChannels(db),
  };
}

export type Channels = ReturnType<typeof createChannels>;

/**
 * Where a notice goes besides the people it is for, and at which hour where that is once a day; not to `besides`, where it
 * is told anyway.
 */
export async function channelsFor(
  db: Queryable,
  besides?: string,
): Promise<readonly (Extract<Recipient, { kind: 'conversation' }> & Readonly<{ digestAt?: string }>)[]> {
  const channels = await listChannels(db);
  return channels
    .filter(({ conversationId }) => conversationId !== rootOf(besides ?? ''))
    .map(({ tenantId: tenant, conversationId, serviceUrl, locale, digestAt }) => {
      return { kind: 'conversation', tenantId: tenant, conversationId, serviceUrl, locale, digestAt };
    });
}

/** The channel with this conversation id, if it gets notices. */
export async function findChannel(db: Queryable, conversationId: string): Promise<Channel | undefined> {
  const [found] = await db.query('select * from channels where conversation_id = $1', [conversationId]);
  return found && parse(found);
}

async function listChannels(db: Queryable): Promise<readonly Channel[]> {
  return (await db.query('select * from channels order by created_at')).map(parse);
}

/** A notice is no answer to anybody: it goes to the channel and not into the thread in which it was asked for. */
function rootOf(conversationId: string): string {
  return conversationId.split(';')[0] ?? conversationId;
}

const row = z.object({
  conversation_id: text,
  tenant_id: tenantId,
  service_url: text,
  name: optionalText,
  locale: text,
  digest_at: optionalText,
  time_zone: optionalText,
  asked_by: person,
  created_at: moment,
});

function parse(raw: Row): Channel {
  const found = row.parse(raw);
  return {
    conversationId: found.conversation_id,
    tenantId: found.tenant_id,
    serviceUrl: found.service_url,
    name: found.name,
    locale: found.locale,
    digestAt: found.digest_at,
    timeZone: found.time_zone,
    askedBy: found.asked_by,
    createdAt: found.created_at,
  };
}
