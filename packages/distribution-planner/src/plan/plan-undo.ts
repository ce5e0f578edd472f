import { planError } from "../errors.js";
import type { DistributionOperation, Undo } from "./operation.js";
import type { DistributionPlan } from "./plan.js";
import { wavesOf } from "./waves.js";

/** An undo step. */
export interface UndoStep extends Undo {
  readonly id: string;
  /** The operation that it undoes. */
  readonly undoes: string;
  readonly region: string;
  readonly accountId: string;
  /** The ids of steps that have to come before: those that undo what depends on the operation. */
  readonly dependsOn: readonly string[];
}

export interface UndoPlan {
  readonly steps: readonly UndoStep[];
  readonly waves: readonly (readonly string[])[];
}

/**
 * Plans the undo of finished operations in reverse order, each after the undo of the operations that depend on it. `done` are the ids of
 * the operations that succeeded or may have had an effect; by default all. Throws `unknown-operation` for an id that the plan does not
 * have.
 */
export function planUndo(plan: DistributionPlan, done: Iterable<string> = plan.operations.map(({ id }) => id)): UndoPlan {
  const known = new Set(plan.operations.map(({ id }) => id));
  const chosen = new Set(done);
  for (const id of chosen) if (!known.has(id)) throw planError("unknown-operation", { id });
  const back = plan.operations.filter(({ id }) => chosen.has(id)).reverse();
  // for each operation, the steps that have to come before its own; an operation without an undo hands them on to its dependencies
  const before = new Map<string, Set<string>>();
  const steps: UndoStep[] = [];
  for (const operation of back) {
    const own = before.get(operation.id) ?? new Set();
    const handedOn = operation.undo === undefined ? own : [stepId(operation.id)];
    for (const dependency of operation.dependsOn) addAll(before, dependency, handedOn);
    if (operation.undo !== undefined) steps.push(stepOf(operation, operation.undo, [...own]));
  }
  return { steps, waves: wavesOf(steps) };
}

function stepOf({ id, region, accountId }: DistributionOperation, undo: Undo, dependsOn: readonly string[]): UndoStep {
  return { id: stepId(id), undoes: id, region, accountId, ...undo, dependsOn };
}

function stepId(id: string): string {
  return `undo ${id}`;
}

function addAll(sets: Map<string, Set<string>>, key: string, values: Iterable<string>): void {
  const set = sets.get(key) ?? new Set();
  for (const value of values) set.add(value);
  sets.set(key, set);
}
