import type { AdaptiveCard } from '../cards/render.ts';
import { MAX_SERIALS, surfaceCard } from '../cards/surface/card.ts';
import { plain } from '../cards/text.ts';
import type { Access } from '../services/access/access.ts';
import type { CustomerService } from '../services/customers/customer-service.ts';
import type { BatchService } from '../services/devices/batch-service.ts';
import { MAX_DEVICES_PER_BATCH } from '../services/devices/device.ts';
import { ServiceError } from '../services/errors.ts';
import { writeLines } from '../services/files/table-file.ts';
import { type BatchId, parseTenantId, type TenantId } from '../services/identity.ts';
import { type PressReply, requirePersonal, type Turn } from './turn.ts';

export type SurfaceDialogParts = Readonly<{ batches: BatchService; customers: CustomerService; access: Access }>;

/**
 * Microsoft's own page about Surface and Windows Autopilot; it leads to the form and shows itself in the reader's language.
 *
 * @see Surface Registration Support for Windows Autopilot
 */
const PAGE = 'https://learn.microsoft.com/surface/surface-autopilot-registration-support';

const FILE_NAME = 'surface-serial-numbers.csv';

/** The way to Microsoft Support for Surface devices, with whatever is known already filled in. Changes nothing. */
export function createSurfaceDialog({ batches, customers, access }: SurfaceDialogParts) {
  async function draw(
    turn: Turn,
    customerId?: TenantId,
    { serials = [], fileOf }: { serials?: readonly string[]; fileOf?: BatchId } = {},
  ): Promise<AdaptiveCard> {
    const customer = customerId && (await customers.find(customerId));
    return surfaceCard({ customer, serials, fileOf, url: PAGE }, turn.wording);
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
      const fileOf = turn.place.kind === 'personal' ? batchId : undefined; // Teams takes files from bots there only
      return draw(turn, customer.tenantId, { serials, fileOf });
    },

    /** Asks, as Teams wants it, whether the person would like to have the serial numbers as a file in their OneDrive. */
    async offer(turn: Turn, batchId: BatchId): Promise<PressReply> {
      const { name, bytes } = await this.file(turn, batchId);
      const { customer } = await batches.ownDraft(batchId, turn.speaker);
      const description = turn.wording.say('surface.consent', { customer: plain(customer.name, 80) });
      return {
        replies: [{ offer: { name, description, sizeInBytes: bytes.length, context: { surfaceOf: batchId } } }],
      };
    },

    /** All serial numbers of the list's Surface devices, one a line, as Microsoft's form wants them. */
    async file(turn: Turn, batchId: BatchId): Promise<{ name: string; bytes: Uint8Array }> {
      requirePersonal(turn);
      await access.requireRep(turn.speaker);
      await batches.ownDraft(batchId, turn.speaker);
      const serials = await batches.surfaceSerials(batchId, MAX_DEVICES_PER_BATCH);
      if (serials.length === 0) throw new ServiceError('batch-empty', `no Surface device in ${batchId}`);
      return { name: FILE_NAME, bytes: writeLines(serials) };
    },
  };
}

export type SurfaceDialog = ReturnType<typeof createSurfaceDialog>;
