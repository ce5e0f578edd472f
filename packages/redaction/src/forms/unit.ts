/**
 * One step of a form: its alternatives, of which exactly one occurs. They are kept twice: in order, because
 * a sealed value names them by number, and as a trie, because the search reads byte after byte. Node 0 of the trie is its root.
 */
export interface Unit {
  readonly alternatives: readonly Buffer[];
  readonly children: readonly ReadonlyMap<number, number>[];
  /** Whether an alternative ends at the node. */
  readonly ends: readonly boolean[];
  /** Length of the shortest and of the longest alternative, in bytes. */
  readonly shortest: number;
  readonly longest: number;
}

/** Makes a unit of its alternatives, with texts as UTF-8; duplicates are dropped. None may be empty. */
export function unitOf(alternatives: Iterable<string | Buffer>): Unit {
  const distinct = new Map([...alternatives].map((given) => Buffer.from(given)).map((bytes) => [bytes.toString("latin1"), bytes]));
  const children = [new Map<number, number>()];
  const ends = [false];
  for (const bytes of distinct.values()) ends[insert(bytes, children, ends)] = true;
  const lengths = [...distinct.values()].map((bytes) => bytes.length);
  return { alternatives: [...distinct.values()], children, ends, shortest: Math.min(...lengths), longest: Math.max(...lengths) };
}

function insert(bytes: Buffer, children: Map<number, number>[], ends: boolean[]): number {
  let node = 0;
  for (const byte of bytes) {
    const known = children[node]?.get(byte);
    if (known === undefined) {
      children[node]?.set(byte, children.length);
      node = children.push(new Map()) - 1;
      ends.push(false);
    } else node = known;
  }
  return node;
}

/** Memoizes a function by key. */
export function memoized<Key, Value>(make: (key: Key) => Value): (key: Key) => Value {
  const known = new Map<Key, Value>();
  return (key) => {
    let value = known.get(key);
    if (value === undefined) known.set(key, (value = make(key)));
    return value;
  };
}
