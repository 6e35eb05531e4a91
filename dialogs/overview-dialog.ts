import { batchesCard } from '../cards/batches/card.ts';
import { customersCard } from '../cards/customers/card.ts';
import { helpCard } from '../cards/help/card.ts';
import type { AdaptiveCard } from '../cards/render.ts';
import { requestsCard } from '../cards/requests/card.ts';
import { statusCard } from '../cards/status/card.ts';
import { welcomeCard } from '../cards/welcome/card.ts';
import type { Reader } from '../cards/welcome/reader.ts';
import type { Wording } from '../cards/wording/wording.ts';
import type { Access } from '../services/access/access.ts';
import type { CustomerService } from '../services/customers/customer-service.ts';
import type { BatchState } from '../services/devices/batch.ts';
import type { BatchService } from '../services/devices/batch-service.ts';
import { type BatchId, isGuestName, isSamePerson } from '../services/identity.ts';
import { isOpen } from '../services/relationships/relationship.ts';
import type { RelationshipService } from '../services/relationships/relationship-service.ts';
import type { Removal } from '../services/removals/removal.ts';
import type { RemovalService } from '../services/removals/removal-service.ts';
import type { Turn } from './turn.ts';
import type { Views } from './views.ts';
import { bareSentenceOf } from './wording.ts';

export type OverviewParts = Readonly<{
  relationships: RelationshipService;
  batches: BatchService;
  customers: CustomerService;
  removals: Pick<RemovalService, 'listOpen'>;
  access: Access;
  views: Views;
  partnerName: string;
  now: () => Date;
  /** How many requests and batches are open. */
  counts: () => Promise<{ requests: number; batches: number }>;
  /** Asks Partner Center's sign-in for a token: `undefined` when it works, otherwise the error. */
  signInProblem: () => Promise<unknown>;
}>;

const ROWS = 10;

/** Looking at what there is: customers, batches, where things stand. Changes nothing. */
export function createOverviewDialog(parts: OverviewParts) {
  const { relationships, batches, customers, removals, access, views, partnerName } = parts;

  /** A removal is shown to whoever asked for it and to those who may confirm it, in their own chat. */
  async function visibleTo({ place, speaker }: Turn, open: readonly Removal[]): Promise<readonly Removal[]> {
    if (place.kind !== 'personal') return [];
    const isRemover = (await access.rolesOf(speaker)).has('remover');
    return open.filter(({ requestedBy }) => isRemover || isSamePerson(requestedBy, speaker));
  }

  async function readerOf({ audience, speaker }: Turn): Promise<Reader> {
    const roles = await access.rolesOf(speaker).catch(() => undefined);
    return {
      audience: await audience(),
      partnerName,
      administers: roles?.has('admin'),
      confirms: roles?.has('remover'),
      isUnread: roles === undefined,
      account: isGuestName(speaker.signInName) ? undefined : speaker.signInName,
    };
  }

  return {
    async welcome(turn: Turn): Promise<AdaptiveCard> {
      return welcomeCard({ ...(await readerOf(turn)), name: turn.speaker.name }, turn.wording);
    },

    /** Fits what the reader may do. */
    async help(turn: Turn): Promise<AdaptiveCard> {
      return helpCard(await readerOf(turn), turn.wording);
    },

    async customers(turn: Turn, query: string, page = 1): Promise<AdaptiveCard> {
      await access.requireRep(turn.speaker);
      const found = await customers.list({ query, limit: ROWS, offset: (page - 1) * ROWS });
      const latest = await relationships.latestOf(found.customers.map(({ tenantId }) => tenantId));
      const open =
        query || page > 1
          ? []
          : (await relationships.list({ limit: ROWS })).requests.filter(({ state }) => isOpen(state));
      return customersCard(
        {
          customers: views.customerRows(found.customers, [...open, ...latest]),
          page,
          pages: pagesOf(found.total),
          query,
        },
        turn.wording,
      );
    },

    /** Every request with its age and state, those that wait for somebody first. */
    async requests(turn: Turn, page = 1): Promise<AdaptiveCard> {
      await access.requireRep(turn.speaker);
      const found = await relationships.list({ limit: ROWS, offset: (page - 1) * ROWS });
      const rows = found.requests.map((request) => views.requestRow(request, parts.now()));
      return requestsCard({ requests: rows, page, pages: pagesOf(found.total) }, turn.wording);
    },

    /** Batches by name, customer, or what their state is called in the reader's language. */
    async batches(turn: Turn, query = '', page = 1): Promise<AdaptiveCard> {
      await access.requireRep(turn.speaker);
      const found = await batches.list({
        query,
        states: statesCalled(query, turn.wording),
        limit: ROWS,
        offset: (page - 1) * ROWS,
      });
      const rows = await Promise.all(found.batches.map((batch) => views.batchRow(batch)));
      return batchesCard({ batches: rows, page, pages: pagesOf(found.total), query }, turn.wording);
    },

    async batch(turn: Turn, id: BatchId, page = 1, only?: 'failed'): Promise<AdaptiveCard> {
      await access.requireRep(turn.speaker);
      const draw = turn.place.kind === 'personal' ? views.ownBatchCard : views.batchCard;
      return draw(await batches.findConfirmed(id), page, turn.wording, only);
    },

    async status(turn: Turn): Promise<AdaptiveCard> {
      await access.requireRep(turn.speaker);
      const { requests, batches: running } = await parts.counts();
      const open = await removals.listOpen(ROWS);
      const problem = await parts.signInProblem();
      const sentence = problem === undefined ? '' : bareSentenceOf(problem, turn.wording);
      const signIn = { ok: problem === undefined, sentence };
      return statusCard(
        {
          openRequests: requests,
          openBatches: running,
          openRemovals: open.length,
          removals: (await visibleTo(turn, open)).map(({ id, customer }) => ({ removalId: id, customer })),
          signIn,
        },
        turn.wording,
      );
    },
  };
}

export type OverviewDialog = ReturnType<typeof createOverviewDialog>;

/** Shorter words would be found in nearly every state. */
const MIN_STATE_CHARS = 4;

function statesCalled(query: string, wording: Wording): readonly BatchState[] {
  const wanted = query.trim().toLowerCase();
  if (wanted.length < MIN_STATE_CHARS) return [];
  return SHOWN_STATES.filter((state) => wording.say(`batch.state.${state}`).toLowerCase().includes(wanted));
}

const SHOWN_STATES = ['sending', 'waiting', 'done', 'done-with-errors', 'failed', 'needs-human'] as const;

function pagesOf(total: number): number {
  return Math.max(1, Math.ceil(total / ROWS));
}
