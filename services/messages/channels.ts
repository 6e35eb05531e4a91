import { z } from 'zod';
import type { Person, TenantId } from '../identity.ts';
import type { Database, Queryable } from '../storage/ports.ts';
import { moment, optionalText, person, tenantId, text } from '../storage/rows.ts';
import type { Recipient } from './message.ts';

/** A channel or group chat of the partner that gets notices, because a rep asked for it there. */
export type Channel = Readonly<{
  conversationId: string;
  tenantId: TenantId;
  serviceUrl: string;
  name?: string;
  /** The language of who asked: a channel has none of its own. */
  locale: string;
  askedBy: Person;
  createdAt: Date;
}>;

/** Which channels get notices. Asking twice, or ending what was never asked for, changes nothing. */
export function createChannels({ db, now }: Readonly<{ db: Database; now: () => Date }>) {
  return {
    async subscribe(
      channel: Omit<Channel, 'createdAt' | 'conversationId'> & { conversationId: string },
    ): Promise<void> {
      await db.query(
        `insert into channels (conversation_id, tenant_id, service_url, name, locale, asked_by, created_at)
         values ($1, $2, $3, $4, $5, $6::jsonb, $7)
         on conflict (conversation_id) do update set service_url = excluded.service_url, locale = excluded.locale`,
        [
          rootOf(channel.conversationId),
          channel.tenantId,
          channel.serviceUrl,
          channel.name ?? null,
          channel.locale,
          JSON.stringify(channel.askedBy),
          now(),
        ],
      );
    },

    async unsubscribe(conversationId: string): Promise<void> {
      await db.query('delete from channels where conversation_id = $1', [rootOf(conversationId)]);
    },

    async unsubscribeAll(tenant: TenantId): Promise<void> {
      await db.query('delete from channels where tenant_id = $1', [tenant]);
    },

    list: (): Promise<readonly Channel[]> => listChannels(db),
  };
}

export type Channels = ReturnType<typeof createChannels>;

/** Where a notice goes besides the people it is for; not to `besides`, where it is told anyway. */
export async function channelsFor(db: Queryable, besides?: string): Promise<readonly Recipient[]> {
  const channels = await listChannels(db);
  return channels
    .filter(({ conversationId }) => conversationId !== rootOf(besides ?? ''))
    .map(({ tenantId: tenant, conversationId, serviceUrl, locale }) => {
      return { kind: 'conversation', tenantId: tenant, conversationId, serviceUrl, locale };
    });
}

async function listChannels(db: Queryable): Promise<readonly Channel[]> {
  const rows = await db.query('select * from channels order by created_at');
  return rows.map((raw) => {
    const found = row.parse(raw);
    return {
      conversationId: found.conversation_id,
      tenantId: found.tenant_id,
      serviceUrl: found.service_url,
      name: found.name,
      locale: found.locale,
      askedBy: found.asked_by,
      createdAt: found.created_at,
    };
  });
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
  asked_by: person,
  created_at: moment,
});
