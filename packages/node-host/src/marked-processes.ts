import { setTimeout as sleep } from "node:timers/promises";
import { marksOf } from "./process-marks.js";
import { readProcesses, type ProcessRow } from "./process-table.js";
import { withAncestors, withDescendants } from "./process-tree.js";
import { sendSignal } from "./send-signal.js";

const GRACE_MILLISECONDS = 2_000;
const LOOK_MILLISECONDS = 20;

/** All marks that running processes have. Empty on systems without /proc, where environments cannot be read. */
export async function presentMarks(): Promise<ReadonlySet<string>> {
  return new Set((await readProcesses()).flatMap(marksOf));
}

/**
 * Ends what a command with this mark has left running, although the process that started it is dead: first SIGTERM, after two seconds
 * SIGKILL. Found are the processes that have inherited the mark, those in their sessions and their descendants; one that has cleared its
 * environment and has left the session is not. Resolves when all are gone, and so waits for those of another user, which only root can end.
 * Rejects with the reason of `signal` when that aborts.
 */
export async function endMarkedProcesses(mark: string, signal?: AbortSignal): Promise<void> {
  const asked = new Set<string>();
  const start = performance.now();
  for (;;) {
    signal?.throwIfAborted();
    const members = membersOf(mark, asked, await readProcesses());
    if (members.length === 0) return;
    const isPatient = performance.now() - start < GRACE_MILLISECONDS;
    for (const row of members) if (!isPatient || !asked.has(idOf(row))) sendSignal(row.pid, isPatient ? "SIGTERM" : "SIGKILL");
    for (const row of members) asked.add(idOf(row));
    await sleep(LOOK_MILLISECONDS);
  }
}

/**
 * Those found before stay members: when a parent has ended, its child may have no other sign. This process itself and what started it are
 * never among them.
 */
function membersOf(mark: string, before: ReadonlySet<string>, rows: readonly ProcessRow[]): readonly ProcessRow[] {
  const marked = rows.filter((row) => marksOf(row).includes(mark));
  const sessions = new Set(marked.flatMap(({ session }) => session ?? []));
  const roots = rows.filter((row) => (row.session !== undefined && sessions.has(row.session)) || before.has(idOf(row)));
  const members = withDescendants(
    [...marked, ...roots].map(({ pid }) => pid),
    rows,
  );
  const own = withAncestors(process.pid, rows);
  return rows.filter(({ pid }) => members.has(pid) && !own.has(pid));
}

function idOf({ pid, startTime }: ProcessRow): string {
  return `${pid} ${startTime}`;
}
