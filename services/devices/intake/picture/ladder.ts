import { barAngles } from './angle.ts';
import { type Barcode, barcodesIn } from './barcodes.ts';
import { type Grey, turned, type View } from './pixels.ts';

/** Below this longest side, in pixels, enlarging still adds something and fits the memory. */
const ENLARGE_BELOW = 2_600;
/** Angles the plain pass reads as well as any other. */
const STRAIGHT_DEGREES = 1.5;

/**
 * Finds the bar codes of a photo: one plain pass, then looks that each undo one thing phones do to labels. The plain pass
 * only scans rows and columns, so thin codes at an angle escape it; turning the picture once by the measured angle
 * replaces a ladder of guesses. Enlarging costs most, so it is left out where the cheap looks before it agree with the
 * plain pass.
 */
export async function findBarcodes(picture: Grey, deadline: number, now: () => number = Date.now): Promise<Barcode[]> {
  const found = await barcodesIn(picture);
  const first = found.length;
  for (const angle of barAngles(picture)) {
    const degrees = Math.abs(angle) < STRAIGHT_DEGREES ? 0 : -angle;
    await look(picture, { degrees, scale: 1, sharpen: true }, found);
    const settled = first > 0 && found.length === first;
    if (settled || now() > deadline) break;
    if (isSmall(picture)) await look(picture, { degrees, scale: 2, sharpen: true }, found);
    if (now() > deadline || found.length > 0) break;
  }
  if (found.length === 0) await look(picture, { degrees: 0, scale: 1, sharpen: false, invert: true }, found);
  return found;
}

function isSmall({ width, height }: Grey): boolean {
  return Math.max(width, height) <= ENLARGE_BELOW;
}

async function look(picture: Grey, how: View, found: Barcode[]): Promise<void> {
  const view = await turned(picture, how);
  const seen = await barcodesIn(view, 'linear');
  merge(
    found,
    seen.map((code) => ({ ...code, ...backIn(picture, view, how, code) })),
  );
}

/** The same code read twice is one, unless it stands elsewhere: two boxes may carry the same EAN. */
function merge(found: Barcode[], seen: readonly Barcode[]): void {
  for (const code of seen) {
    const known = found.some(
      (other) => other.text === code.text && other.symbology === code.symbology && isNear(other, code),
    );
    if (!known) found.push(code);
  }
}

const NEAR_PIXELS = 60;

function isNear(a: Barcode, b: Barcode): boolean {
  return Math.hypot(a.x - b.x, a.y - b.y) < NEAR_PIXELS;
}

/** Where a point of a turned view is in the picture itself. */
function backIn(
  picture: Grey,
  view: Grey,
  { degrees, scale }: View,
  { x, y }: { x: number; y: number },
): { x: number; y: number } {
  const angle = (-degrees * Math.PI) / 180;
  const dx = (x - view.width / 2) / scale;
  const dy = (y - view.height / 2) / scale;
  return {
    x: picture.width / 2 + dx * Math.cos(angle) - dy * Math.sin(angle),
    y: picture.height / 2 + dx * Math.sin(angle) + dy * Math.cos(angle),
  };
}
