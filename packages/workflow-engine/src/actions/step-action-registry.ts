import type { StepAction, StepActionContract } from "./step-action.js";

/** The step actions that a program knows, by name: contracts, or actions that can be run. */
export interface StepActionRegistry<Action extends StepActionContract = StepActionContract> {
  get(name: string): Action | undefined;
  /** Sorted. */
  readonly names: readonly string[];
}

/** Makes a registry. Throws an Error for two actions of the same name, which is a bug of the program. */
export function createStepActionRegistry<Action extends StepActionContract>(actions: readonly Action[]): StepActionRegistry<Action> {
  const byName = new Map(actions.map((action) => [action.name, action]));
  const repeated = actions.find((action) => byName.get(action.name) !== action);
  if (repeated !== undefined) throw new Error(`two step actions are named ${repeated.name}`);
  return { names: [...byName.keys()].sort(), get: (name) => byName.get(name) };
}

/** Whether a contract has an implementation. */
export function isRunnableAction(action: StepActionContract): action is StepAction {
  return "run" in action;
}
