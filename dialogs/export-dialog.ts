import { EXPORT_ROWS, exportCard } from '../cards/export/card.ts';
import { plain } from '../cards/text.ts';
import type { Access } from '../services/access/access.ts';
import type { BatchService } from '../services/devices/batch-service.ts';
import { MAX_DEVICES_PER_BATCH } from '../services/devices/device.ts';
import { type TableFormat, writeTable } from '../services/files/table-file.ts';
import type { BatchId } from '../services/identity.ts';
import type { ApplicationService } from '../services/profiles/application-service.ts';
import { resultsFileName, resultsTable } from './results-file.ts';
import { say } from './say.ts';
import { type PressReply, type Reply, requirePersonal, type Turn } from './turn.ts';
import type { Views } from './views.ts';

export type ExportDialogParts = Readonly<{
  batches: BatchService;
  applications: ApplicationService;
  access: Access;
  views: Views;
}>;

/** Which file of which batch. */
type Wanted = Readonly<{ batchId: BatchId; format: TableFormat; only?: 'failed' }>;

/** Results of a batch as a file, through Teams' consent; the first of them as a card where files cannot be sent. */
export function createExportDialog({ batches, applications, access, views }: ExportDialogParts) {
  async function make(turn: Turn, { batchId, format, only }: Wanted): Promise<{ name: string; bytes: Uint8Array }> {
    const batch = await batches.findConfirmed(batchId);
    const page = {
      limit: MAX_DEVICES_PER_BATCH,
      offset: 0,
      order: only ? 'failures-first' : 'position',
      only,
    } as const;
    const devices = await batches.devices(batchId, page);
    const positions = devices.map(({ position }) => position);
    const profiles = new Map((await applications.latest(batchId, positions)).map((each) => [each.position, each]));
    const bytes = await writeTable(resultsTable(devices, profiles, turn.wording), format);
    return { name: resultsFileName(batch, format, only), bytes };
  }

  return {
    async show(turn: Turn, batchId: BatchId): Promise<PressReply> {
      await access.requireRep(turn.speaker);
      const batch = await batches.findConfirmed(batchId);
      const counts = await batches.counts(batchId);
      const view = await views.batchView(batch, 1, turn.wording);
      const card = exportCard(
        {
          batchId,
          batchName: batch.name,
          customer: batch.customer,
          total: counts.total,
          failed: counts.failed + counts.unknown,
          first: view.results.slice(0, EXPORT_ROWS),
          canSendFiles: turn.place.kind === 'personal',
        },
        turn.wording,
      );
      return { replies: [{ card }] };
    },

    /** Asks, as Teams wants it, whether the person would like to have the file in their OneDrive. */
    async offer(turn: Turn, wanted: Wanted): Promise<PressReply> {
      requirePersonal(turn);
      await access.requireRep(turn.speaker);
      const { name, bytes } = await make(turn, wanted);
      const batch = await batches.findConfirmed(wanted.batchId);
      const names = { batch: plain(batch.name, 80), customer: plain(batch.customer.name, 80) };
      const description = turn.wording.say('export.consent', names);
      return { replies: [{ offer: { name, description, sizeInBytes: bytes.length, context: { ...wanted } } }] };
    },

    /** The file, for who may have it: decided now, whatever was offered. Who took which devices along is recorded. */
    async file(turn: Turn, wanted: Wanted): Promise<{ name: string; bytes: Uint8Array }> {
      requirePersonal(turn);
      await access.requireRep(turn.speaker, true);
      await batches.noteExport(wanted.batchId, turn.speaker, wanted.only ?? 'all');
      return make(turn, wanted);
    },

    declined: (turn: Turn): readonly Reply[] => [say(turn, 'export.declined')],
  };
}

export type ExportDialog = ReturnType<typeof createExportDialog>;
