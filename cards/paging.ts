import { z } from 'zod';
import { type Button, type ButtonData, button, offered } from './buttons.ts';
import type { Verb } from './verbs.ts';
import type { Wording } from './wording/wording.ts';

/** Most rows of any list on one card: keeps the longest card well below what Teams takes. */
export const MAX_ROWS = 20;

/** Opaque ids in button data; whoever reads them decides what they are. */
export const id = z.string().min(1).max(100);
/** Page numbers count from 1. */
export const pageNumber = z.coerce.number().int().min(1).max(10_000);

export type Pages = Readonly<{ page: number; pages: number }>;

/** "Page 2 of 5" as one line, or no line where one page holds everything. */
export function pageLine({ page, pages }: Pages, wording: Wording): string[] {
  if (pages <= 1) return [];
  return [wording.say('common.page', { page: wording.number(page), pages: wording.number(pages) })];
}

/** Buttons to the pages beside this one. */
export function pageButtons({ page, pages }: Pages, verb: Verb, data: ButtonData, wording: Wording): Button[] {
  return offered(
    page > 1 && button(wording.say('common.previous'), verb, { ...data, page: page - 1 }),
    page < pages && button(wording.say('common.next'), verb, { ...data, page: page + 1 }),
  );
}

/** The row of page buttons as templates mention it. */
export function pageRow(pageButtons: readonly Button[]): { pageButtons: readonly Button[]; hasPages: boolean } {
  return { pageButtons, hasPages: pageButtons.length > 0 };
}

/** Reads what a button sent; `undefined` means the payload is not ours. Fields that Teams adds are ignored. */
export function reader<Shape extends z.ZodRawShape>(
  shape: Shape,
): (data: unknown) => z.infer<z.ZodObject<Shape>> | undefined {
  const schema = z.object(shape);
  return (data) => schema.safeParse(data).data;
}
