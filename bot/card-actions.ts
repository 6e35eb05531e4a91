import { VERBS, type Verb } from '../cards/verbs.ts';
import type { Dialogs } from '../dialogs/conversation.ts';
import { requirePersonal } from '../dialogs/turn.ts';
import type { CardAction } from './actions/action.ts';
import { type ApprovalParts, approvalActions, createApproval } from './actions/approval-actions.ts';
import { doctorActions } from './actions/doctor-actions.ts';
import { exportActions } from './actions/export-actions.ts';
import { findActions } from './actions/find-actions.ts';
import { overviewActions } from './actions/overview-actions.ts';
import { profileActions } from './actions/profile-actions.ts';
import { registerActions } from './actions/register-actions.ts';
import { removalActions } from './actions/removal-actions.ts';
import { requestActions } from './actions/request-actions.ts';
import { settingsActions } from './actions/settings-actions.ts';
import { signInActions } from './actions/sign-in-actions.ts';
import { surfaceActions } from './actions/surface-actions.ts';

export type CardActionParts = Dialogs & ApprovalParts;

/** Everything a button can ask for. Payloads carry ids only; who may do what is decided behind each call. */
export function createCardActions(parts: CardActionParts): Readonly<Record<Verb, CardAction>> {
  const approval = createApproval(parts);
  return inPlace({
    ...requestActions(parts.request, approval),
    ...approvalActions(approval),
    ...registerActions(parts.register),
    ...profileActions(parts.profiles, parts.applyProfile),
    ...exportActions(parts.exporting),
    ...overviewActions(parts.overview),
    ...doctorActions(parts.doctor),
    ...findActions(parts.find),
    ...settingsActions(parts.settings, parts.notify),
    ...signInActions(parts.signIn),
    ...removalActions(parts.removal),
    ...surfaceActions(parts.surface),
  });
}

/**
 * What reps may do before others: looking at what there is, and putting a list together with colleagues who wait for the
 * outcome. Requests and the answers to them are for somebody's own chat, and so is every verb not named here.
 */
const ANYWHERE: ReadonlySet<Verb> = new Set([
  'register.start',
  'register.customer',
  'register.confirm',
  'register.more',
  'register.fix',
  'register.accept-doubtful',
  'register.drop-doubtful',
  'register.page',
  'register.cancel',
  'request.open',
  'requests.list',
  'requests.page',
  'customers.list',
  'customers.page',
  'batches.list',
  'batches.page',
  'batch.open',
  'batch.page',
  'batch.refresh',
  'batch.export',
  'devices.find',
  'surface.show',
  'status.show',
  'help.show',
]);

function inPlace(actions: Readonly<Record<Verb, CardAction>>): Readonly<Record<Verb, CardAction>> {
  const guarded = { ...actions };
  for (const verb of VERBS) {
    if (ANYWHERE.has(verb)) continue;
    guarded[verb] = async (turn, data) => {
      requirePersonal(turn);
      return actions[verb](turn, data);
    };
  }
  return guarded;
}
