import type { WorkflowType } from "@imagewright/workflow-engine";

/** The types of workflows, as flags have them. */
export const WORKFLOW_TYPES = ["build", "test", "distribution"] as const;
export type WorkflowTypeWord = (typeof WORKFLOW_TYPES)[number];

const TYPES: Readonly<Record<WorkflowTypeWord, WorkflowType>> = { build: "BUILD", test: "TEST", distribution: "DISTRIBUTION" };

/** The type that a word means, in any case of letters; undefined if it is none. */
export function typeOfWord(word: string | undefined): WorkflowType | undefined {
  return WORKFLOW_TYPES.filter((known) => known === word?.toLowerCase()).map((known) => TYPES[known])[0];
}
