import { quote, type DiagnosticCollector } from "@imagewright/diagnostics";
import type { ScalarNode } from "@imagewright/yaml-syntax";
import type { StepActionContract } from "../actions/step-action.js";
import type { KnownReference } from "../references/type-of-reference.js";
import { hasReference, onlyReference } from "../references/workflow-reference.js";

/**
 * Most actions work only on an instance that a step has launched: of this workflow, or, where its id is the output of an earlier workflow
 * or the value of a parameter, of that one. Source: guide chapter 38, constraints of `instanceId`.
 */
export function checkLaunchedInstance(
  scalar: ScalarNode,
  known: KnownReference,
  { name, launchedInstance = "" }: StepActionContract,
  found: DiagnosticCollector,
): void {
  const reference = onlyReference(scalar);
  const isOther = reference?.root === "imagebuilder" || reference?.root === "stepOutputs";
  const isLaunched = known === undefined || !("type" in known) || known.output?.isLaunchedInstance === true;
  if (hasReference(scalar) && (!isOther || isLaunched)) return;
  const help = `write "${launchedInstance}.$: $.stepOutputs.STEP.instanceId", with the name of the step that launches the instance`;
  const value = reference === undefined ? `found ${quote(scalar.text)}` : `${quote(reference.written)} is another value`;
  const message = `${quote(launchedInstance)} of ${name} must be an instance that a step of the workflow has launched; ${value}`;
  found.error("instance-not-launched", scalar.span, message, { help });
}
