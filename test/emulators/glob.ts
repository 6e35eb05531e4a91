/** Matches whole paths in any letter case; `*` stands for any text, slashes included. */
export function matchesGlob(pattern: string, text: string): boolean {
  const source = pattern.split('*').map(escapeForRegExp).join('.*');
  return new RegExp(`^${source}$`, 'i').test(text);
}

/** Text that a regular expression takes literally. */
export function escapeForRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}
