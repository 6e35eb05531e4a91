import { parseRequestReference } from '../../cards/relationship-request/card.ts';
import { parseStartRequest } from '../../cards/request-form/card.ts';
import { parseDraft } from '../../cards/request-preview/card.ts';
import type { RequestDialog } from '../../dialogs/request-dialog.ts';
import { type ActionsFor, action, below } from './action.ts';
import type { Approval } from './approval-actions.ts';

/** What a rep's buttons about relationship requests do. */
export function requestActions(request: RequestDialog, approval: Approval) {
  return {
    'request.start': action(parseStartRequest, async (turn, { customerId = '' }) =>
      below(await request.start(turn, customerId)),
    ),
    'request.preview': (turn, data) => request.preview(turn, data),
    'request.edit': action(parseDraft, (turn, { draftId }) => request.edit(turn, draftId)),
    'request.send': action(parseDraft, (turn, { draftId }) => request.send(turn, draftId)),
    'request.cancel': (turn) => request.cancel(turn),
    'request.withdraw': action(parseRequestReference, (turn, { reference }) =>
      approval.orCurrent(turn, reference, () => request.withdraw(turn, reference)),
    ),
    'request.remind': action(parseRequestReference, (turn, { reference }) =>
      approval.orCurrent(turn, reference, () => request.remind(turn, reference)),
    ),
    'request.again': action(parseRequestReference, async (turn, { reference }) =>
      below(await request.again(turn, reference)),
    ),
    'request.mail': action(parseRequestReference, (turn, { reference }) =>
      approval.orCurrent(turn, reference, () => request.mail(turn, reference)),
    ),
  } satisfies ActionsFor;
}
