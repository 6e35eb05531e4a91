import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';

export type Album = ReturnType<typeof openAlbum>;

/** Numbered pictures of what was seen, in an emptied folder. */
export function openAlbum(folder: string) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  let count = 0;
  return {
    /** A picture of a window, or of one card in it. */
    async keep(what: Page | Locator, name: string): Promise<void> {
      count += 1;
      await what.screenshot({ path: join(folder, `${String(count).padStart(2, '0')}-${name}.png`) });
    },
  };
}
