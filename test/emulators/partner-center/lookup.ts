/**
 * Finds the items of a list by a key that never changes. The list may only grow; what was read of it once is not read
 * again, because in a world of thousands of batches reading would take all the time. Another list, as from a restored
 * snapshot, is read anew.
 */
export function lookup<Item>(keyOf: (item: Item) => string): (list: readonly Item[], key: string) => readonly Item[] {
  const known = new WeakMap<readonly Item[], { seen: number; byKey: Map<string, Item[]> }>();

  return (list, key) => {
    const read = known.get(list) ?? { seen: 0, byKey: new Map<string, Item[]>() };
    known.set(list, read);
    for (const item of list.slice(read.seen)) {
      const found = read.byKey.get(keyOf(item));
      if (found) found.push(item);
      else read.byKey.set(keyOf(item), [item]);
    }
    read.seen = list.length;
    return read.byKey.get(key) ?? [];
  };
}

/** The items of a growing list that are still open. One that was closed once stays closed. */
export function stillOpen<Item>(isOpen: (item: Item) => boolean): (list: readonly Item[]) => readonly Item[] {
  const known = new WeakMap<readonly Item[], { seen: number; open: readonly Item[] }>();

  return (list) => {
    const { seen, open } = known.get(list) ?? { seen: 0, open: [] };
    const now = [...open, ...list.slice(seen)].filter(isOpen);
    known.set(list, { seen: list.length, open: now });
    return now;
  };
}
