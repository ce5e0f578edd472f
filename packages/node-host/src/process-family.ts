import { randomUUID } from "node:crypto";
import type { CommandFamily } from "./command-family.js";
import { marksOf, withMark } from "./process-marks.js";
import { readProcesses } from "./process-table.js";
import { withDescendants } from "./process-tree.js";
import { sendSignal } from "./send-signal.js";

// a process that forks during one search may be missed, but its children are found in the next
const MOST_LOOKS = 20;

/**
 * A command with everything it has started: its process group and session, children that have left both, and their children. A daemon is
 * found by the mark in the environment that it inherited; one that has cleared its environment is found only while its parent is alive.
 */
export class ProcessFamily implements CommandFamily {
  readonly #mark = randomUUID();
  readonly #known = new Set<number>();
  #leader: number | undefined;

  /** The environment for the command, which marks the family. */
  environment(environment: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
    return withMark(environment, this.#mark);
  }

  adopt(leader: number | undefined): void {
    this.#leader = leader;
  }

  /** Asks all members to end. */
  async terminate(): Promise<void> {
    const members = await this.#members();
    this.#sendToGroup("SIGTERM");
    for (const pid of members) if (pid !== this.#leader) sendSignal(pid, "SIGTERM");
  }

  /** Kills all members, and those that they start meanwhile. */
  async kill(): Promise<void> {
    const killed = new Set<number>();
    for (let look = 0; look < MOST_LOOKS; look++) {
      const fresh = (await this.#members()).filter((pid) => !killed.has(pid));
      if (look === 0) this.#sendToGroup("SIGKILL");
      if (fresh.length === 0) return;
      for (const pid of fresh) sendSignal(pid, "SIGKILL");
      for (const pid of fresh) killed.add(pid);
    }
  }

  /** What is left is in no bond with this process: nothing has to be done. */
  release(): void {}

  /** Finds the members. Must be called before any of them is ended: when a parent ends, its children are reparented. */
  async #members(): Promise<number[]> {
    const leader = this.#leader;
    const rows = await readProcesses();
    const roots = rows.filter(
      (row) => this.#known.has(row.pid) || (row.session !== undefined && row.session === leader) || marksOf(row).includes(this.#mark),
    );
    const members = withDescendants([...roots.map(({ pid }) => pid), ...(leader === undefined ? [] : [leader])], rows);
    // kept for systems that report parents only: a child whose parent has ended can no longer be found there
    for (const { pid } of rows) if (members.has(pid)) this.#known.add(pid);
    return rows.map(({ pid }) => pid).filter((pid) => members.has(pid));
  }

  #sendToGroup(signal: NodeJS.Signals): void {
    if (this.#leader !== undefined) sendSignal(-this.#leader, signal);
  }
}
