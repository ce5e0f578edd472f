import { endGroup } from "./end-group.js";

const groups = new Set<number>();

/** Notes the process group of a program that runs, for `killRunning`. */
export function noteGroup(leader: number | undefined): void {
  if (leader !== undefined) groups.add(leader);
}

export function forgetGroup(leader: number | undefined): void {
  if (leader !== undefined) groups.delete(leader);
}

/** Kills the groups of all programs that run, at once: this process is about to end, and nobody would wait for them. */
export function killRunning(): void {
  for (const leader of groups) {
    try {
      endGroup(leader);
    } catch {
      // it has just ended
    }
  }
}
