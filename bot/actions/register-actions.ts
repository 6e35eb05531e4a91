import { parseCancelRegistering } from '../../cards/ask-for-list/card.ts';
import { parseBatch } from '../../cards/batch/card.ts';
import { parseStartRegistering } from '../../cards/customers/card.ts';
import { parseListPage, parseMore } from '../../cards/list-preview/answers.ts';
import type { RegisterDialog } from '../../dialogs/register-dialog.ts';
import type { BatchId } from '../../services/identity.ts';
import { type ActionsFor, action, below } from './action.ts';

/** What the buttons on the way from a list to a device batch do. */
export function registerActions(register: RegisterDialog) {
  return {
    'register.start': action(parseStartRegistering, async (turn, { customerId }) =>
      below(await (customerId ? register.startFor(turn, customerId) : register.start(turn, ''))),
    ),
    'register.customer': (turn, data) => register.choose(turn, data),
    'register.confirm': (turn, data) => register.confirm(turn, data),
    'register.more': action(parseMore, (turn, { batchId }) => register.more(turn, batchId as BatchId)),
    'register.fix': (turn, data) => register.fix(turn, data),
    'register.accept-doubtful': (turn, data) => register.settle(turn, 'take', data),
    'register.drop-doubtful': (turn, data) => register.settle(turn, 'drop', data),
    'register.page': action(parseListPage, (turn, { batchId, page }) => register.page(turn, batchId as BatchId, page)),
    'batch.add': action(parseBatch, (turn, { batchId }) => register.addTo(turn, batchId as BatchId)),
    'batch.resend': action(parseBatch, (turn, { batchId }) => register.resend(turn, batchId as BatchId)),
    'register.cancel': action(parseCancelRegistering, (turn, { batchId }) =>
      register.cancel(turn, batchId as BatchId | undefined),
    ),
  } satisfies ActionsFor;
}
