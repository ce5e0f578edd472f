import { describeCause } from "@imagewright/diagnostics";
import type { DistributionOperation, DistributionPlan, OperationKind, OperationOf } from "@imagewright/distribution-planner";
import type { Durability, Json } from "@imagewright/durability";
import type { Adapters, OperationAdapter } from "../adapter.js";
import { distributionError } from "../errors.js";
import type { OperationOutcome } from "./outcome.js";
import { runGraph, type RunNode } from "./run-graph.js";

/** Where a plan runs, and what does it. */
export interface PlanRun {
  readonly durability: Durability;
  readonly adapters: Adapters;
  /** How many operations run side by side; 4 by default. */
  readonly atOnce?: number | undefined;
  /** How operations have ended in an earlier run of the same plan: those that are done are not done again. */
  readonly earlier?: readonly OperationOutcome[] | undefined;
  /** Is told each end; of a run that is continued, those of earlier processes too. */
  readonly onOutcome?: ((outcome: OperationOutcome) => void) | undefined;
}

/** How many operations run side by side. */
export const AT_ONCE = 4;

/**
 * Runs a plan. Each operation begins when those that it depends on are done; one that fails leaves out what depends on it, and the others
 * go on. Returns how each has ended, in the order of the plan. Throws before anything is done if an operation
 * cannot be done here, and the reason of the execution's signal once that is aborted.
 */
export async function runPlan(plan: DistributionPlan, options: PlanRun): Promise<readonly OperationOutcome[]> {
  const { durability, adapters, atOnce = AT_ONCE, earlier = [], onOutcome } = options;
  requireAdapters(plan, adapters);
  const done = new Map(earlier.filter(({ status }) => status === "done").map((outcome) => [outcome.id, outcome]));
  const run: RunNode<DistributionOperation, OperationOutcome> = async (operation, branch, ends) =>
    done.get(operation.id) ?? leftOut(operation, ends) ?? (await runOperation(operation, { branch, adapters, ends }));
  return runGraph(plan.operations, { durability, atOnce, onEnd: onOutcome }, run);
}

/** Throws for the first operation that cannot be done here: `no-adapter`, or what its adapter requires. */
export function requireAdapters(plan: DistributionPlan, adapters: Adapters): void {
  for (const operation of plan.operations) {
    const { kind, summary, setting } = operation;
    const adapter = adapters[kind] as OperationAdapter<OperationKind> | undefined;
    if (adapter === undefined) throw distributionError("no-adapter", { kind, summary, setting, available: Object.keys(adapters) });
    adapter.require?.(operation);
  }
}

function leftOut({ id, dependsOn }: DistributionOperation, ends: ReadonlyMap<string, OperationOutcome>): OperationOutcome | undefined {
  for (const dependency of dependsOn) {
    const end = ends.get(dependency);
    if (end?.status === "failed") return { id, status: "left-out", because: end.id };
    if (end?.status === "left-out") return { id, status: "left-out", because: end.because };
  }
  return undefined;
}

interface Surroundings {
  readonly branch: Durability;
  readonly adapters: Adapters;
  readonly ends: ReadonlyMap<string, OperationOutcome>;
}

async function runOperation(operation: DistributionOperation, { branch, adapters, ends }: Surroundings): Promise<OperationOutcome> {
  const { id } = operation;
  const adapter = adapters[operation.kind] as OperationAdapter<OperationKind>;
  const of = operation as OperationOf<OperationKind>;
  const resultOf = (earlier: string) => {
    const end = ends.get(earlier);
    if (end?.status === "done" && end.result !== undefined) return end.result;
    throw distributionError("no-result", { id, of: earlier });
  };
  let before: Json | undefined;
  try {
    before = await branch.step("look", (context) => adapter.look(of, { ...context, resultOf }));
    const result = await branch.step("run", async (context) => (await adapter.run(of, { ...context, resultOf })) ?? null);
    return { id, status: "done", before, ...(result !== null && { result }) };
  } catch (thrown) {
    // it was interrupted, and is continued
    if (branch.signal.aborted) throw thrown;
    return { id, status: "failed", message: describeCause(thrown), ...(before !== undefined && { before }) };
  }
}
