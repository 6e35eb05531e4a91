/** A cell without the spaces around it; most have none, and then nothing is copied. */
export function trimmed(cell: string | undefined): string {
  if (cell === undefined || cell === '') return '';
  const last = cell.charCodeAt(cell.length - 1);
  return cell.charCodeAt(0) <= 32 || last <= 32 || last === 160 ? cell.trim() : cell;
}
