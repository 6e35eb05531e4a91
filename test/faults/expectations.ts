import { expect } from 'vitest';
import type { Figures } from './figures.ts';

/** Nothing lost, doubled, untold or otherwise broken. */
export function expectNothingBroken({ lost, doubled, untold, otherwiseBroken, examples }: Figures): void {
  expect(examples).toEqual([]);
  expect({ lost, doubled, untold, otherwiseBroken }).toEqual({ lost: 0, doubled: 0, untold: 0, otherwiseBroken: 0 });
}

/** A run proves nothing unless things went wrong in it, and work was done all the same. */
export function expectNotVacuous(
  figures: Figures,
  atLeast: { trials: number; points?: number; accepted?: number },
): void {
  const { trials, points, accepted, harms } = figures;
  expect(trials).toBeGreaterThanOrEqual(atLeast.trials);
  expect(points).toBeGreaterThanOrEqual(atLeast.points ?? 0);
  expect(accepted).toBeGreaterThanOrEqual(atLeast.accepted ?? 0);
  expect(Object.values(harms).reduce((sum, count) => sum + count, 0)).toBeGreaterThan(trials / 2);
}
