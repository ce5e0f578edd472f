import type { StepCall } from "@imagewright/workflow-engine";

/** The value of an input that the schema says is a text; undefined if it was left out. */
export function inputText({ inputs }: Pick<StepCall, "inputs">, name: string): string | undefined {
  const value = inputs[name];
  return typeof value === "string" ? value : undefined;
}

/** The value of the input `instanceId`, which the schema requires. */
export function instanceIdInput(call: Pick<StepCall, "inputs">): string {
  return inputText(call, "instanceId") ?? "";
}
