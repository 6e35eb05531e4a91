import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a suite counted and measured, under names that say the unit. */
export type Figures = Readonly<Record<string, number | string>>;

/** Hands a suite's figures to `npm run figures`; does nothing in any other run. */
export function keepFigures(suite: string, figures: Figures): void {
  const folder = process.env.KEEP_FIGURES_IN;
  if (folder) writeFileSync(join(folder, `${suite}.json`), JSON.stringify(figures));
}
