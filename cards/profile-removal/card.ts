import { z } from 'zod';
import type { Profile } from '../../services/profiles/ports.ts';
import { button } from '../buttons.ts';
import { type CustomerView, MAX_NAME_CHARS } from '../customer.ts';
import { id, reader } from '../paging.ts';
import { type AdaptiveCard, prepare } from '../render.ts';
import { plain } from '../text.ts';
import type { Wording } from '../wording/wording.ts';
import template from './template.json' with { type: 'json' };

export type ProfileRemovalView = Readonly<{
  /** Of the deletion this card asks about: pressing twice is one deletion. */
  changeId: string;
  customer: CustomerView;
  profile: Profile;
}>;

/** Asks whether a profile is really to go, and says what that means for the devices that have it. */
export function profileRemovalCard(
  { changeId, customer, profile }: ProfileRemovalView,
  wording: Wording,
): AdaptiveCard {
  const { id: profileId, name, deviceCount } = profile;
  const names = { name: plain(name, MAX_NAME_CHARS), customer: plain(customer.name, MAX_NAME_CHARS) };
  const title = wording.say('profileRemoval.title', names);
  const customerId = customer.tenantId;
  return draw(
    {
      title,
      devices: wording.say(deviceCount === undefined ? 'profileRemoval.devices.unknown' : 'profiles.devices', {
        count: deviceCount ?? 0,
      }),
      text: wording.say(deviceCount === 0 ? 'profileRemoval.text.unused' : 'profileRemoval.text'),
      buttons: [
        button(wording.say('profileRemoval.confirm'), 'profile.delete', { changeId, customerId, profileId }),
        button(wording.say('profileRemoval.keep'), 'profiles.page', { customerId, page: 1 }),
      ],
    },
    wording,
    title,
  );
}

/** Reads which profile is to be deleted, by which deletion. */
export const parseProfileRemoval = reader({ changeId: z.uuid(), customerId: id, profileId: id });

const draw = prepare(template);
