import type {
  Api,
  WorkflowExecutionStatus,
  WorkflowStepExecutionStatus,
  WorkflowStepRollbackStatus,
} from "@imagewright/imagebuilder-model";
import type { Json } from "@imagewright/durability";
import type { WorkflowType } from "../actions/step-action.js";
import type { StepFailureData } from "../errors.js";

/** A run of a workflow, with the members and states that the API has for it. Source: API model, `WorkflowExecutionMetadata`. */
export interface WorkflowExecution {
  readonly workflowExecutionId: string;
  readonly workflowBuildVersionArn?: string | undefined;
  readonly type: WorkflowType;
  readonly status: WorkflowExecutionStatus;
  readonly message?: string | undefined;
  /** The number of steps in the document, from the start. */
  readonly totalStepCount: number;
  readonly totalStepsSucceeded: number;
  readonly totalStepsFailed: number;
  readonly totalStepsSkipped: number;
  /** ISO 8601. */
  readonly startTime?: string | undefined;
  readonly endTime?: string | undefined;
  readonly parallelGroup?: string | undefined;
  /** Not of the API: all steps, in order. */
  readonly steps: readonly StepExecution[];
  /** Not of the API: the outputs, once the workflow has completed. */
  readonly outputs: Readonly<Record<string, Json>>;
  /** Not of the API: the failure that has ended the workflow. */
  readonly failure?: StepExecutionFailure | undefined;
}

/** A step of such a run. Source: API model, `WorkflowStepMetadata`. */
export interface StepExecution {
  readonly stepExecutionId: string;
  readonly name: string;
  readonly description?: string | undefined;
  readonly action: string;
  readonly status: WorkflowStepExecutionStatus;
  readonly rollbackStatus?: WorkflowStepRollbackStatus | undefined;
  readonly message?: string | undefined;
  /** JSON. */
  readonly inputs?: string | undefined;
  /** JSON; of a failed step, the message. */
  readonly outputs?: string | undefined;
  readonly startTime?: string | undefined;
  readonly endTime?: string | undefined;
  readonly attemptNumber: number;
  readonly maxAttempts: number;
}

export interface StepExecutionFailure extends StepFailureData {
  readonly stepExecutionId: string;
  readonly failedStep: string;
}

const IMAGE_STATUS: Readonly<Record<WorkflowType, NonNullable<Api.ImageFailureContext["imageStatus"]>>> = {
  BUILD: "BUILDING",
  TEST: "TESTING",
  DISTRIBUTION: "DISTRIBUTING",
};

/** The failure context of an image whose creation this run has ended; undefined if it has not failed. Source: API model. */
export function failureContextOf(execution: WorkflowExecution): Api.ImageFailureContext | undefined {
  const { failure, type, workflowExecutionId, workflowBuildVersionArn } = execution;
  if (failure === undefined) return undefined;
  const { stepExecutionId, failedStep, componentFailure, distributionFailure } = failure;
  return {
    imageStatus: IMAGE_STATUS[type],
    workflowExecutionId,
    ...(workflowBuildVersionArn !== undefined && { workflowArn: workflowBuildVersionArn }),
    ...{ stepExecutionId, failedStep },
    ...(componentFailure !== undefined && { componentFailure }),
    ...(distributionFailure !== undefined && { distributionFailure }),
  };
}

/** The reason for the state FAILED of an image. Source: guide chapter 51. */
export function failureReasonOf({ workflowExecutionId, message }: WorkflowExecution): string {
  return `Workflow Execution ID: ${workflowExecutionId} failed with reason: ${message ?? ""}`;
}
