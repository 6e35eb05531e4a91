import { z } from 'zod';
import { inputButton } from '../buttons.ts';
import { idFact, present, status } from '../facts.ts';
import { reader } from '../paging.ts';
import { type AdaptiveCard, prepare } from '../render.ts';
import { isLanguage, LANGUAGE_NAMES, type Language, type Wording } from '../wording/wording.ts';
import template from './template.json' with { type: 'json' };

export const SAVE_SETTINGS_VERB = 'settings.save';
export const STOP_DEVICE_NOTICES_VERB = 'settings.stop-device-notices';

export type SettingsView = Readonly<{
  timeZone?: string;
  /** Absent: as in Teams. */
  language?: Language;
  /** Full hours such as `20:00`; absent: no quiet hours. */
  quiet?: Readonly<{ from: string; until: string }>;
  /** The full hour of the daily digest; absent: each batch is told by itself. */
  digestAt?: string;
  /** Only for people of customers: whether they are told of registered devices. */
  deviceNotices?: boolean;
  justSaved: boolean;
}>;

/** Shows what somebody chose for themselves, and changes it. */
export function settingsCard(view: SettingsView, wording: Wording): AdaptiveCard {
  const { say } = wording;
  const title = say('settings.title');
  return draw(
    {
      title,
      saved: view.justSaved ? [status('Good', say('settings.saved'))] : [],
      text: say('settings.text'),
      facts: present(idFact(say('settings.timeZone'), view.timeZone ?? 'UTC', wording)),
      choices: [
        language(view, wording),
        { ...hours('quietFrom', view.quiet?.from ?? OFF, wording), label: say('settings.quiet.from') },
        { ...hours('quietUntil', view.quiet?.until ?? '07:00'), label: say('settings.quiet.until') },
        { ...hours('digest', view.digestAt ?? OFF, wording), label: say('settings.digest') },
        ...(view.deviceNotices === undefined ? [] : [devices(view.deviceNotices, wording)]),
      ],
      buttons: [inputButton(say('settings.save'), SAVE_SETTINGS_VERB)],
    },
    wording,
    title,
  );
}

const OFF = 'off';
const AS_IN_TEAMS = 'teams';
const hour = z.string().regex(/^(?:[01]\d|2[0-3]):00$/);

/** Reads what was chosen; what the card did not ask is absent. */
export const parseSettings = reader({
  language: z.string().refine((code) => code === AS_IN_TEAMS || isLanguage(code)),
  quietFrom: z.union([z.literal(OFF), hour]),
  quietUntil: hour,
  digest: z.union([z.literal(OFF), hour]).optional(),
  devices: z.enum(['on', OFF]).optional(),
});

const draw = prepare(template);

function language({ language: chosen = AS_IN_TEAMS }: { language?: string }, { say }: Wording) {
  const languages = Object.entries(LANGUAGE_NAMES).map(([value, title]) => ({ title, value }));
  const options = [{ title: say('settings.language.teams'), value: AS_IN_TEAMS }, ...languages];
  return { id: 'language', label: say('settings.language'), value: chosen, options };
}

/** Hours are written the same way in all languages; with a wording they can be switched off. */
function hours(id: string, value: string, wording?: Wording) {
  const options = Array.from({ length: 24 }, (_, each) => {
    const time = `${String(each).padStart(2, '0')}:00`;
    return { title: time, value: time };
  });
  return { id, value, options: wording ? [{ title: wording.say('settings.off'), value: OFF }, ...options] : options };
}

function devices(isOn: boolean, { say }: Wording) {
  const options = [
    { title: say('settings.on'), value: 'on' },
    { title: say('settings.off'), value: OFF },
  ];
  return { id: 'devices', label: say('settings.devices'), value: isOn ? 'on' : OFF, options };
}
