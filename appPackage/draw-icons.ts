import { writeFile } from 'node:fs/promises';
import sharp from 'sharp';
import { ICON_SIZES } from './icons.ts';

/**
 * Draws the PNG icons from their SVGs. Run it after changing one and commit both, so that building a package needs no
 * drawing: `npm run build && node dist/appPackage/draw-icons.js`
 */
for (const [name, size] of Object.entries(ICON_SIZES)) {
  const png = await sharp(`appPackage/icons/${name}.svg`).resize(size, size).png({ compressionLevel: 9 }).toBuffer();
  await writeFile(`appPackage/icons/${name}.png`, png);
}
