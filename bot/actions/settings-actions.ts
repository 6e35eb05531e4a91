import type { NotifyDialog } from '../../dialogs/notify-dialog.ts';
import type { SettingsDialog } from '../../dialogs/settings-dialog.ts';
import { type ActionsFor, newCard } from './action.ts';

/** What buttons about notices and somebody's own settings do. */
export function settingsActions(settings: SettingsDialog, notify: NotifyDialog) {
  return {
    'settings.show': async (turn) => newCard(await settings.show(turn)),
    'settings.save': (turn, data) => settings.save(turn, data),
    'settings.stop-device-notices': (turn) => settings.stopDeviceNotices(turn),
    'channels.stop': (turn) => notify.stopAll(turn),
  } satisfies ActionsFor;
}
