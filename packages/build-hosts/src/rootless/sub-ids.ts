/** A line of subuid(5) or subgid(5): ids that an owner may use in user namespaces. */
interface Range {
  /** The name or the id of a user. */
  readonly owner: string;
  readonly first: number;
  readonly count: number;
}

/** The ids of an image reach to 65534, which is nobody's. */
export const IDS_NEEDED = 65_536;

// where useradd starts
const FIRST = 100_000;

/** The most ids that the user has in one range of the file. */
export function subIdsOf(text: string, { name, uid }: { readonly name: string; readonly uid: number }): number {
  const own = parse(text).filter(({ owner }) => owner === name || owner === String(uid));
  return Math.max(0, ...own.map(({ count }) => count));
}

/** A range that no one has in any of the files: two users with the same ids could change each other's files. As `usermod` takes it. */
export function freeRange(texts: readonly string[]): string {
  const taken = texts.flatMap(parse).sort((a, b) => a.first - b.first);
  const first = taken.reduce((free, range) => (overlaps(range, free) ? range.first + range.count : free), FIRST);
  return `${first}-${first + IDS_NEEDED - 1}`;
}

function overlaps({ first, count }: Range, free: number): boolean {
  return first < free + IDS_NEEDED && first + count > free;
}

function parse(text: string): Range[] {
  return text.split("\n").flatMap((line) => {
    const [owner = "", first = "", count = ""] = line.trim().split(":");
    return /^\d+$/.test(first) && /^\d+$/.test(count) ? [{ owner, first: Number(first), count: Number(count) }] : [];
  });
}
