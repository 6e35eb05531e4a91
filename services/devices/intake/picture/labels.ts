import type { ProblemKind } from '../../device.ts';
import { isThirteenDigits, readPkid } from '../../pkid.ts';
import { looksLikeSerial, readSerial } from '../table/identifiers.ts';
import { readProseLine } from '../text/prose-line.ts';
import type { Barcode } from './barcodes.ts';

/** A device as its label shows it. */
export type LabelledDevice = Readonly<{ pkid: string; serial?: string; confirm?: ProblemKind; x: number; y: number }>;

type Candidate = { pkid: string; serial?: string; confirm?: ProblemKind; named: boolean; x: number; y: number };

/**
 * Tells the PKIDs among the bar codes of a photo. A PKID is a one-dimensional code of exactly 13 digits that is no EAN,
 * or what a two-dimensional code names so. Where a label has two such numbers, both ask for a person's eye.
 */
export function devicesOn(codes: readonly Barcode[]): LabelledDevice[] {
  const serials = codes.filter(isSerial);
  const candidates = distinct([...codes.flatMap(namedPkids), ...codes.flatMap((code) => barePkids(code, codes))]);
  const bare = candidates.filter(({ named }) => !named);
  const unclear = bare.length > 1 && bare.length > Math.max(serials.length, 0);
  const stripped = codes.some(({ text }) => /^1P[0-9A-Z]/.test(text));
  pairSerials(candidates, serials, stripped);
  return candidates
    .map(({ named, ...device }) =>
      unclear && !named ? { ...device, confirm: 'ambiguous_candidate' as const } : device,
    )
    .sort((a, b) => a.y - b.y || a.x - b.x);
}

/** What a QR code or DataMatrix says in words, such as `SN:…;PKID:…`. */
function namedPkids({ text, symbology, x, y }: Barcode): Candidate[] {
  if (symbology !== 'QRCode' && symbology !== 'DataMatrix') return [];
  const { pkids, fields } = readProseLine(text.replace(/[\x1c-\x1f\r\n]+/g, ' ; '));
  const [only, ...others] = pkids;
  if (!only || others.length > 0) return [];
  const named = /pk ?id|product ?(?:key )?id/i.test(text);
  const confirm = only.confirm ?? (named ? undefined : ('ambiguous_candidate' as const));
  return [
    { pkid: only.pkid, x, y, named, ...(fields.serial && { serial: fields.serial }), ...(confirm && { confirm }) },
  ];
}

function barePkids({ text, symbology, x, y }: Barcode, all: readonly Barcode[]): Candidate[] {
  if (symbology !== 'Code128' && symbology !== 'Code39') return [];
  const value = text.trim().replace(/^PKID[:\s]*/i, '');
  if (!isThirteenDigits(value)) return [];
  const isArticle = all.some(
    (other) => (other.symbology === 'EAN13' || other.symbology === 'UPCA') && other.text.padStart(13, '0') === value,
  );
  const reading = readPkid(value);
  if (isArticle || reading.kind !== 'pkid') return [];
  // Code 39 carries no checksum: a scratch can turn one digit into another unseen.
  const confirm = reading.confirm ?? (symbology === 'Code39' ? ('low_confidence' as const) : undefined);
  return [{ pkid: reading.pkid, x, y, named: value !== text.trim(), ...(confirm && { confirm }) }];
}

/** One device read from two codes of its label is one; being named in one of them settles the other's doubt. */
function distinct(candidates: readonly Candidate[]): Candidate[] {
  const byPkid = new Map<string, Candidate>();
  for (const candidate of candidates) {
    const known = byPkid.get(candidate.pkid);
    if (!known) byPkid.set(candidate.pkid, candidate);
    else if (known.confirm && !candidate.confirm)
      byPkid.set(candidate.pkid, { ...known, ...candidate, confirm: undefined } as Candidate);
    else known.named ||= candidate.named;
  }
  return [...byPkid.values()].map(({ confirm, ...rest }) => (confirm ? { ...rest, confirm } : rest));
}

function isSerial({ text, symbology }: Barcode): boolean {
  if (symbology !== 'Code128' && symbology !== 'Code39') return false;
  return looksLikeSerial(text.trim()) && !/^(?:1P|4L|30P|1T)[0-9A-Z]|^Q\d{1,4}$/.test(text);
}

/** Gives every device the serial number next to it, where both are each other's nearest. */
function pairSerials(candidates: Candidate[], serials: readonly Barcode[], stripped: boolean): void {
  for (const candidate of candidates) {
    if (candidate.serial !== undefined) continue;
    const serial = nearest(candidate, serials);
    if (serial && nearest(serial, candidates) === candidate)
      candidate.serial = serialText(serial.text.trim(), stripped);
  }
}

/** Labels with data identifiers write `S` in front of the serial number and `1P` in front of the part number. */
function serialText(text: string, stripped: boolean): string {
  return stripped && /^S[0-9A-Z]{6,}$/.test(text) ? text.slice(1) : readSerial(text);
}

function nearest<T extends { x: number; y: number }>(from: { x: number; y: number }, all: readonly T[]): T | undefined {
  let best: T | undefined;
  const distance = (to: T) => Math.hypot(to.x - from.x, to.y - from.y);
  for (const one of all) if (!best || distance(one) < distance(best)) best = one;
  return best;
}
