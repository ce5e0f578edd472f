import { planComponents, type ComponentPlan } from "@imagewright/component-runner";
import type { Configuration } from "@imagewright/configuration";
import type { PreparedDocument } from "@imagewright/document-engine";
import { runContext } from "./run-context.js";

/** Predicts what documents would change on this machine. */
export async function planHere(
  documents: readonly PreparedDocument[],
  phases: readonly string[] | undefined,
  configuration: Configuration,
  signal: AbortSignal,
): Promise<ComponentPlan> {
  const plan = await planComponents({ ...runContext(configuration, signal), documents, phases, signal });
  signal.throwIfAborted();
  return plan;
}
