/** A small generator of numbers that gives the same ones in every run (mulberry32). */
export function createRandom(seed: number) {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (limit: number) => Math.floor(next() * limit);
  return {
    below,
    pick: <T>(items: readonly [T, ...T[]]): T => items[below(items.length)] ?? items[0],
    chance: (share: number) => next() < share,
    /** A PKID as it may be in the wild: any digits, also leading zeros, but none of the doubtful ones. */
    pkid: (): string => {
      const head = Array.from({ length: 12 }, () => below(10)).join('');
      return `${head}${1 + below(9)}`;
    },
    serial: (): string =>
      `PF${Array.from({ length: 6 }, () => '0123456789ABCDEFGHJKLMNPRSTUVWXYZ'[below(33)]).join('')}`.replace(
        /^PF([A-Z]*)$/,
        'PF1$1',
      ),
  };
}
export type Random = ReturnType<typeof createRandom>;
