import { isDeepStrictEqual } from "node:util";
import type { FileChange } from "@imagewright/files-overlay";

/** What changed between two moments, each given as its differences from the beginning. */
export function changesBetween(before: readonly FileChange[], now: readonly FileChange[]): FileChange[] {
  const [earlier, later] = [byPath(before), byPath(now)];
  const paths = new Set([...earlier.keys(), ...later.keys()]);
  return [...paths].sort().flatMap((path) => {
    const [old, current] = [earlier.get(path), later.get(path)];
    // a path that is missing in one of them is there as it was at the beginning
    const from = old === undefined ? current?.before : old.after;
    const to = current === undefined ? old?.before : current.after;
    return changeOf((current ?? old)?.path ?? "", from, to) ?? [];
  });
}

function byPath(changes: readonly FileChange[]): Map<string, FileChange> {
  return new Map(changes.map((change) => [typeof change.path === "string" ? change.path : change.path.toString("latin1"), change]));
}

function changeOf(path: FileChange["path"], before: FileChange["before"], after: FileChange["after"]): FileChange | undefined {
  if (isDeepStrictEqual(before, after)) return undefined;
  const kind = before === undefined ? "created" : after === undefined ? "deleted" : "changed";
  return { path, kind, ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) };
}
