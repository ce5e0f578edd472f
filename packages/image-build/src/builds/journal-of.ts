import { join } from "node:path";
import { openJournal, type ExecutionGuard, type ExecutionJournal } from "@imagewright/durability";

/** The journal of the build or run that has a folder. */
export function journalOf(folder: string): string {
  return join(folder, "journal.jsonl");
}

/** Opens the journal of a build, with the count by which one that has lost lines is told. Errors: those of `openJournal`. */
export function openBuildJournal(folder: string, guard: ExecutionGuard): Promise<ExecutionJournal> {
  return openJournal(journalOf(folder), { guard, countFile: join(folder, "journal.count") });
}
