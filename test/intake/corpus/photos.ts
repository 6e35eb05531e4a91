import sharp from 'sharp';
import { type LabelCode, photograph } from '../make/label.ts';
import { attached, type Sample } from './sample.ts';

const A = '3305123456789';
const B = '3305987654321';
const EAN: LabelCode = { bcid: 'ean13', text: '734001234567' };
const label = (pkid: string, serial: string): LabelCode[] => [
  { bcid: 'code128', text: serial },
  { bcid: 'code128', text: pkid },
  EAN,
];
const SIZE = { width: 1_200, height: 900 };

/** Photos of box labels. */
export async function photos(): Promise<Sample[]> {
  const one = [label(A, 'PF3AAA1')];
  const clean = { devices: [{ pkid: A, serial: 'PF3AAA1' }] };
  const shot = (labels: readonly (readonly LabelCode[])[], options = {}) => photograph(labels, { ...SIZE, ...options });
  return [
    attached('straight.jpg', await shot(one), clean),
    attached('upside down.jpg', await shot(one, { degrees: 180 }), clean),
    attached('sideways.jpg', await shot(one, { degrees: 90 }), clean),
    attached('at an angle.jpg', await shot(one, { degrees: 25, width: 1_500, height: 1_200 }), clean),
    attached('picture.png', await shot(one, { format: 'png' }), clean),
    attached('picture.webp', await shot(one, { format: 'webp' }), clean),
    attached('picture named csv.csv', await shot(one), clean),
    attached('poor jpeg.jpg', await shot(one, { quality: 15 }), clean),
    attached('white on black.jpg', await shot(one, { invert: true }), clean),
    attached('two labels.jpg', await shot([label(A, 'PF3AAA1'), label(B, 'PF3AAA2')]), {
      devices: [
        { pkid: A, serial: 'PF3AAA1' },
        { pkid: B, serial: 'PF3AAA2' },
      ],
    }),
    attached('qr code.png', await shot([[{ bcid: 'qrcode', text: `SN:PF3AAA1;PKID:${A}` }]], { format: 'png' }), clean),
    attached(
      'data identifiers.jpg',
      await shot([
        [
          { bcid: 'code128', text: '1P20XW0000GE' },
          { bcid: 'code128', text: 'SPF3AAA1' },
          { bcid: 'code128', text: A },
        ],
      ]),
      clean,
    ),
    attached('code 39.png', await shot([[{ bcid: 'code39', text: A }]], { format: 'png' }), {
      devices: [{ pkid: A, confirm: 'low_confidence' }],
      problems: [[1, 'low_confidence']],
    }),
    attached(
      'a PKID and an order number.png',
      await shot(
        [
          [
            { bcid: 'code128', text: A },
            { bcid: 'code128', text: '4500012345678' },
          ],
        ],
        { format: 'png' },
      ),
      {
        devices: [
          { pkid: A, confirm: 'ambiguous_candidate' },
          { pkid: '4500012345678', confirm: 'ambiguous_candidate' },
        ],
        problems: [
          [1, 'ambiguous_candidate'],
          [2, 'ambiguous_candidate'],
        ],
      },
    ),
    attached(
      'printed only.png',
      await shot([[{ bcid: 'qrcode', text: 'hello', caption: `PKID: ${A}` }]], { format: 'png' }),
      { devices: [{ pkid: A, confirm: 'low_confidence' }], problems: [[1, 'low_confidence']] },
    ),
    attached('EAN only.png', await shot([[EAN]], { format: 'png', width: 600, height: 300 }), {
      problems: [[0, 'no_devices_found']],
    }),
    attached(
      'tiny.png',
      await sharp({ create: { width: 60, height: 40, channels: 3, background: '#999' } })
        .png()
        .toBuffer(),
      {
        problems: [[0, 'low_resolution']],
      },
    ),
    attached('cut off.jpg', (await shot(one)).subarray(0, 40), { problems: [[0, 'unreadable']] }),
  ];
}
