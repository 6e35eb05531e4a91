import sharp from 'sharp';
import { DEFAULT_LIMITS } from '../../services/devices/intake/limits.ts';
import { type Barcode, barcodesIn } from '../../services/devices/intake/picture/barcodes.ts';
import { devicesOn } from '../../services/devices/intake/picture/labels.ts';
import { findBarcodes } from '../../services/devices/intake/picture/ladder.ts';
import { decodePicture } from '../../services/devices/intake/picture/pixels.ts';
import { type LabelCode, type PhotoOptions, photograph } from '../intake/make/label.ts';
import { createRandom } from '../intake/make/random.ts';
import type { BenchRow } from './row.ts';

/** What phones do to labels. */
const CONDITIONS: readonly PhotoOptions[] = [
  {},
  { degrees: 5 },
  { degrees: 10 },
  { degrees: 15 },
  { degrees: 25 },
  { degrees: 35 },
  { degrees: 45 },
  { degrees: 90 },
  { degrees: 120 },
  { degrees: 180 },
  { blur: 1 },
  { blur: 1.6 },
  { noise: 25 },
  { dark: true },
  { quality: 20 },
  { quality: 8 },
  { degrees: 20, blur: 0.8, quality: 60 },
  { degrees: 30, dark: true },
];
/** Widths of the thinnest bar, in pixels. */
const MODULES = [2.3, 3.5] as const;
const LABELS = 3;
/** Pictures of bars that mean nothing. */
const RANDOM_PICTURES = 20;

type Tally = { plain: number; own: number; wrong: number; plainMs: number[]; ownMs: number[] };

/** PKIDs found on synthetic photos by one plain pass of the bar code library and by our way of looking. */
export async function photoRows(): Promise<BenchRow[]> {
  const rows: BenchRow[] = [];
  let wrong = await wrongOnRandomBars();
  for (const module of MODULES) {
    const tally: Tally = { plain: 0, own: 0, wrong: 0, plainMs: [], ownMs: [] };
    for (const condition of CONDITIONS) await tallyPhoto({ ...condition, module }, tally);
    wrong += tally.wrong;
    const of = LABELS * CONDITIONS.length;
    const what = `PKIDs found of ${of} on photos, bars of ${module} pixels`;
    rows.push({
      group: 'intake',
      what,
      value: tally.own,
      unit: 'PKIDs',
      peer: 'one plain zxing pass',
      peerValue: tally.plain,
      ratio: tally.own / tally.plain,
      goal: '≥ 1.5 × at thin bars',
    });
    rows.push({
      group: 'intake',
      what: `photo, bars of ${module} pixels, median time`,
      value: median(tally.ownMs),
      unit: 'ms',
      peer: 'one plain zxing pass',
      peerValue: median(tally.plainMs),
      ratio: median(tally.ownMs) / median(tally.plainMs),
    });
  }
  rows.push({ group: 'intake', what: 'false PKIDs on all photos', value: wrong, unit: 'PKIDs', goal: '0' });
  return rows;
}

async function tallyPhoto(options: PhotoOptions, tally: Tally): Promise<void> {
  const random = createRandom(Math.round((options.degrees ?? 0) * 10 + (options.module ?? 0) * 100));
  const labels = Array.from({ length: LABELS }, () => ({ pkid: random.pkid(), serial: random.serial() }));
  const drawn = labels.map(({ pkid, serial }): LabelCode[] => [
    { bcid: 'code128', text: serial },
    { bcid: 'code128', text: pkid },
    { bcid: 'upca', text: '12345678901' },
  ]);
  const picture = await decodePicture(await photograph(drawn, options), DEFAULT_LIMITS);
  const [plain, plainMs] = await timed(() => barcodesIn(picture));
  const [own, ownMs] = await timed(() => findBarcodes(picture, Date.now() + 10_000));
  const known = new Set(labels.map(({ pkid }) => pkid));
  tally.plain += count(plain, known);
  tally.own += count(own, known);
  tally.wrong += devicesOn(own).filter(({ pkid }) => !known.has(pkid)).length;
  tally.plainMs.push(plainMs);
  tally.ownMs.push(ownMs);
}

function count(codes: readonly Barcode[], known: ReadonlySet<string>): number {
  return new Set(codes.map(({ text }) => text).filter((text) => known.has(text))).size;
}

async function wrongOnRandomBars(): Promise<number> {
  const random = createRandom(31);
  let wrong = 0;
  for (let index = 0; index < RANDOM_PICTURES; index++) {
    const [width, height] = [1_200, 600];
    const bars = Array.from({ length: width / 3 }, () => (random.chance(0.5) ? 0 : 255));
    const data = Buffer.from(
      Array.from({ length: width * height }, (_, at) => bars[Math.floor((at % width) / 3)] ?? 0),
    );
    const png = await sharp(data, { raw: { width, height, channels: 1 } })
      .png()
      .toBuffer();
    const picture = await decodePicture(png, DEFAULT_LIMITS);
    wrong += devicesOn(await findBarcodes(picture, Date.now() + 5_000)).length;
  }
  return wrong;
}

async function timed<T>(run: () => Promise<T>): Promise<[T, number]> {
  const began = performance.now();
  return [await run(), performance.now() - began];
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
