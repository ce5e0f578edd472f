import { isRunnable, type ActionModule, type ActionRegistry, type Platform } from "@imagewright/action-contract";
import type { Diagnostic } from "@imagewright/diagnostics";
import type { ComponentDocument, Step } from "../syntax/document.js";
import { selectPhases } from "./check-phases.js";
import { describeNotRunnable } from "./describe-not-runnable.js";

/** The module of an action on a platform; undefined if there is none, or only a contract. */
export function runnableAction(name: string, registry: ActionRegistry, platform: Platform): ActionModule<unknown> | undefined {
  const action = registry.get(name, platform);
  return action !== undefined && isRunnable(action) ? action : undefined;
}

/** The steps of a run of whose actions this program has only the contracts on the platform. */
export function stepsNotRunnable(
  document: ComponentDocument,
  phases: readonly string[] | undefined,
  registry: ActionRegistry,
  platform: Platform,
): readonly Step[] {
  const steps = selectPhases(document, phases).flatMap((phase) => phase.steps);
  return steps.filter(({ action }) => {
    const known = registry.get(action.text, platform);
    return known !== undefined && !isRunnable(known);
  });
}

/** Reports, as one fault, that a document cannot run because this program has only the contracts of some of its actions. */
export function checkRunnable(
  document: ComponentDocument,
  phases: readonly string[] | undefined,
  registry: ActionRegistry,
  platform: Platform,
): Diagnostic[] {
  const steps = stepsNotRunnable(document, phases, registry, platform);
  const [first] = steps;
  if (first === undefined) return [];
  const actions = new Set(steps.map(({ action }) => action.text));
  return [{ code: "action-not-runnable", severity: "error", span: first.action.span, message: describeNotRunnable(actions, platform) }];
}
