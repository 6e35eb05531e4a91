import { z } from 'zod';
import { button, inputButton, offered } from '../buttons.ts';
import { type CustomerView, MAX_NAME_CHARS } from '../customer.ts';
import { id, reader } from '../paging.ts';
import { type AdaptiveCard, prepare } from '../render.ts';
import { bare, bareLines, plain } from '../text.ts';
import type { Wording } from '../wording/wording.ts';
import template from './template.json' with { type: 'json' };

/** Most profiles offered; the list of a customer has all of them. */
const MAX_CHOICES = 50;
/** Longest list of devices, in UTF-16 units. */
const MAX_DEVICES_CHARS = 4_000;

export type ApplyProfileView = Readonly<{
  /** Of the application this card stands for: pressing twice is one application. */
  applicationId: string;
  batchId: string;
  batchName: string;
  customer: CustomerView;
  profiles: readonly Readonly<{ id: string; name: string }>[];
  /** The one that is chosen at first. */
  profileId?: string;
  /** What was typed, where it has to be corrected, and why. */
  devices?: string;
  problem?: string;
}>;

/** Asks which profile goes to which registered devices of a batch. */
export function applyProfileCard(view: ApplyProfileView, wording: Wording): AdaptiveCard {
  const { applicationId, batchId, customer, problem } = view;
  const title = wording.say('applyProfile.title', {
    batch: plain(view.batchName, MAX_NAME_CHARS),
    customer: plain(customer.name, MAX_NAME_CHARS),
  });
  const any = view.profiles.length > 0;
  return draw(
    {
      title,
      problems: problem ? [{ problem: plain(problem, 300) }] : [],
      lines: [wording.say(any ? 'applyProfile.text' : 'profiles.none')],
      asks: any ? [profileAsk(view, wording)] : [],
      devices: any
        ? [
            {
              label: wording.say('applyProfile.devices'),
              placeholder: wording.say('applyProfile.devices.all'),
              value: bareLines(view.devices ?? '', MAX_DEVICES_CHARS),
            },
          ]
        : [],
      effect: wording.say('profiles.effect'),
      buttons: offered(
        any && inputButton(wording.say('applyProfile.apply'), 'batch.apply-profile', { applicationId, batchId }),
        button(wording.say('command.profiles'), 'profiles.list', { customerId: customer.tenantId }),
        button(wording.say('common.cancel'), 'batch.refresh', { batchId }),
      ),
    },
    wording,
    title,
  );
}

/** Reads which profile goes to which devices; without any, to all of them. */
export const parseApplyProfile = reader({
  applicationId: z.uuid(),
  batchId: id,
  profile: id,
  devices: z.string().max(MAX_DEVICES_CHARS).default(''),
});

const draw = prepare(template);

function profileAsk({ profiles, profileId }: ApplyProfileView, wording: Wording) {
  const offered = profiles.slice(0, MAX_CHOICES);
  const chosen = offered.find((profile) => profile.id === profileId) ?? offered[0];
  return {
    label: wording.say('applyProfile.profile'),
    missing: wording.say('applyProfile.profile.missing'),
    value: chosen?.id ?? '',
    choices: offered.map((profile) => ({ title: bare(profile.name, MAX_NAME_CHARS), value: profile.id })),
  };
}
