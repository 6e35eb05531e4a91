import { deviceWords } from '../cards/wording/sentences.ts';
import type { MessageKey, Wording } from '../cards/wording/wording.ts';
import { autopilotErrorName, type Batch, type BatchDevice } from '../services/devices/batch.ts';
import type { LatestOutcome } from '../services/profiles/application-store.ts';
import { sourceName } from './device-names.ts';

/** Columns of the results of a batch, in their order: the words are the reader's, the values are as they were sent. */
const COLUMNS = [
  'pkid',
  'serial',
  'manufacturer',
  'model',
  'outcome',
  'code',
  'cause',
  'next',
  'profile',
  'source',
  'row',
] as const;

/** The results of a batch as a table of texts, a heading first. */
export function resultsTable(
  devices: readonly BatchDevice[],
  profiles: ReadonlyMap<number, LatestOutcome>,
  wording: Wording,
): readonly (readonly string[])[] {
  const heading = COLUMNS.map((column) => wording.say(`export.column.${column}`));
  return [heading, ...devices.map((device) => rowOf(device, profiles.get(device.position), wording))];
}

function rowOf(device: BatchDevice, profile: LatestOutcome | undefined, wording: Wording): readonly string[] {
  const { pkid = '', serial = '', manufacturer = '', model = '', state, errorCode, errorName } = device;
  const name = autopilotErrorName(errorCode, errorName);
  const words = state === 'failed' ? deviceWords({ name, code: errorCode }, wording) : undefined;
  const code = [errorCode, errorName].filter(Boolean).join(' ');
  return [
    pkid,
    serial,
    manufacturer,
    model,
    wording.say(`batch.outcome.${state === 'listed' ? 'pending' : state}`),
    code,
    words?.cause ?? '',
    words?.nextStep ?? '',
    profile ? wording.say(profileKey(profile), { name: profile.profileName, cause: '', next: '' }).trim() : '',
    sourceName(device.source, wording),
    String(device.row),
  ];
}

function profileKey({ state }: LatestOutcome): MessageKey {
  return `batch.profile.${state}`;
}

/** A file name that every system takes; the customer's name stays out of it. */
export function resultsFileName({ name }: Batch, format: 'xlsx' | 'csv', only?: 'failed'): string {
  const stem = name.replace(/[^A-Za-z0-9 ._-]/g, '_').slice(0, 60) || 'batch';
  return `${stem}${only ? '-refused' : ''}.${format}`;
}
