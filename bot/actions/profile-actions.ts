import { parseApplyProfile } from '../../cards/apply-profile/card.ts';
import { parseBatch } from '../../cards/batch/card.ts';
import { parseProfileForm } from '../../cards/profile-form/card.ts';
import { parseProfileRemoval } from '../../cards/profile-removal/card.ts';
import { parseDefault, parseProfile, parseProfilesOf, parseProfilesPage } from '../../cards/profiles/card.ts';
import type { ApplyProfileDialog } from '../../dialogs/apply-profile-dialog.ts';
import type { ProfilesDialog } from '../../dialogs/profiles-dialog.ts';
import type { BatchId } from '../../services/identity.ts';
import { type ActionsFor, action, newCard, shown } from './action.ts';

/** What buttons about Autopilot profiles do. */
export function profileActions(profiles: ProfilesDialog, applyProfile: ApplyProfileDialog) {
  return {
    'profiles.list': action(parseProfilesOf, async (turn, { customerId }) =>
      newCard(await profiles.list(turn, customerId)),
    ),
    'profiles.page': action(parseProfilesPage, async (turn, { customerId, page }) =>
      shown(await profiles.list(turn, customerId, page)),
    ),
    'profile.new': action(parseProfilesOf, (turn, { customerId }) => profiles.ask(turn, customerId)),
    'profile.edit': action(parseProfile, (turn, { customerId, profileId }) =>
      profiles.ask(turn, customerId, profileId),
    ),
    'profile.save': action(parseProfileForm, (turn, wanted) => profiles.save(turn, wanted)),
    'profile.default': action(parseDefault, (turn, { customerId, profileId }) =>
      profiles.makeDefault(turn, customerId, profileId),
    ),
    'profile.ask-delete': action(parseProfile, (turn, { customerId, profileId }) =>
      profiles.askRemoval(turn, customerId, profileId),
    ),
    'profile.delete': action(parseProfileRemoval, (turn, wanted) => profiles.remove(turn, wanted)),
    'batch.ask-profile': action(parseBatch, (turn, { batchId }) => applyProfile.ask(turn, batchId as BatchId)),
    'batch.apply-profile': action(parseApplyProfile, (turn, { batchId, ...wanted }) =>
      applyProfile.apply(turn, { ...wanted, batchId: batchId as BatchId }),
    ),
  } satisfies ActionsFor;
}
