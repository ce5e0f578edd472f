import type { Json } from "@imagewright/durability";
import type { StepAction, StepActionContract } from "../actions/step-action.js";
import { createStepActionRegistry, type StepActionRegistry } from "../actions/step-action-registry.js";
import type { CheckedWorkflow } from "../check/check-workflow.js";
import { stepFailed, workflowError } from "../errors.js";
import { systemVariableName } from "../references/system-variables.js";
import { workflowScalars } from "../references/workflow-scalars.js";
import { isReference, textParts } from "../references/workflow-reference.js";
import { runWorkflow } from "../run/run-workflow.js";
import type { WorkflowExecution } from "../run/workflow-execution.js";
import { sampleParameter, sampleValue, sampleVariables } from "./sample-values.js";
import { SimulatedDurability } from "./simulated-durability.js";

export const SIMULATED_OUTCOMES = ["ok", "fail", "time-out", "skip"] as const;
export type SimulatedOutcome = (typeof SIMULATED_OUTCOMES)[number];

export interface SimulationRequest {
  /** Checked without errors. */
  readonly workflow: CheckedWorkflow;
  readonly registry: StepActionRegistry;
  /**
   * How steps end, by name. `skip` stands for an `if` that does not hold, the others for one that does. Without an outcome the step's `if`
   * decides, and the step succeeds.
   */
  readonly outcomes?: ReadonlyMap<string, SimulatedOutcome> | undefined;
  /** Parameters without a value have samples. */
  readonly parameters?: ReadonlyMap<string, readonly string[]> | undefined;
  /** System variables that differ from the samples, which are of a Linux AMI. */
  readonly variables?: Readonly<Record<string, Json>> | undefined;
  readonly workflowOutputs?: ReadonlyMap<string, Json> | undefined;
}

/**
 * Runs a workflow without effects: what would run, be skipped and be rolled back. The execution has no times. Errors: parameters-not-valid.
 */
export async function simulateWorkflow(request: SimulationRequest): Promise<WorkflowExecution> {
  const { workflow, registry, outcomes, parameters = new Map<string, readonly string[]>(), workflowOutputs = [] } = request;
  const missing = workflow.parameters.filter(({ name, default: value }) => value === undefined && !parameters.has(name.text));
  const actions = registry.names.flatMap((name) => registry.get(name) ?? []).map((contract) => simulatedAction(contract, request));
  const execution = await runWorkflow({
    ...{ workflow, actions: createStepActionRegistry(actions), durability: new SimulatedDurability() },
    parameters: new Map([...missing.map((parameter) => [parameter.name.text, sampleParameter(parameter)] as const), ...parameters]),
    variables: { ...sampleVariables(workflow.type), ...request.variables },
    workflowOutputs: new Map([...sampleOutputs(workflow), ...workflowOutputs]),
    decideStep: ({ name }) => {
      const outcome = outcomes?.get(name.text);
      return outcome === undefined ? undefined : outcome !== "skip";
    },
    isSample: ({ root, name }) => {
      if (root === "parameters") return missing.some((parameter) => parameter.name.text === name);
      if (root === "imagebuilder") return !Object.hasOwn(request.variables ?? {}, systemVariableName(name) ?? name);
      return root === "stepOutputs" || !new Map(workflowOutputs).has(name);
    },
  });
  return { ...withoutTimes(execution), steps: execution.steps.map(withoutTimes) };
}

/** Nothing takes time in a simulation. */
function withoutTimes<Timed extends Pick<WorkflowExecution, "startTime" | "endTime">>({ startTime: _, endTime: __, ...others }: Timed) {
  return others;
}

function simulatedAction(contract: StepActionContract, { workflow, outcomes }: SimulationRequest): StepAction {
  return {
    ...contract,
    run: async ({ stepName }) => {
      const outcome = outcomes?.get(stepName);
      const given = workflow.steps.find(({ name }) => name.text === stepName)?.timeoutSeconds?.value;
      if (outcome === "time-out") throw workflowError("step-timed-out", { seconds: given ?? contract.timeoutSeconds.default });
      if (outcome === "fail") throw stepFailed({ message: "it was chosen to fail" });
      const outputs = Object.entries(contract.outputs).map(([name, { type }]) => [name, sampleValue(type, `${stepName}.${name}`)] as const);
      return Promise.resolve(Object.fromEntries(outputs));
    },
    ...(contract.rollback !== undefined && { rollBack: async () => Promise.resolve() }),
  };
}

/** Outputs of earlier workflows, as far as the workflow refers to any. */
function sampleOutputs(workflow: CheckedWorkflow): (readonly [string, Json])[] {
  return [...workflowScalars(workflow)]
    .flatMap(textParts)
    .flatMap((part) => (isReference(part) && part.root === "workflowOutputs" ? [[part.name, part.name] as const] : []));
}
