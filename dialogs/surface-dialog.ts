import type { AdaptiveCard } from '../cards/render.ts';
import { MAX_SERIALS, surfaceCard } from '../cards/surface/card.ts';
import type { Access } from '../services/access/access.ts';
import type { CustomerService } from '../services/customers/customer-service.ts';
import type { BatchService } from '../services/devices/batch-service.ts';
import { type BatchId, parseTenantId, type TenantId } from '../services/identity.ts';
import type { Turn } from './turn.ts';

export type SurfaceDialogParts = Readonly<{ batches: BatchService; customers: CustomerService; access: Access }>;

/**
 * Microsoft's own page about Surface and Windows Autopilot; it leads to the form and shows itself in the reader's language.
 *
 * @see Surface Registration Support for Windows Autopilot
 */
const PAGE = 'https://learn.microsoft.com/surface/surface-autopilot-registration-support';

/** The way to Microsoft Support for Surface devices, with whatever is known already filled in. Changes nothing. */
export function createSurfaceDialog({ batches, customers, access }: SurfaceDialogParts) {
  async function draw(turn: Turn, customerId?: TenantId, serials: readonly string[] = []): Promise<AdaptiveCard> {
    const customer = customerId && (await customers.find(customerId));
    return surfaceCard({ customer, serials, url: PAGE }, turn.wording);
  }

  return {
    /** `surface`, alone or with a customer's name, domain or tenant id behind it. */
    async start(turn: Turn, typed: string): Promise<AdaptiveCard> {
      await access.requireRep(turn.speaker);
      const id = parseTenantId(typed);
      if (id || typed.trim() === '') return draw(turn, id);
      const { customers: found } = await customers.list({ query: typed.trim(), limit: 2 });
      return draw(turn, found.length === 1 ? found[0]?.tenantId : undefined);
    },

    /** The Surface devices of a list that is being put together. */
    async ofList(turn: Turn, batchId: BatchId): Promise<AdaptiveCard> {
      await access.requireRep(turn.speaker);
      const { customer } = await batches.ownDraft(batchId, turn.speaker);
      const serials = await batches.surfaceSerials(batchId, MAX_SERIALS + 1);
      return draw(turn, customer.tenantId, serials);
    },
  };
}

export type SurfaceDialog = ReturnType<typeof createSurfaceDialog>;
