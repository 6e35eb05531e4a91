import type { FindRow, Whereabouts } from '../cards/find/card.ts';
import { openBatchButton, removeButton } from '../cards/find/card.ts';
import { bare } from '../cards/text.ts';
import { deviceWords } from '../cards/wording/sentences.ts';
import type { Wording } from '../cards/wording/wording.ts';
import { autopilotErrorName, type BatchDevice, isEnded } from '../services/devices/batch.ts';
import type { ListedAtCustomer } from '../services/devices/customer-search.ts';
import type { FoundDevice } from '../services/devices/device-search.ts';
import type { AtCustomer } from '../services/devices/find-service.ts';

const MAX_NAME_CHARS = 80;

/** Where one device is, from what we sent. */
export function knownRow({ batch, device, removedAt }: FoundDevice, wording: Wording): FindRow {
  const { say } = wording;
  const names = { customer: bare(batch.customer.name, MAX_NAME_CHARS), batch: bare(batch.name, MAX_NAME_CHARS) };
  const name = bare(batch.requestedBy.name, MAX_NAME_CHARS);
  const isThere = !removedAt && (device.state === 'registered' || device.state === 'already');
  return {
    identifier: numbersOf(device),
    whereabouts: removedAt ? 'removed' : whereaboutsOf(batch.state, device),
    lines: [
      say('find.place', names),
      say('find.when', { date: wording.dateTime(batch.confirmedAt ?? batch.createdAt), name }),
      ...(removedAt ? [say('find.removed.when', { date: wording.dateTime(removedAt) })] : []),
      ...(device.state === 'failed' ? refusal(device, wording) : []),
    ],
    buttons: [
      openBatchButton(batch.id, wording),
      ...(isThere ? [removeButton(batch.id, device.position, wording)] : []),
    ],
  };
}

/** Where one device is, as Partner Center lists it. */
export function listedRow(
  { batchName, device }: ListedAtCustomer,
  customer: string,
  at: AtCustomer,
  wording: Wording,
): FindRow {
  const { say } = wording;
  const profile = device.profileId && (at.profileNames.get(device.profileId.toLowerCase()) ?? device.profileId);
  return {
    identifier: numbersOf(device),
    whereabouts: 'atPartnerCenter',
    lines: [
      say('find.place', { customer: bare(customer, MAX_NAME_CHARS), batch: bare(batchName, MAX_NAME_CHARS) }),
      ...(device.uploadedAt ? [say('find.uploaded', { date: wording.dateTime(device.uploadedAt) })] : []),
      profile ? say('find.profile', { name: bare(profile, MAX_NAME_CHARS) }) : say('find.profile.none'),
    ],
    buttons: [],
  };
}

/** A device that is not where it was looked for, and what to try. */
export function absentRow(key: string, where: 'known' | 'customer', wording: Wording): FindRow {
  return { identifier: key, whereabouts: 'absent', lines: [wording.say(`find.absent.${where}`)], buttons: [] };
}

/** Both numbers where there are two: people hold a device and a box in their hands. */
function numbersOf({ pkid, serial, manufacturer, model }: Partial<BatchDevice>): string {
  return [pkid, serial, manufacturer, model].filter(Boolean).join(' · ');
}

function whereaboutsOf(batch: FoundDevice['batch']['state'], { state }: BatchDevice): Whereabouts {
  if (state === 'registered') return 'registered';
  if (state === 'already') return 'before';
  if (state === 'failed') return 'refused';
  return isEnded(batch) || state === 'unknown' ? 'unknown' : 'open';
}

function refusal({ errorCode, errorName }: BatchDevice, wording: Wording): string[] {
  const name = autopilotErrorName(errorCode, errorName);
  const { cause, nextStep } = deviceWords({ name, code: errorCode }, wording);
  return [cause, nextStep].filter(Boolean);
}
