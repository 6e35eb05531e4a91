import sharp from 'sharp';
import { expect, it } from 'vitest';
import { compare, toKeep } from './compare/likeness.ts';

/** A card of boxes, as a screenshot: text lines at `lines` and a button at `button`. */
async function aCard({
  lines = [40, 70, 100],
  button = 160,
  height = 220,
  blur = 0.3,
  ink = '#242424',
} = {}): Promise<Buffer> {
  const texts = lines.map((y) => `<rect x="20" y="${y}" width="300" height="12" fill="${ink}"/>`).join('');
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="480" height="${height}"><rect width="480" height="${height}" fill="#fff"/>${texts}<rect x="20" y="${button}" width="90" height="32" fill="none" stroke="#888" stroke-width="2"/></svg>`;
  const drawn = await sharp(Buffer.from(svg)).png().toBuffer();
  return toKeep(await sharp(drawn).blur(blur).png().toBuffer());
}

it('takes the same card for the same, however its edges are smoothed', async () => {
  expect(await compare(await aCard(), await aCard())).toBeUndefined();
  expect(await compare(await aCard(), await aCard({ blur: 0.8 }))).toBeUndefined();
});

it.each([
  ['a line moved by four pixels', { lines: [40, 74, 100] }],
  ['a line gone', { lines: [40, 100] }],
  ['a line more', { lines: [40, 70, 100, 130] }],
  ['a button moved', { button: 168 }],
  ['another colour', { ink: '#b3223b' }],
  ['another height', { height: 232 }],
])('notices %s', async (_what, change) => {
  expect(await compare(await aCard(), await aCard(change))).toMatchObject({ reason: expect.any(String) });
});
