import { join } from "node:path";
import { openJournal, type ExecutionJournal } from "@imagewright/durability";
import { withTemporaryFolder } from "@imagewright/test-kit";
import { runWorkflow, type WorkflowExecution, type WorkflowRunRequest } from "../index.js";
import { testActions } from "./test-actions.js";
import { checkedWorkflow } from "./workflow-text.js";

export interface RunOfText {
  readonly execution: WorkflowExecution;
  /** The effects, in order. */
  readonly notes: readonly string[];
  /** What was reported after each change. */
  readonly reported: readonly WorkflowExecution[];
}

/** Runs a document over a journal, and then once more over the same journal: nothing may happen again, and the result is the same. */
export async function runText(text: string, request: Partial<WorkflowRunRequest> = {}): Promise<RunOfText> {
  return withJournal(async (open) => {
    const notes: string[] = [];
    const reported: WorkflowExecution[] = [];
    const run = async (journal: ExecutionJournal, report?: (execution: WorkflowExecution) => void) => {
      const workflow = request.workflow ?? checkedWorkflow(text);
      const actions = testActions((line) => notes.push(line));
      return runWorkflow({ workflow, actions, durability: journal.durability(), report, ...request }).finally(() => journal.close());
    };
    const execution = await run(await open(), (changed) => reported.push(changed));
    const count = notes.length;
    const again = await run(await open());
    if (notes.length !== count || JSON.stringify(again) !== JSON.stringify(execution)) throw new Error("the continued run differs");
    return { execution, notes, reported };
  });
}

/** A journal in a temporary folder, which can be opened several times. */
export async function withJournal<Result>(use: (open: () => Promise<ExecutionJournal>, file: string) => Promise<Result>): Promise<Result> {
  return withTemporaryFolder(async (folder) => {
    const file = join(folder, "execution.jsonl");
    return use(() => openJournal(file), file);
  });
}

/** `Launch COMPLETED/SKIPPED`: the status of each step, and that of its rollback. */
export function statusesOf({ steps }: WorkflowExecution): string[] {
  return steps.map(({ name, status, rollbackStatus }) => `${name} ${[status, rollbackStatus].filter(Boolean).join("/")}`);
}
