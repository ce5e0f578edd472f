import type { ProcessRow } from "./process-table.js";

/** These processes and all that descend from them. */
export function withDescendants(roots: readonly number[], rows: readonly ProcessRow[]): ReadonlySet<number> {
  const members = new Set(roots);
  for (let size = -1; size !== members.size;) {
    size = members.size;
    for (const { pid, parent } of rows) if (members.has(parent)) members.add(pid);
  }
  return members;
}

/** A process and all that it descends from. */
export function withAncestors(pid: number, rows: readonly ProcessRow[]): ReadonlySet<number> {
  const parents = new Map(rows.map((row) => [row.pid, row.parent]));
  const line = new Set<number>();
  for (let next: number | undefined = pid; next !== undefined && !line.has(next); next = parents.get(next)) line.add(next);
  return line;
}
