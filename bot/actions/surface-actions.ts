import { parseSurface, parseSurfaceFile } from '../../cards/surface/card.ts';
import type { SurfaceDialog } from '../../dialogs/surface-dialog.ts';
import type { BatchId } from '../../services/identity.ts';
import { type ActionsFor, action, newCard } from './action.ts';

/** What the buttons about Surface devices do. */
export function surfaceActions(surface: SurfaceDialog) {
  return {
    'surface.show': action(parseSurface, async (turn, { batchId, customerId = '' }) =>
      newCard(await (batchId ? surface.ofList(turn, batchId as BatchId) : surface.start(turn, customerId))),
    ),
    'surface.file': action(parseSurfaceFile, (turn, { batchId }) => surface.offer(turn, batchId as BatchId)),
  } satisfies ActionsFor;
}
