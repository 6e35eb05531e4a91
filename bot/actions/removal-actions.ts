import { parseChosenCustomer } from '../../cards/customer-picker/card.ts';
import {
  parseCancelRemoval,
  parseRefusal,
  parseRemoval,
  parseRemovalOfBatch,
  parseRemovalOfDevice,
  parseRemovalPage,
  parseStartRemoval,
  parseTyped,
} from '../../cards/removal/card.ts';
import type { RemovalDialog } from '../../dialogs/removal-dialog.ts';
import type { BatchId, RemovalId } from '../../services/identity.ts';
import { type ActionsFor, action, below, newCard } from './action.ts';

/** What the buttons on the way from a device to its removal do. */
export function removalActions(removal: RemovalDialog) {
  return {
    'removal.start': action(parseStartRemoval, async (turn, { customerId }) =>
      below(await removal.startFor(turn, customerId)),
    ),
    'removal.customer': action(parseChosenCustomer, async (turn, { customerId }) =>
      below(await removal.startFor(turn, customerId)),
    ),
    'removal.batch': action(parseRemovalOfBatch, async (turn, { batchId }) =>
      below(await removal.startFrom(turn, batchId as BatchId)),
    ),
    'removal.device': action(parseRemovalOfDevice, async (turn, { batchId, position }) =>
      below(await removal.startFrom(turn, batchId as BatchId, position)),
    ),
    'removal.look': action(parseRemoval, (turn, { removalId }) => removal.look(turn, removalId as RemovalId)),
    'removal.page': action(parseRemovalPage, (turn, { removalId, page }) =>
      removal.page(turn, removalId as RemovalId, page),
    ),
    'removal.ask': action(parseTyped, (turn, { removalId, typed }) => removal.ask(turn, removalId as RemovalId, typed)),
    'removal.cancel': action(parseCancelRemoval, (turn, { removalId }) =>
      removal.cancel(turn, removalId as RemovalId | undefined),
    ),
    'removal.confirm': action(parseTyped, (turn, { removalId, typed }) =>
      removal.confirm(turn, removalId as RemovalId, typed),
    ),
    'removal.refuse': action(parseRefusal, (turn, { removalId, reason }) =>
      removal.refuse(turn, removalId as RemovalId, reason),
    ),
    'removal.open': action(parseRemoval, async (turn, { removalId }) =>
      newCard(await removal.open(turn, removalId as RemovalId)),
    ),
    'removal.refresh': action(parseRemoval, (turn, { removalId }) => removal.refresh(turn, removalId as RemovalId)),
  } satisfies ActionsFor;
}
