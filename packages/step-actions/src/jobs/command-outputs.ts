import { createHash } from "node:crypto";
import type { StepActionOutputs, StepCall } from "@imagewright/workflow-engine";

/** The outputs of a step whose command has succeeded. Commands have no ids of their own here: the id is one of the step. */
export function commandOutputs(
  { stepExecutionId }: Pick<StepCall, "stepExecutionId">,
  output: string | readonly string[],
): StepActionOutputs {
  return { runCommandId: commandIdOf(stepExecutionId), status: "Success", output: typeof output === "string" ? output : [...output] };
}

/** A UUID, as ids of commands are: the same in each process that runs the step. */
export function commandIdOf(stepExecutionId: string): string {
  const digest = createHash("sha256").update(`command ${stepExecutionId}`).digest("hex").slice(0, 32);
  return digest.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
