import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import sharp from 'sharp';
import { createWorker, OEM, PSM, type Worker } from 'tesseract.js';
import { barAngles } from './angle.ts';
import { type Grey, turned } from './pixels.ts';

let started: Promise<Worker> | undefined;

/**
 * Reads printed text where no bar code could be read. It gets digits wrong now and then, so whatever it finds must be
 * confirmed by a person. The language data comes from a package; nothing is downloaded.
 */
export async function printedLines(picture: Grey): Promise<string[]> {
  const [angle = 0] = barAngles(picture);
  const straight =
    Math.abs(angle) < 0.7 ? picture : await turned(picture, { degrees: -angle, scale: 1, sharpen: false });
  const { data, width, height } = straight;
  const png = await sharp(data, { raw: { width, height, channels: 1 } })
    .png({ compressionLevel: 1 })
    .toBuffer();
  started ??= start();
  const worker = await started;
  const result = await worker.recognize(png);
  return result.data.text.split('\n');
}

async function start(): Promise<Worker> {
  const data = dirname(createRequire(import.meta.url).resolve('@tesseract.js-data/eng/package.json'));
  const worker = await createWorker('eng', OEM.LSTM_ONLY, {
    langPath: join(data, '4.0.0_best_int'),
    cacheMethod: 'none',
    gzip: true,
    errorHandler: () => undefined, // the failure reaches us through the promise
  });
  await worker.setParameters({ tessedit_pageseg_mode: PSM.SPARSE_TEXT });
  return worker;
}
