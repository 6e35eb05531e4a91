import type { Wording } from '../cards/wording/wording.ts';
import type { Device } from '../services/devices/device.ts';

/** How a device is named to a rep: the way it stands on its box, if possible. */
export function identifierOf({ pkid, serial, manufacturer, model, hash }: Device): string {
  if (pkid) return pkid;
  if (serial) return [serial, manufacturer, model].filter(Boolean).join(' · ');
  return hash ? `${hash.slice(0, 12)}…` : '';
}

/** Where a device was read from: sources of our own have words; a file has its name. */
export function sourceName(source: string, wording: Wording): string {
  const [name, number] = source.split('#');
  if (name === 'pasted' && number) return wording.say('source.pastedAgain', { number });
  const key = `source.${source}`;
  return wording.knows(key) ? wording.say(key) : source;
}
