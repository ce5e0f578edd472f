import type { FileSystem, Platform } from "@imagewright/action-contract";
import { attempt } from "./attempt.js";
import { splitPath } from "./resolve-path.js";

const WILDCARD = "*";

/** An entry of a folder with its name as bytes, since names on disk need not be UTF-8. */
export interface FoundEntry {
  readonly path: Buffer;
  readonly name: Buffer;
}

export function hasWildcard(path: string): boolean {
  return path.includes(WILDCARD);
}

/**
 * The entries of a folder, of any kind, whose names match the last part of an absolute path, sorted by their bytes.
 * `*` matches any characters, including none, and the leading dot of a hidden name.
 */
export async function expandWildcard(files: FileSystem, path: string, platform: Platform): Promise<FoundEntry[]> {
  const { folder, name: pattern } = splitPath(path, platform);
  const names = await attempt("read folder", folder, () => files.readdir(folder, { encoding: "buffer" }));
  return names
    .filter((name) => nameMatches(pattern, name, platform))
    .sort(Buffer.compare)
    .map((name) => ({ name, path: Buffer.concat([Buffer.from(folder), name]) }));
}

/** Whether a file name, as bytes, matches a pattern; without a wildcard the pattern is the name itself. */
export function nameMatches(pattern: string, name: Buffer, platform: Platform): boolean {
  return matchesWildcard(comparable(Buffer.from(pattern), platform), comparable(name, platform));
}

/** Each byte as one character, so that any name can be compared; Windows names are case-insensitive. */
function comparable(name: Buffer, platform: Platform): string {
  return platform === "windows" ? name.toString("utf8").toLowerCase() : name.toString("latin1");
}

/** Whether a name matches a pattern. Takes the leftmost position for each part, so it never backtracks. */
export function matchesWildcard(pattern: string, name: string): boolean {
  const pieces = pattern.split(WILDCARD);
  if (pieces.length === 1) return name === pattern;
  const first = pieces[0] ?? "";
  const last = pieces.at(-1) ?? "";
  const end = name.length - last.length;
  if (end < first.length || !name.startsWith(first) || !name.endsWith(last)) return false;
  let from = first.length;
  for (const piece of pieces.slice(1, -1)) {
    const at = name.indexOf(piece, from);
    if (at === -1 || at + piece.length > end) return false;
    from = at + piece.length;
  }
  return true;
}
