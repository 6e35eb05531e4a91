import type { Grey } from './pixels.ts';

const BINS = 180;
/** Gradients below this are paper grain and noise. */
const WEAKEST = 160;
/** Rows between two that are looked at; columns are never skipped, because thin bars would alias. */
const ROW_STEP = 3;
/** Two directions nearer than this many degrees are one. */
const APART = 12;
/** A second direction counts when it is at least this strong compared with the first. */
const SECOND_SHARE = 0.25;

/**
 * Tells in which directions bar codes run, in degrees within ±45 of horizontal or vertical, the strongest first. Bars make
 * nearly all the strong gradients of a label photo, and all in one direction. Scharr's operator at full resolution: a
 * smaller copy of the picture gives wrong answers for thin bars.
 */
export function barAngles(picture: Grey): number[] {
  const bins = smoothed(gradientBins(picture));
  const first = strongest(bins, []);
  const second = strongest(bins, [first]);
  const share = (bins[second] ?? 0) / (bins[first] || 1);
  return (second !== first && share >= SECOND_SHARE ? [first, second] : [first]).map((bin) =>
    towardsAxis(centred(bins, bin)),
  );
}

/** The middle of the peak around a bin, finer than whole degrees. */
function centred(bins: Float64Array, bin: number): number {
  let weight = 0;
  let sum = 0;
  for (let off = -4; off <= 4; off++) {
    const value = (bins[(bin + off + BINS) % BINS] ?? 0) ** 2;
    weight += value;
    sum += value * off;
  }
  return bin + sum / (weight || 1);
}

function gradientBins({ data, width, height }: Grey): Float64Array {
  const bins = new Float64Array(BINS);
  for (let y = 1; y < height - 1; y += ROW_STEP) {
    for (let x = 1, at = y * width + 1; x < width - 1; x++, at++) {
      const a = data[at - width - 1] ?? 0;
      const b = data[at - width + 1] ?? 0;
      const c = data[at + width - 1] ?? 0;
      const d = data[at + width + 1] ?? 0;
      const gx = 3 * (b - a + d - c) + 10 * ((data[at + 1] ?? 0) - (data[at - 1] ?? 0));
      const gy = 3 * (c - a + d - b) + 10 * ((data[at + width] ?? 0) - (data[at - width] ?? 0));
      const strength = Math.abs(gx) + Math.abs(gy);
      if (strength < WEAKEST * 4) continue;
      const degrees = Math.atan2(gy, gx) * (180 / Math.PI) + 180;
      const bin = Math.round(degrees) % BINS;
      bins[bin] = (bins[bin] ?? 0) + strength;
    }
  }
  return bins;
}

function smoothed(bins: Float64Array): Float64Array {
  return bins.map(
    (value, at) => value * 0.5 + ((bins[(at + 1) % BINS] ?? 0) + (bins[(at + BINS - 1) % BINS] ?? 0)) * 0.25,
  );
}

/** The strongest bin that is not near the ones taken, nor square to them: letters and bar ends point there. */
function strongest(bins: Float64Array, taken: readonly number[]): number {
  let best = 0;
  for (let bin = 0; bin < BINS; bin++) {
    const near = taken.some((other) => Math.min((bin - other + BINS) % 90, (other - bin + BINS) % 90) < APART);
    if (!near && (bins[bin] ?? 0) > (bins[best] ?? 0)) best = bin;
  }
  return best;
}

function towardsAxis(degrees: number): number {
  const within = degrees % 90;
  return within > 45 ? within - 90 : within;
}
