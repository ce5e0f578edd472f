import type { Span } from "@imagewright/diagnostics";
import type { CheckedWorkflow } from "../check/check-workflow.js";

/** One of the workflows that create an image. Source: API model, `WorkflowConfiguration`; guide chapter 41. */
export interface WorkflowUse {
  /** Checked without errors. */
  readonly workflow: CheckedWorkflow;
  readonly workflowBuildVersionArn?: string | undefined;
  readonly parameters?: ReadonlyMap<string, readonly string[]> | undefined;
  /** Of test workflows: those of one group run side by side. */
  readonly parallelGroup?: string | undefined;
  /** Of test workflows. Default ABORT. */
  readonly onFailure?: "CONTINUE" | "ABORT" | undefined;
  /** Where the workflow is named, the place for what is wrong with it as a whole. Default: the beginning of its document. */
  readonly place?: Span | undefined;
}

/** Workflows that run side by side, one group after the other. */
export type WorkflowGroup = readonly WorkflowUse[];

/** The groups in their order: the build workflow, the test groups in the order of their first workflows, the distribution workflow. */
export function groupsOf(uses: readonly WorkflowUse[]): readonly WorkflowGroup[] {
  const ofType = (type: CheckedWorkflow["type"]) => uses.filter(({ workflow }) => workflow.type === type);
  const tests = new Map<string | WorkflowUse, WorkflowUse[]>();
  for (const use of ofType("TEST")) {
    const group = tests.get(use.parallelGroup ?? use);
    if (group === undefined) tests.set(use.parallelGroup ?? use, [use]);
    else group.push(use);
  }
  return [...ofType("BUILD").map((use) => [use]), ...tests.values(), ...ofType("DISTRIBUTION").map((use) => [use])];
}

/** The name of a workflow for messages: that of its document, or of its file. */
export function nameOfUse({ workflow }: WorkflowUse): string {
  return workflow.name ?? workflow.source.name;
}

/** The place for what is wrong with a workflow as a whole. */
export function placeOfUse({ workflow: { source }, place = { source, start: 0, end: 0 } }: WorkflowUse): Span {
  return place;
}
