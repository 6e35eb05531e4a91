/** What was read of a list: how much of it, and the last item of that. */
type Read<Item> = Readonly<{ seen: number; last: Item | undefined }>;

/**
 * Finds the items of a list by a key that never changes. What was read of a list is not read again while it only grows,
 * because in a world of thousands of batches reading would take all the time.
 */
export function lookup<Item>(keyOf: (item: Item) => string): (list: readonly Item[], key: string) => readonly Item[] {
  const known = new WeakMap<readonly Item[], Read<Item> & { byKey: Map<string, Item[]> }>();

  return (list, key) => {
    const before = known.get(list);
    const { seen, byKey } = hasOnlyGrown(list, before) ? before : { seen: 0, byKey: new Map<string, Item[]>() };
    for (const item of list.slice(seen)) {
      const found = byKey.get(keyOf(item));
      if (found) found.push(item);
      else byKey.set(keyOf(item), [item]);
    }
    known.set(list, { seen: list.length, last: list.at(-1), byKey });
    return byKey.get(key) ?? [];
  };
}

/** The items of a list that are still open. One that was closed once stays closed. */
export function stillOpen<Item>(isOpen: (item: Item) => boolean): (list: readonly Item[]) => readonly Item[] {
  const known = new WeakMap<readonly Item[], Read<Item> & { open: readonly Item[] }>();

  return (list) => {
    const before = known.get(list);
    const { seen, open } = hasOnlyGrown(list, before) ? before : { seen: 0, open: [] };
    const now = [...open, ...list.slice(seen)].filter(isOpen);
    known.set(list, { seen: list.length, last: list.at(-1), open: now });
    return now;
  };
}

/** Tests take items out of the middle, or all of them: then what was read last is not where it was. */
function hasOnlyGrown<Item, Known extends Read<Item>>(
  list: readonly Item[],
  before: Known | undefined,
): before is Known {
  return before !== undefined && list[before.seen - 1] === before.last;
}
