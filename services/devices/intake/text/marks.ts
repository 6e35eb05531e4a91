/**
 * Characters that stand in a line for what was read out of it, so that the rest can be read in its place. They are of
 * Unicode's private use area: a text that brings them along loses them first.
 */
export const TAKEN = '\ue000';
/** A label such as `Order` whose number was not found right behind it. */
export const FOREIGN = '\ue001';
/** A number that was looked at and is nobody's. */
export const SEEN = '\ue002';

const MARKS = /[\ue000-\ue002]/g;

/** A line as it came, without characters that would be taken for our marks. */
export function withoutMarks(line: string): string {
  return line.replace(MARKS, ' ');
}
