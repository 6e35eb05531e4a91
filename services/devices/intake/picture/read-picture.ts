import type { IntakeLimits } from '../limits.ts';
import type { ListBuilder } from '../list-builder.ts';
import { sniff } from '../sniff.ts';
import { readProseLine } from '../text/prose-line.ts';
import { devicesOn, type LabelledDevice } from './labels.ts';
import { findBarcodes } from './ladder.ts';
import { decodeHeic, decodePicture, type Grey, greyOf, PictureProblem, type Pixels } from './pixels.ts';

/** A picture below this longest side, in pixels, cannot show the bars of a whole label. */
const SMALLEST_SIDE = 480;
/** Part of the time limit that bar codes may use; printed text gets the rest. */
const BARCODE_SHARE = 0.5;

/** Reads the labels on a photo into the list; each is a row, from the top. */
export async function readPicture(bytes: Uint8Array, list: ListBuilder, limits: IntakeLimits): Promise<void> {
  try {
    const decode = sniff(bytes) === 'heic' ? decodeHeic : decodePicture;
    await readLabels(await decode(bytes, limits), list, limits);
  } catch (error) {
    if (!(error instanceof PictureProblem)) throw error;
    list.problem(0, error.kind, { what: 'pixels', limit: limits.pixels });
  }
}

/** Reads a picture out of another file, such as a scanned page; finding nothing there is no problem of its own. */
export async function readPixels(pixels: Pixels, list: ListBuilder, limits: IntakeLimits): Promise<void> {
  const picture = await greyOf(pixels, limits);
  const codes = await findBarcodes(picture, Date.now() + limits.pictureMs * BARCODE_SHARE);
  if (addDevices(devicesOn(codes), list) === 0) await readPrint(picture, list);
}

async function readLabels(picture: Grey, list: ListBuilder, limits: IntakeLimits): Promise<void> {
  const codes = await findBarcodes(picture, Date.now() + limits.pictureMs * BARCODE_SHARE);
  if (addDevices(devicesOn(codes), list) > 0 || (await readPrint(picture, list)) > 0) return;
  const small = Math.max(picture.width, picture.height) < SMALLEST_SIDE;
  list.problem(0, small || codes.length === 0 ? 'low_resolution' : 'no_devices_found');
}

function addDevices(devices: readonly LabelledDevice[], list: ListBuilder): number {
  for (const [index, { x: _x, y: _y, ...device }] of devices.entries()) list.add({ ...device, row: index + 1 });
  return devices.length;
}

/** Adds what is printed, each device to be confirmed, and says how many there were. */
async function readPrint(picture: Grey, list: ListBuilder): Promise<number> {
  const { printedLines } = await import('./ocr.ts');
  let count = 0;
  for (const line of await printedLines(picture)) {
    const { pkids, fields } = readProseLine(line);
    for (const { pkid, value } of pkids) {
      const serial = fields.serial !== undefined && pkids.length === 1 ? { serial: fields.serial } : {};
      list.add({ pkid, ...serial, row: ++count, confirm: 'low_confidence', details: { value } });
    }
  }
  return count;
}
