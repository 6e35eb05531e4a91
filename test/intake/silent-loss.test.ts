import { describe, expect, it } from 'vitest';
import type { DeviceList } from '../../services/devices/device.ts';
import { DEFAULT_LIMITS } from '../../services/devices/intake/limits.ts';
import { readList } from '../../services/devices/intake/read-list.ts';
import { DAMAGES, type Damage, NEIGHBOUR } from './make/damage.ts';
import { createRandom, type Random } from './make/random.ts';
import { type Item, SHAPES, type Shape, type Written } from './make/shapes.ts';

/** Lists of each shape and damage. */
const TIMES = 6;
const GONE: Damage = { name: 'nothing is left', harm: () => '' };

/** What of a list was lost without a word: PKIDs that are gone, and a damaged one whose line nobody would look at. */
function lostIn(list: DeviceList, items: readonly Item[], damaged: number, { rows }: Written): string[] {
  const accepted = new Set(list.devices.map(({ pkid }) => pkid));
  const questioned = new Set(list.problems.map(({ row }) => row));
  const lost = items.filter(({ pkid }, index) => index !== damaged && !accepted.has(pkid)).map(({ pkid }) => pkid);
  const row = rows[damaged] ?? 0;
  const isSeen = questioned.has(row) || questioned.has(row + 1) || accepted.has(items[damaged]?.pkid);
  return isSeen ? lost : [...lost, `line ${row}`];
}

/** Devices nobody wrote, taken without a question. */
function madeUp(list: DeviceList, items: readonly Item[]): string[] {
  const written = new Set<string | undefined>([NEIGHBOUR, ...items.map(({ pkid }) => pkid)]);
  return list.devices.filter(({ pkid, confirm }) => !confirm && !written.has(pkid)).map(({ pkid }) => pkid ?? '');
}

async function expectNothingLost(shape: Shape, { name, harm }: Damage, random: Random): Promise<void> {
  const count = (shape.fewest ?? 3) + random.below(4);
  const items = Array.from({ length: count }, () => ({ pkid: random.pkid(), serial: random.serial() }));
  const damaged = random.below(count);
  const harmed = items.map((item, at) => (at === damaged ? { ...item, pkid: harm(item.pkid, random) } : item));
  const written = shape.write(harmed);
  const list = await readList(written.input, DEFAULT_LIMITS);
  const found = { damage: name, lost: lostIn(list, items, damaged, written), madeUp: madeUp(list, items) };
  if (found.lost.length + found.madeUp.length === 0) return;
  const text = written.input.kind === 'text' ? written.input.text : '';
  expect({ ...found, text, problems: list.problems }).toEqual({ damage: name, lost: [], madeUp: [] });
}

describe('a clean list with one damaged identifier', () => {
  it.each(SHAPES.map((shape) => [shape.name, shape] as const))('loses nothing in silence: %s', async (name, shape) => {
    const random = createRandom(name.length * 7919);
    for (const damage of shape.showsGaps ? [...DAMAGES, GONE] : DAMAGES)
      for (let time = 0; time < TIMES; time++) await expectNothingLost(shape, damage, random);
  });
});
