import { parseFind } from '../../cards/find/card.ts';
import type { FindDialog } from '../../dialogs/find-dialog.ts';
import { type ActionsFor, action, shown } from './action.ts';

/** What buttons that look for devices do. */
export function findActions(find: FindDialog) {
  return {
    'devices.find': action(parseFind, async (turn, { query, customerId }) =>
      shown(await find.find(turn, query, customerId)),
    ),
  } satisfies ActionsFor;
}
