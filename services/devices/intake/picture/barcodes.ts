import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { prepareZXingModule, type ReaderOptions, readBarcodes } from 'zxing-wasm/reader';
import type { Grey } from './pixels.ts';

export type Symbology = 'Code128' | 'Code39' | 'EAN13' | 'UPCA' | 'QRCode' | 'DataMatrix';
/** One bar code, and where its middle is in the picture it was found in. */
export type Barcode = Readonly<{ text: string; symbology: Symbology; x: number; y: number }>;

const SYMBOLOGIES: readonly Symbology[] = ['Code128', 'Code39', 'EAN13', 'UPCA', 'QRCode', 'DataMatrix'];
const OPTIONS: ReaderOptions = {
  formats: [...SYMBOLOGIES],
  tryHarder: true,
  tryRotate: true,
  tryInvert: true,
  tryDownscale: true,
  maxNumberOfSymbols: 60,
};

// Without this the library would fetch its WebAssembly from a CDN.
const wasm = readFileSync(createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm'));
prepareZXingModule({
  overrides: { wasmBinary: wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength) as ArrayBuffer },
});

/** What a second look need not search again: two-dimensional codes are read at any angle and size or not at all. */
const LINEAR_ONLY: ReaderOptions = {
  ...OPTIONS,
  formats: ['Code128', 'Code39', 'EAN13', 'UPCA'],
  tryInvert: false,
  tryDownscale: false,
};

/** Reads every bar code of a picture in one pass; `linear` leaves out two-dimensional ones. */
export async function barcodesIn(picture: Grey, which: 'all' | 'linear' = 'all'): Promise<Barcode[]> {
  const results = await readBarcodes(rgba(picture), which === 'all' ? OPTIONS : LINEAR_ONLY);
  return results.flatMap(({ text, format, isValid, position }) => {
    const symbology = SYMBOLOGIES.find((known) => known === format);
    if (!isValid || !symbology || text === '') return [];
    const corners = [position.topLeft, position.topRight, position.bottomLeft, position.bottomRight];
    const middle = (axis: 'x' | 'y') => corners.reduce((sum, corner) => sum + corner[axis], 0) / corners.length;
    return [{ text, symbology, x: middle('x'), y: middle('y') }];
  });
}

/** The library reads pixels of four bytes, and past the end if there are too few. */
function rgba({ data, width, height }: Grey): Parameters<typeof readBarcodes>[0] {
  const count = width * height;
  if (data.length < count) throw new RangeError('pixels are missing');
  const pixels = new Uint32Array(count);
  for (let at = 0; at < count; at++) {
    const shade = data[at] ?? 0;
    pixels[at] = 0xff000000 | (shade << 16) | (shade << 8) | shade;
  }
  return { data: new Uint8ClampedArray(pixels.buffer), width, height, colorSpace: 'srgb' } as const;
}
