import { parseSurface } from '../../cards/surface/card.ts';
import type { SurfaceDialog } from '../../dialogs/surface-dialog.ts';
import type { BatchId } from '../../services/identity.ts';
import { type ActionsFor, action, newCard } from './action.ts';

/** What the button about Surface devices does. */
export function surfaceActions(surface: SurfaceDialog) {
  return {
    'surface.show': action(parseSurface, async (turn, { batchId, customerId = '' }) =>
      newCard(await (batchId ? surface.ofList(turn, batchId as BatchId) : surface.start(turn, customerId))),
    ),
  } satisfies ActionsFor;
}
