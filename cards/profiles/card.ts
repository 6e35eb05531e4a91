import type { Profile, ProfileSetting } from '../../services/profiles/ports.ts';
import { type Button, button, offered } from '../buttons.ts';
import { type CustomerView, MAX_NAME_CHARS } from '../customer.ts';
import { type Status, status } from '../facts.ts';
import { id, type Pages, pageButtons, pageLine, pageNumber, pageRow, reader } from '../paging.ts';
import { type AdaptiveCard, prepare } from '../render.ts';
import { bare, inDirection, plain } from '../text.ts';
import type { Wording } from '../wording/wording.ts';
import template from './template.json' with { type: 'json' };

export const PROFILES_PAGE_VERB = 'profiles.page';

/** Profiles on one page: each has its settings and its buttons. */
export const PROFILES_PER_PAGE = 8;

export type ProfilesView = Pages &
  Readonly<{
    customer: CustomerView;
    /** This page of the customer's profiles. */
    profiles: readonly Profile[];
    /** The one that new batches take. */
    defaultId?: string;
    /** What was done just now: a sentence of the catalogue. */
    done?: string;
  }>;

/** Lists the Autopilot profiles a customer has in Partner Center, and what can be done with each. */
export function profilesCard(view: ProfilesView, wording: Wording): AdaptiveCard {
  const { customer, done } = view;
  const title = wording.say('profiles.title', { customer: plain(customer.name, MAX_NAME_CHARS) });
  const profiles = view.profiles.slice(0, PROFILES_PER_PAGE).map((each) => row(each, view, wording));
  const customerId = customer.tenantId;
  return draw(
    {
      title,
      done: done ? [status('Good', done)] : [],
      note: wording.say('profiles.note'),
      none: profiles.length === 0 ? [wording.say('profiles.none')] : [],
      profiles,
      page: pageLine(view, wording),
      ...pageRow(pageButtons(view, PROFILES_PAGE_VERB, { customerId }, wording)),
      effect: wording.say('profiles.effect'),
      buttons: [
        button(wording.say('profiles.new'), 'profile.new', { customerId }),
        button(wording.say('command.register'), 'register.start', { customerId }),
      ],
    },
    wording,
    [title, done].filter(Boolean).join('. '),
  );
}

/** Reads whose profiles are meant. */
export const parseProfilesOf = reader({ customerId: id });
/** Reads which page to show. */
export const parseProfilesPage = reader({ customerId: id, page: pageNumber });
/** Reads which profile is meant. */
export const parseProfile = reader({ customerId: id, profileId: id });
/** Reads which profile new batches are to take; without one, none. */
export const parseDefault = reader({ customerId: id, profileId: id.optional() });

/** What a profile switches on, in words, one sentence each. */
export function settingLines(settings: readonly ProfileSetting[], wording: Wording): string[] {
  if (settings.length === 0) return [wording.say('profiles.settings.none')];
  return settings.map((setting) => `• ${wording.say(`profiles.setting.${setting}`)}`);
}

const draw = prepare(template);

function row(profile: Profile, { customer, defaultId }: ProfilesView, wording: Wording) {
  const { name, description, deviceCount, settings } = profile;
  const isDefault = profile.id === defaultId;
  const state: Status[] = isDefault ? [status('Good', wording.say('profiles.default'))] : [];
  return {
    name: inDirection(bare(name, MAX_NAME_CHARS), wording.rtl),
    state,
    description: description ? [{ text: inDirection(bare(description, 256), wording.rtl) }] : [],
    settings: settingLines(settings, wording),
    devices: deviceCount === undefined ? [] : [wording.say('profiles.devices', { count: deviceCount })],
    buttons: buttonsOf(profile, customer.tenantId, isDefault, wording),
  };
}

/** Titles are short because a row is narrow; the tooltip names the profile for who cannot see the row. */
function buttonsOf(profile: Profile, customerId: string, isDefault: boolean, wording: Wording) {
  const data = { customerId, profileId: profile.id };
  const tooltip = bare(profile.name, MAX_NAME_CHARS);
  const buttons: Button[] = offered(
    button(wording.say('profiles.edit'), 'profile.edit', data),
    isDefault
      ? button(wording.say('profiles.noDefault'), 'profile.default', { customerId })
      : button(wording.say('profiles.makeDefault'), 'profile.default', data),
    button(wording.say('profiles.delete'), 'profile.ask-delete', data),
  );
  return buttons.map((made) => ({ ...made, tooltip }));
}
