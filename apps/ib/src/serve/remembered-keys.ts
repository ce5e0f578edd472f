const REMEMBERED_MILLISECONDS = 1_000;
// far above the keys that a server is used with in a second
const MOST_KEYS = 1_000;

interface Found<Key> {
  readonly key: Promise<Key | undefined>;
  readonly until: number;
}

/**
 * Remembers the keys that were found for a second, since each request has one: a key that is removed counts for as long after. Keys that
 * were not found are asked for again, so that a new one counts at once. `now` is in milliseconds.
 */
export function rememberKeys<Key>(find: (id: string) => Promise<Key | undefined>, now: () => number): typeof find {
  const found = new Map<string, Found<Key>>();
  return (id) => {
    const known = found.get(id);
    if (known !== undefined && known.until > now()) return known.key;
    const key = find(id);
    if (found.size >= MOST_KEYS) found.clear();
    found.set(id, { key, until: now() + REMEMBERED_MILLISECONDS });
    const forget = () => found.get(id)?.key === key && found.delete(id);
    void key.then((value) => value ?? forget(), forget);
    return key;
  };
}
