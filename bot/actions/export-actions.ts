import { parseBatch } from '../../cards/batch/card.ts';
import { parseFile } from '../../cards/export/card.ts';
import type { ExportDialog } from '../../dialogs/export-dialog.ts';
import type { BatchId } from '../../services/identity.ts';
import { type ActionsFor, action } from './action.ts';

/** What buttons about files of results do. */
export function exportActions(exporting: ExportDialog) {
  return {
    'batch.export': action(parseBatch, (turn, { batchId }) => exporting.show(turn, batchId as BatchId)),
    'batch.file': action(parseFile, (turn, { batchId, ...wanted }) =>
      exporting.offer(turn, { ...wanted, batchId: batchId as BatchId }),
    ),
  } satisfies ActionsFor;
}
