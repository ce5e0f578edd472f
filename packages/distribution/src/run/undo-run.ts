import { describeCause } from "@imagewright/diagnostics";
import { planUndo, type DistributionPlan, type OperationKind, type OperationOf, type UndoStep } from "@imagewright/distribution-planner";
import type { Json } from "@imagewright/durability";
import type { OperationAdapter } from "../adapter.js";
import type { OperationOutcome } from "./outcome.js";
import { runGraph, type RunNode } from "./run-graph.js";
import { AT_ONCE, requireAdapters, type PlanRun } from "./run-plan.js";

/** How one operation was taken back. Plain data. */
export interface UndoOutcome {
  /** That of the operation. */
  readonly id: string;
  readonly summary: string;
  readonly status: "undone" | "failed" | "left-out";
  /** Why it could not be. */
  readonly message?: string | undefined;
}

/**
 * Takes back what the operations of a run have changed, those that have failed in the middle too: each after those that depend on it. One
 * that cannot be taken back leaves the ones that it depends on as they are.
 */
export async function undoRun(
  plan: DistributionPlan,
  outcomes: readonly OperationOutcome[],
  options: Omit<PlanRun, "earlier" | "onOutcome">,
): Promise<readonly UndoOutcome[]> {
  const { durability, adapters, atOnce = AT_ONCE } = options;
  requireAdapters(plan, adapters);
  const before = new Map(outcomes.flatMap((one) => (one.status !== "left-out" && one.before !== undefined ? [[one.id, one.before]] : [])));
  const operations = new Map(plan.operations.map((operation) => [operation.id, operation]));
  const { steps } = planUndo(plan, before.keys());
  const run: RunNode<UndoStep, UndoOutcome> = async ({ undoes: id, summary, dependsOn }, branch, ends) => {
    const blocking = dependsOn.find((one) => ends.get(one)?.status !== "undone");
    if (blocking !== undefined) return { id, summary, status: "left-out", message: `"${blocking}" has to come before, and has failed` };
    const operation = operations.get(id) as OperationOf<OperationKind>;
    const adapter = adapters[operation.kind] as OperationAdapter<OperationKind>;
    try {
      await branch.step("undo", (context) => adapter.undo(operation, before.get(id) as Json, context));
      return { id, summary, status: "undone" };
    } catch (thrown) {
      if (branch.signal.aborted) throw thrown;
      return { id, summary, status: "failed", message: describeCause(thrown) };
    }
  };
  return runGraph(steps, { durability, atOnce }, run);
}
