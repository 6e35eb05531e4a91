import bwip from 'bwip-js/node';
import sharp from 'sharp';

export type LabelCode = Readonly<{
  bcid: 'code128' | 'code39' | 'ean13' | 'upca' | 'qrcode' | 'datamatrix';
  text: string;
  caption?: string;
}>;
export type PhotoOptions = Readonly<{
  /** Width of the thinnest bar, in pixels. */
  module?: number;
  degrees?: number;
  blur?: number;
  /** Deviation of the noise, in shades of grey. */
  noise?: number;
  dark?: boolean;
  invert?: boolean;
  format?: 'jpeg' | 'png' | 'webp';
  quality?: number;
  width?: number;
  height?: number;
}>;

/** Draws one label: its bar codes below each other, each with its caption. */
export async function drawLabel(codes: readonly LabelCode[], module: number): Promise<Buffer> {
  const parts: { input: Buffer; top: number; left: number }[] = [];
  let top = 24;
  let widest = 0;
  for (const { bcid, text, caption = '' } of codes) {
    const flat = bcid === 'qrcode' || bcid === 'datamatrix';
    const image = await bwip.toBuffer({
      bcid,
      text,
      scale: 1,
      backgroundcolor: 'ffffff',
      ...(flat ? {} : { height: 8, includetext: false }),
    });
    const { width = 1, height = 1 } = await sharp(image).metadata();
    const size = { width: Math.round(width * module), height: Math.round(flat ? height * module : 60) };
    const input = await sharp(image)
      .flatten({ background: '#fff' })
      .resize({ ...size, kernel: 'nearest', fit: 'fill' })
      .png()
      .toBuffer();
    if (caption !== '') {
      const words = Buffer.from(
        `<svg xmlns="http://www.w3.org/2000/svg" width="${Math.max(500, widest)}" height="30"><text x="0" y="22" font-family="sans-serif" font-size="22">${caption}</text></svg>`,
      );
      parts.push({ input: words, top, left: 30 });
      widest = Math.max(widest, 500);
      top += 32;
    }
    parts.push({ input, top, left: 30 });
    top += size.height + 22;
    widest = Math.max(widest, size.width);
  }
  return sharp({
    create: { width: widest + 60, height: top + 10, channels: 3, background: '#ffffff' },
  })
    .composite(parts)
    .png()
    .toBuffer();
}

/** Photographs labels: puts them on a grey table, turns, blurs and darkens, and saves as a phone would. */
export async function photograph(
  labels: readonly (readonly LabelCode[])[],
  options: PhotoOptions = {},
): Promise<Buffer> {
  const {
    module = 3,
    degrees = 0,
    blur = 0,
    noise = 0,
    dark = false,
    invert = false,
    format = 'jpeg',
    quality = 85,
  } = options;
  const { width = 2000, height = 1500 } = options;
  const drawn = await Promise.all(labels.map((codes) => drawLabel(codes, module)));
  const parts: { input: Buffer; top: number; left: number }[] = [];
  const size = { width, height };
  let top = 20;
  let left = 20;
  for (const label of drawn) {
    const input = await sharp(label).rotate(degrees, { background: '#8a8a8a' }).png().toBuffer();
    const { width: wide, height: high } = await sharp(input).metadata();
    if (top > 20 && top + high > height) {
      top = 20;
      left += wide + 20;
    }
    parts.push({ input, top, left });
    top += high + 20;
    size.width = Math.max(size.width, left + wide);
    size.height = Math.max(size.height, top);
  }
  const table = sharp({ create: { ...size, channels: 3, background: '#8a8a8a' } });
  let image = sharp(await table.composite(parts).png().toBuffer());
  if (blur > 0) image = image.blur(blur);
  if (dark) image = image.linear(0.4, 10);
  if (invert) image = image.negate({ alpha: false });
  if (noise > 0)
    image = sharp(await image.png().toBuffer()).composite([
      { input: await grain(size.width, size.height, noise), blend: 'soft-light' },
    ]);
  return image.toFormat(format, { quality }).toBuffer();
}

function grain(width: number, height: number, sigma: number): Promise<Buffer> {
  return sharp({
    create: { width, height, channels: 3, background: '#808080', noise: { type: 'gaussian', mean: 128, sigma } },
  })
    .png()
    .toBuffer();
}
