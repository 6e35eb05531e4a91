import sharp, { type Sharp } from 'sharp';
import type { IntakeLimits } from '../limits.ts';

/** A picture in shades of grey, one byte per pixel, row by row. */
export type Grey = Readonly<{ data: Uint8Array; width: number; height: number }>;
/** Raw pixels as other readers deliver them. */
export type Pixels = Readonly<{
  data: Uint8Array | Uint8ClampedArray;
  width: number;
  height: number;
  channels: 1 | 3 | 4;
}>;

/** Why a picture cannot be had. */
export class PictureProblem extends Error {
  readonly kind: 'too_large' | 'unreadable';

  constructor(kind: 'too_large' | 'unreadable', message: string) {
    super(message);
    this.kind = kind;
  }
}

// One picture at a time in a process of its own: caching would only keep memory.
sharp.cache(false);
sharp.concurrency(1);

/**
 * Decodes a JPEG, PNG or WebP the right way up. The number of pixels is checked from the header, before decoding.
 *
 * @throws PictureProblem
 */
export async function decodePicture(bytes: Uint8Array, limits: IntakeLimits): Promise<Grey> {
  const options = { limitInputPixels: limits.pixels, failOn: 'none', animated: false } as const;
  try {
    return await grey(sharp(bytes, options).rotate(), limits);
  } catch (error) {
    const tooMany = error instanceof Error && /pixel limit/i.test(error.message);
    throw new PictureProblem(tooMany ? 'too_large' : 'unreadable', 'picture not decoded');
  }
}

/** Decodes the HEIC of a phone; its size is looked at before its pixels. */
export async function decodeHeic(bytes: Uint8Array, limits: IntakeLimits): Promise<Grey> {
  const { default: heic } = await import('heic-decode');
  const images = await heic.all({ buffer: bytes }).catch(() => {
    throw new PictureProblem('unreadable', 'not a HEIC picture');
  });
  try {
    const [first] = images;
    if (!first) throw new PictureProblem('unreadable', 'no picture inside');
    if (first.width * first.height > limits.pixels) throw new PictureProblem('too_large', 'too many pixels');
    const { data, width, height } = await first.decode();
    return await greyOf({ data, width, height, channels: 4 }, limits);
  } finally {
    images.dispose();
  }
}

/** Turns raw pixels into shades of grey. */
export function greyOf({ data, width, height, channels }: Pixels, limits: IntakeLimits): Promise<Grey> {
  if (data.length < width * height * channels) throw new PictureProblem('unreadable', 'pixels are missing');
  return grey(sharp(data, { raw: { width, height, channels } }), limits);
}

export type View = Readonly<{ degrees: number; scale: number; sharpen: boolean; invert?: boolean }>;

/** Turns a picture by any angle, in degrees clockwise, and enlarges, sharpens or inverts it; new corners are white. */
export async function turned(picture: Grey, { degrees, scale, sharpen, invert = false }: View): Promise<Grey> {
  let view = picture;
  if (degrees !== 0) view = await raw(imageOf(view).rotate(degrees, { background: '#ffffff' }));
  if (scale !== 1) view = await raw(imageOf(view).resize({ width: Math.round(view.width * scale), kernel: 'cubic' }));
  if (sharpen) view = sharpened(view, scale);
  return invert ? { ...view, data: view.data.map((shade) => 255 - shade) } : view;
}

/**
 * Strengthens edges: every pixel is pushed away from the mean of its neighbours at the given distance. The image
 * library's own sharpening works in colour and takes ten times as long.
 */
function sharpened({ data, width, height }: Grey, distance: number): Grey {
  const result = new Uint8ClampedArray(data);
  const down = distance * width;
  for (let at = down; at < data.length - down; at++) {
    const around =
      (data[at - distance] ?? 0) + (data[at + distance] ?? 0) + (data[at - down] ?? 0) + (data[at + down] ?? 0);
    result[at] = 3 * (data[at] ?? 0) - around / 2;
  }
  return { data: new Uint8Array(result.buffer), width, height };
}

function imageOf({ data, width, height }: Grey): Sharp {
  return sharp(data, { raw: { width, height, channels: 1 } });
}

function grey(image: Sharp, { pictureSide }: IntakeLimits): Promise<Grey> {
  return raw(
    image
      .flatten({ background: '#ffffff' })
      .resize({ width: pictureSide, height: pictureSide, fit: 'inside', withoutEnlargement: true }),
  );
}

async function raw(image: Sharp): Promise<Grey> {
  const { data, info } = await image.greyscale().toColourspace('b-w').raw().toBuffer({ resolveWithObject: true });
  if (data.length !== info.width * info.height) throw new PictureProblem('unreadable', 'unexpected channels');
  return { data, width: info.width, height: info.height };
}
