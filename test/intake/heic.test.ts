import { readFile } from 'node:fs/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { createListReader } from '../../services/devices/intake/index.ts';
import { DEFAULT_LIMITS } from '../../services/devices/intake/limits.ts';

/**
 * A label drawn by `make/label.ts` (1,200 × 900, turned by 4 degrees, blur 0.6, saved as PNG) and turned into HEIC with
 * `heif-enc -q 50` of libheif 1.15, because no library here can write that format.
 */
const bytes = await readFile(new URL('./fixtures/label.heic', import.meta.url));
const reader = createListReader();
const readerOfSmall = createListReader({ limits: { ...DEFAULT_LIMITS, pixels: 1_000_000 } });
afterAll(() => Promise.all([reader.close(), readerOfSmall.close()]));

const file = (content: Uint8Array) => ({ kind: 'file', source: 'IMG_0001.HEIC', bytes: content }) as const;

describe('HEIC photos', { timeout: 30_000 }, () => {
  it('finds the PKID and the serial number on a label', async () => {
    const { devices, problems } = await reader.read(file(bytes));
    expect(devices).toMatchObject([{ pkid: '3305123456789', serial: 'PF3AAA1', source: 'IMG_0001.HEIC', row: 1 }]);
    expect(devices[0]?.confirm).toBeUndefined();
    expect(problems).toEqual([]);
  });

  it('says that half a photo cannot be read', async () => {
    const { devices, problems } = await reader.read(file(bytes.subarray(0, 200)));
    expect(devices).toEqual([]);
    expect(problems.map(({ kind }) => kind)).toEqual(['unreadable']);
  });

  it('refuses more pixels than allowed before decoding them', async () => {
    const { problems } = await readerOfSmall.read(file(bytes));
    expect(problems).toMatchObject([{ kind: 'too_large', details: { what: 'pixels', limit: 1_000_000 } }]);
  });
});
