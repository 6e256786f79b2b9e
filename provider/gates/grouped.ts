/** Items by what they have in common, in the order in which they come. */
export function grouped<T, K>(items: readonly T[], keyed: (item: T) => K): ReadonlyMap<K, readonly T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const group = groups.get(keyed(item));
    if (group === undefined) groups.set(keyed(item), [item]);
    else group.push(item);
  }
  return groups;
}
