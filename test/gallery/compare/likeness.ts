import sharp from 'sharp';

/** How two pictures of a card differ; `undefined` when they show the same. */
export type Difference = Readonly<{ reason: string; picture?: Buffer }>;

/** Pictures are kept at half their size, in sixteen greys: enough to read, and 5 kB each. */
const SCALE = 0.5;
const GREYS = 16;

/** Sides may differ by this much, in pixels of the kept size: heights are rounded. */
const SIDE_TOLERANCE = 1;
/** Both are blurred by this much, in pixels: how a letter's edge is smoothed does not count. */
const BLUR = 1.2;
/** A pixel differs when its grey does by more than this, of 255. */
const GREY_TOLERANCE = 40;
/** So many of all pixels may differ: about one letter of a card. */
const SHARE_TOLERANCE = 0.0006;

/** A screenshot as it is kept. */
export async function toKeep(screenshot: Buffer): Promise<Buffer> {
  const { width = 0 } = await sharp(screenshot).metadata();
  const small = sharp(screenshot).resize({ width: Math.max(1, Math.round(width * SCALE)) });
  return small.grayscale().png({ palette: true, colours: GREYS, dither: 0, compressionLevel: 9 }).toBuffer();
}

/** Compares two kept pictures. Smoothing and a stray letter's shape pass; anything that moved, came or went does not. */
export async function compare(kept: Buffer, now: Buffer): Promise<Difference | undefined> {
  const [before, after] = await Promise.all([greysOf(kept), greysOf(now)]);
  const width = Math.min(before.width, after.width);
  const height = Math.min(before.height, after.height);
  const sides = Math.max(Math.abs(before.width - after.width), Math.abs(before.height - after.height));
  if (sides > SIDE_TOLERANCE) {
    return { reason: `was ${before.width} × ${before.height}, is ${after.width} × ${after.height}` };
  }
  const marks = Buffer.alloc(width * height);
  let differing = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const apart = Math.abs((before.greys[y * before.width + x] ?? 0) - (after.greys[y * after.width + x] ?? 0));
      if (apart <= GREY_TOLERANCE) continue;
      marks[y * width + x] = 255;
      differing += 1;
    }
  }
  const share = differing / (width * height);
  if (share <= SHARE_TOLERANCE) return undefined;
  const picture = await sharp(marks, { raw: { width, height, channels: 1 } })
    .png()
    .toBuffer();
  return { reason: `${(share * 100).toFixed(2)} % of it looks different`, picture };
}

async function greysOf(png: Buffer): Promise<{ greys: Buffer; width: number; height: number }> {
  const { data, info } = await sharp(png).grayscale().blur(BLUR).raw().toBuffer({ resolveWithObject: true });
  const greys = info.channels === 1 ? data : data.filter((_, index) => index % info.channels === 0);
  return { greys: Buffer.from(greys), width: info.width, height: info.height };
}
