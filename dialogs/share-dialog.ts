import { batchSnapshot, customerSnapshot, deviceSnapshot, type Snapshot } from '../cards/snapshot/card.ts';
import type { Access } from '../services/access/access.ts';
import type { CustomerService } from '../services/customers/customer-service.ts';
import type { BatchService } from '../services/devices/batch-service.ts';
import { MAX_KEYS, readKeys } from '../services/devices/device-keys.ts';
import type { FindService } from '../services/devices/find-service.ts';
import { ServiceError } from '../services/errors.ts';
import type { RelationshipService } from '../services/relationships/relationship-service.ts';
import { identifierOf } from './device-names.ts';
import type { Turn } from './turn.ts';
import type { Views } from './views.ts';

export type ShareDialogParts = Readonly<{
  relationships: RelationshipService;
  customers: CustomerService;
  batches: BatchService;
  find: Pick<FindService, 'known'>;
  access: Access;
  views: Views;
  /** Where the reader of a snapshot finds the bot. */
  chatLink: string;
  now: () => Date;
}>;

/** What may be searched for in order to show it to others. */
export const SHARED = ['customers', 'batches', 'devices'] as const;
export type SharedKind = (typeof SHARED)[number];

export type SharePage = Readonly<{ query: string; limit: number; offset: number }>;

/** Finding something in order to show it in a chat the bot need not be part of. Changes nothing. */
export function createShareDialog(parts: ShareDialogParts) {
  const { relationships, customers, batches, find, access, views, chatLink, now } = parts;

  const finders: Readonly<Record<SharedKind, (turn: Turn, page: SharePage) => Promise<readonly Snapshot[]>>> = {
    async customers({ wording }, page) {
      const found = await customers.suggest(page);
      const latest = await relationships.latestOf(found.customers.map(({ tenantId }) => tenantId));
      const rows = views.customerRows(found.customers, latest);
      return rows.map((row) => customerSnapshot(row, { asOf: now(), link: chatLink }, wording));
    },

    async batches({ wording }, page) {
      const found = await batches.list(page);
      const rows = await Promise.all(found.batches.map((batch) => views.batchRow(batch)));
      return rows.map((row) => batchSnapshot(row, { asOf: now(), link: chatLink }, wording));
    },

    async devices({ wording }, { query, limit, offset }) {
      const found = await find.known(readKeys(query).slice(0, MAX_KEYS));
      return found.slice(offset, offset + limit).map(({ device, batch }) => {
        const outcome = device.state === 'listed' ? 'pending' : device.state;
        const shown = { identifier: identifierOf(device), outcome, batchName: batch.name, customer: batch.customer };
        return deviceSnapshot(shown, { asOf: now(), link: chatLink }, wording);
      });
    },
  };

  return {
    /** @throws ServiceError `not-a-rep`, `not-met-yet`. */
    async find(turn: Turn, kind: SharedKind, page: SharePage): Promise<readonly Snapshot[]> {
      await requireKnownRep(access, turn);
      return finders[kind](turn, page);
    },
  };
}

export type ShareDialog = ReturnType<typeof createShareDialog>;

/**
 * In chats of others the bot cannot read the roster, which alone tells guests from staff: there it believes only people
 * whose sign-in name it learned in their own chat with it.
 *
 * @throws ServiceError `not-a-rep`, `not-met-yet`.
 */
export async function requireKnownRep(access: Access, { speaker }: Turn): Promise<void> {
  await access.requireRep(speaker);
  if (!speaker.signInName) throw new ServiceError('not-met-yet', `${speaker.userId} never wrote in a personal chat`);
}
