import { describe, expect, it } from 'vitest';
import { readPkid } from '../../services/devices/pkid.ts';

describe('reading one value as a PKID', () => {
  it.each([
    '3305123456789',
    ' 3305123456789 ',
    '3305 123 456 789',
    '3,305,123,456,789',
    '3305-1234-56789',
    '3305123456789.0',
    '="3305123456789"',
    "'3305123456789",
    '3.305123456789E+12',
    '٣٣٠٥١٢٣٤٥٦٧٨٩',
    '３３０５１２３４５６７８９',
    '\u200e3305123456789\u200b',
    'PKID: 3305123456789',
  ])('takes %j as it stands', (value) => {
    expect(readPkid(value)).toEqual({ kind: 'pkid', pkid: '3305123456789' });
  });

  it('keeps leading zeros', () => expect(readPkid('0330512345678')).toEqual({ kind: 'pkid', pkid: '0330512345678' }));

  it.each([
    ['33O5123456789', '3305123456789', 'ambiguous_character'],
    ['+3305123456789', '3305123456789', 'suspicious_value'],
    ['3305120000000', '3305120000000', 'suspicious_value'],
    ['1234567890123', '1234567890123', 'suspicious_value'],
  ])('asks about %j', (value, pkid, confirm) => expect(readPkid(value)).toEqual({ kind: 'pkid', pkid, confirm }));

  it.each([
    ['330512345678', 'wrong_length'],
    ['33051234567890', 'wrong_length'],
    ['3.30512E+12', 'scientific_notation_lossy'],
    ['3,30512E+12', 'scientific_notation_lossy'],
    ['3.305123456789E+13', 'scientific_notation_lossy'],
    ['0000000000000', 'placeholder_value'],
    ['XXXXXXXXXXXXX', 'placeholder_value'],
    ['00330-80000-00000-AA123', 'not_a_pkid'],
    ['VK7JG-NPHTM-C97JM-9MPGT-3V66T', 'not_a_pkid'],
    ['see label', 'not_a_pkid'],
    ['OOOOOOOOOOOOO', 'not_a_pkid'],
  ])('refuses %j', (value, problem) => expect(readPkid(value)).toMatchObject({ kind: 'refused', problem }));

  it.each(['', ' ', '-', 'n/a', 'None', '\u200b'])('sees that %j says nothing', (value) =>
    expect(readPkid(value)).toEqual({ kind: 'none' }),
  );

  it('never repeats a product key', () => {
    expect(JSON.stringify(readPkid('VK7JG-NPHTM-C97JM-9MPGT-3V66T'))).not.toMatch(/VK7JG|NPHTM|3V66T/);
  });
});
