import sharp from 'sharp';

/** Edge length of each icon, in pixels. @see Teams app manifest schema, icons */
export const ICON_SIZES = { color: 192, outline: 32 } as const;
export type IconName = keyof typeof ICON_SIZES;

/** What Teams would refuse about an icon: not a PNG, another size, an outline that is not white on transparent. */
export async function iconProblems(name: IconName, file: string, bytes: Uint8Array): Promise<readonly string[]> {
  const size = ICON_SIZES[name];
  const read = await sharp(bytes)
    .metadata()
    .catch(() => undefined);
  if (read?.format !== 'png') return [`${file} is not a PNG picture.`];
  if (read.width !== size || read.height !== size) {
    return [`${file} is ${read.width}×${read.height} pixels; the ${name} icon must be ${size}×${size}.`];
  }
  return name === 'outline' ? outlineProblems(file, bytes) : [];
}

/** Below this opacity (of 255) nobody sees a pixel, whatever its colour. */
const INVISIBLE = 8;

async function outlineProblems(file: string, bytes: Uint8Array): Promise<readonly string[]> {
  const { data } = await sharp(bytes).ensureAlpha().toColourspace('srgb').raw().toBuffer({ resolveWithObject: true });
  let visible = 0;
  let coloured = 0;
  for (let at = 0; at < data.length; at += 4) {
    const [red = 0, green = 0, blue = 0, alpha = 0] = data.subarray(at, at + 4);
    if (alpha < INVISIBLE) continue;
    visible += 1;
    if (Math.min(red, green, blue) < 250) coloured += 1;
  }
  const problems = [];
  if (coloured > 0) problems.push(`${file} has colours; the outline icon must be white on transparent.`);
  if (visible === 0) problems.push(`${file} shows nothing.`);
  if (visible === data.length / 4) problems.push(`${file} has no transparent background.`);
  return problems;
}
