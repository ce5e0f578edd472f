import { randomUUID } from "node:crypto";
import { readProcesses, type ProcessRow } from "./process-table.js";

// every process that a command starts inherits this variable
const VARIABLE = "IMAGEWRIGHT_FAMILY";

// a process that forks during one search may be missed, but its children are found in the next
const MOST_LOOKS = 20;

/**
 * A command with everything it has started: its process group and session, children that have left both, and their children. A daemon is
 * found by the variable that it inherited; one that has cleared its environment is found only while its parent is alive.
 */
export class ProcessFamily {
  readonly #mark = `${VARIABLE}=${randomUUID()}`;
  readonly #known = new Set<number>();

  /** The environment for the command, with the variable that marks the family. */
  environment(environment: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
    return { ...environment, [VARIABLE]: this.#mark.slice(VARIABLE.length + 1) };
  }

  /** Asks all members to end. */
  async terminate(leader: number | undefined): Promise<void> {
    const members = await this.#members(leader);
    sendToGroup(leader, "SIGTERM");
    for (const pid of members) if (pid !== leader) send(pid, "SIGTERM");
  }

  /** Kills all members, and those that they start meanwhile. */
  async kill(leader: number | undefined): Promise<void> {
    const killed = new Set<number>();
    for (let look = 0; look < MOST_LOOKS; look++) {
      const fresh = (await this.#members(leader)).filter((pid) => !killed.has(pid));
      if (look === 0) sendToGroup(leader, "SIGKILL");
      if (fresh.length === 0) return;
      for (const pid of fresh) send(pid, "SIGKILL");
      for (const pid of fresh) killed.add(pid);
    }
  }

  /** Finds the members. Must be called before any of them is ended: when a parent ends, its children are reparented. */
  async #members(leader: number | undefined): Promise<number[]> {
    const rows = await readProcesses();
    const roots = rows.filter(
      ({ pid, session, environment }) =>
        this.#known.has(pid) || (session !== undefined && session === leader) || environment.includes(this.#mark),
    );
    const members = withDescendants([...roots.map(({ pid }) => pid), ...(leader === undefined ? [] : [leader])], rows);
    // kept for systems that report parents only: a child whose parent has ended can no longer be found there
    for (const { pid } of rows) if (members.has(pid)) this.#known.add(pid);
    return rows.map(({ pid }) => pid).filter((pid) => members.has(pid));
  }
}

function withDescendants(roots: readonly number[], rows: readonly ProcessRow[]): ReadonlySet<number> {
  const members = new Set(roots);
  for (let size = -1; size !== members.size;) {
    size = members.size;
    for (const { pid, parent } of rows) if (members.has(parent)) members.add(pid);
  }
  return members;
}

function sendToGroup(leader: number | undefined, signal: NodeJS.Signals): void {
  if (leader !== undefined) send(-leader, signal);
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (thrown) {
    // it has ended already, or it belongs to another user and only root can end it
    const { code } = thrown as NodeJS.ErrnoException;
    if (code !== "ESRCH" && code !== "EPERM") throw thrown;
  }
}
