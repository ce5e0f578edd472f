import type { Durability, Json } from "@imagewright/durability";
import type { EnumValue } from "@imagewright/imagebuilder-model";
import type { JsonSchema } from "@imagewright/yaml-syntax";
import type { WorkflowValueType } from "./value-type.js";

/** The stage of image creation that a workflow is for. */
export type WorkflowType = EnumValue<"WorkflowType">;

/** What a step action takes, gives and allows: enough to check documents. Source: guide chapter 38. */
export interface StepActionContract {
  /** The value of `action:` in a document, such as `LaunchInstance`. */
  readonly name: string;
  /** What it does, in one sentence. */
  readonly summary: string;
  /** The types of workflows that may use it. */
  readonly workflowTypes: readonly WorkflowType[];
  /** The JSON Schema (draft 07) of `inputs`. Text counts as a boolean or number where the schema asks for one. */
  readonly input: JsonSchema;
  /** The input that has to be an instance which a step has launched. */
  readonly launchedInstance?: string;
  readonly outputs: Readonly<Record<string, StepActionOutput>>;
  readonly timeoutSeconds: { readonly default: number; readonly maximum: number };
  /** What a rollback of a step undoes, in one sentence; undefined if there is none. */
  readonly rollback?: string;
}

export interface StepActionOutput {
  readonly type: WorkflowValueType;
  /** What it is, in one sentence. */
  readonly description: string;
  /** Whether it is an instance that the step has launched. */
  readonly isLaunchedInstance?: boolean;
}

/** A step action that can be run. */
export interface StepAction extends StepActionContract {
  /**
   * Does the work of a step and returns its outputs. All effects are steps of `call.durability`; what is thrown fails the step, with
   * `stepFailed` if there is more to say than a message.
   */
  readonly run: (call: StepCall) => Promise<StepActionOutputs>;
  /** Undoes a step that has run, has failed, or was interrupted; outputs are known only of a step that completed. */
  readonly rollBack?: (call: StepRollbackCall) => Promise<void>;
}

export type StepActionOutputs = Readonly<Record<string, Json>>;

export interface StepCall {
  /** The inputs, with all references resolved, as the schema of the contract describes them. */
  readonly inputs: Readonly<Record<string, Json>>;
  /** The same in each process that runs this step, and in its rollback: what the step creates is found again by it. */
  readonly stepExecutionId: string;
  readonly workflowExecutionId: string;
  readonly stepName: string;
  readonly workflowType: WorkflowType;
  /** The port for all effects. Its steps and waits end when the step's time is over. */
  readonly durability: Durability;
}

export interface StepRollbackCall extends StepCall {
  readonly outputs: StepActionOutputs | undefined;
}
