import { parseBatch, parseBatchPage } from '../../cards/batch/card.ts';
import { parseBatchesPage } from '../../cards/batches/card.ts';
import { parseCustomersPage } from '../../cards/customers/card.ts';
import { parseRequestsPage } from '../../cards/requests/card.ts';
import type { OverviewDialog } from '../../dialogs/overview-dialog.ts';
import type { BatchId } from '../../services/identity.ts';
import { type ActionsFor, action, newCard, shown } from './action.ts';

/** What buttons that only show something do. */
export function overviewActions(overview: OverviewDialog) {
  return {
    'requests.list': async (turn) => newCard(await overview.requests(turn)),
    'requests.page': action(parseRequestsPage, async (turn, { page }) => shown(await overview.requests(turn, page))),
    'customers.list': async (turn) => newCard(await overview.customers(turn, '')),
    'customers.page': action(parseCustomersPage, async (turn, { page, query = '' }) =>
      shown(await overview.customers(turn, query, page)),
    ),
    'batches.list': async (turn) => newCard(await overview.batches(turn)),
    'batches.page': action(parseBatchesPage, async (turn, { page, query }) =>
      shown(await overview.batches(turn, query, page)),
    ),
    'batch.open': action(parseBatch, async (turn, { batchId }) =>
      newCard(await overview.batch(turn, batchId as BatchId)),
    ),
    'batch.page': action(parseBatchPage, async (turn, { batchId, page, only }) =>
      shown(await overview.batch(turn, batchId as BatchId, page, only)),
    ),
    'batch.refresh': action(parseBatch, async (turn, { batchId }) =>
      shown(await overview.batch(turn, batchId as BatchId)),
    ),
    'status.show': async (turn) => newCard(await overview.status(turn)),
    'help.show': async (turn) => newCard(await overview.help(turn)),
  } satisfies ActionsFor;
}
