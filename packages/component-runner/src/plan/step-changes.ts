import { changeOf, type FileChange, type FileFacts } from "@imagewright/files-overlay";

/** The changes between two states, each of which is given as its differences from the initial state. */
export function changesBetween(before: readonly FileChange[], now: readonly FileChange[]): FileChange[] {
  const [earlier, later] = [byPath(before), byPath(now)];
  const written = byFile(before);
  // a hard link that is first read now has the content that was written through another name of its file
  const atFirst = (facts: FileFacts | undefined) => written.get(facts?.file) ?? facts;
  const paths = new Set([...earlier.keys(), ...later.keys()]);
  return [...paths].sort().flatMap((path) => {
    const [old, current] = [earlier.get(path), later.get(path)];
    // a path that one of them lacks is there as it was initially
    const from = old === undefined ? atFirst(current?.before) : old.after;
    const to = current === undefined ? old?.before : current.after;
    return changeOf((current ?? old)?.path ?? "", from, to) ?? [];
  });
}

function byPath(changes: readonly FileChange[]): Map<string, FileChange> {
  return new Map(changes.map((change) => [typeof change.path === "string" ? change.path : change.path.toString("latin1"), change]));
}

/** The changed facts of files that have several names, by file. */
function byFile(changes: readonly FileChange[]): Map<string | undefined, FileFacts> {
  return new Map(changes.flatMap(({ after }) => (after?.file === undefined ? [] : [[after.file, after]])));
}
