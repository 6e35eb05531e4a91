import { z } from 'zod';
import type { ProfileDraft, ProfileSetting } from '../../services/profiles/ports.ts';
import { button, inputButton } from '../buttons.ts';
import { type CustomerView, MAX_NAME_CHARS } from '../customer.ts';
import { id, reader } from '../paging.ts';
import { type AdaptiveCard, prepare } from '../render.ts';
import { bare, plain } from '../text.ts';
import type { Wording } from '../wording/wording.ts';
import template from './template.json' with { type: 'json' };

/** Longest name and description the inputs take, in UTF-16 units; the domain may allow less. */
const MAX_PROFILE_NAME_CHARS = 64;
const MAX_DESCRIPTION_CHARS = 256;

/** In the order in which they are offered. */
const SETTINGS = [
  'skip_express_settings',
  'skip_oem_registration',
  'oobe_user_not_local_admin',
  'remove_oem_preinstalls',
  'skip_eula',
] as const satisfies readonly ProfileSetting[];

export type ProfileFormView = Readonly<{
  /** Of the change this form stands for: sending the same form twice is one change. */
  changeId: string;
  customer: CustomerView;
  /** Absent for a new profile. */
  profileId?: string;
  values: ProfileDraft;
  /** A sentence under the name, where it has to be corrected. */
  problem?: string;
}>;

/** Asks for the name and settings of a new profile, or of one that is to be changed. */
export function profileFormCard(view: ProfileFormView, wording: Wording): AdaptiveCard {
  const { changeId, customer, profileId, values, problem } = view;
  const customerName = plain(customer.name, MAX_NAME_CHARS);
  const title = wording.say(profileId ? 'profileForm.title.change' : 'profileForm.title.new', {
    customer: customerName,
  });
  const data = { changeId, customerId: customer.tenantId, ...(profileId && { profileId }) };
  return draw(
    {
      title,
      nameLabel: wording.say('profileForm.name'),
      nameMissing: wording.say('profileForm.name.missing'),
      name: bare(values.name, MAX_PROFILE_NAME_CHARS),
      nameMax: MAX_PROFILE_NAME_CHARS,
      problems: problem ? [{ problem: plain(problem, 300) }] : [],
      descriptionLabel: wording.say('profileForm.description'),
      description: bare(values.description ?? '', MAX_DESCRIPTION_CHARS),
      descriptionMax: MAX_DESCRIPTION_CHARS,
      settingsLabel: wording.say('profileForm.settings'),
      settings: values.settings.join(','),
      choices: SETTINGS.map((value) => ({ title: wording.say(`profiles.setting.${value}`), value })),
      eula: wording.say('profileForm.eula'),
      effect: wording.say('profiles.effect'),
      buttons: [
        inputButton(wording.say('profileForm.save'), 'profile.save', data),
        button(wording.say('common.cancel'), 'profiles.page', { customerId: customer.tenantId, page: 1 }),
      ],
    },
    wording,
    title,
  );
}

/** Reads the form. Several choices of one input arrive as one text, separated by commas. */
export const parseProfileForm = reader({
  changeId: z.uuid(),
  customerId: id,
  profileId: id.optional(),
  name: z.string().max(MAX_PROFILE_NAME_CHARS * 4),
  description: z
    .string()
    .max(MAX_DESCRIPTION_CHARS * 4)
    .default(''),
  settings: z
    .string()
    .max(300)
    .default('')
    .transform((chosen) => SETTINGS.filter((setting) => chosen.split(',').includes(setting))),
});

const draw = prepare(template);
