import { ApiError, type OperationName } from "@imagewright/imagebuilder-model";
import type { OperationDefinition } from "../operation-definition.js";
import { componentOperations } from "./component/index.js";
import { containerRecipeOperations } from "./container-recipe/index.js";
import { distributionConfigurationOperations } from "./distribution-configuration/index.js";
import { imagePipelineOperations } from "./image-pipeline/index.js";
import { imageRecipeOperations } from "./image-recipe/index.js";
import { imageOperations } from "./image/index.js";
import { infrastructureConfigurationOperations } from "./infrastructure-configuration/index.js";
import { lifecycleExecutionOperations } from "./lifecycle-execution/index.js";
import { lifecyclePolicyOperations } from "./lifecycle-policy/index.js";
import { marketplaceOperations } from "./marketplace/index.js";
import type { NOT_THERE_YET } from "./not-there-yet.js";
import { tagOperations } from "./tags/index.js";
import { workflowExecutionOperations } from "./workflow-execution/index.js";
import { workflowOperations } from "./workflow/index.js";

/** Every operation that there is, by its name in the model; each has a file of its own. */
export const OPERATIONS = {
  ...componentOperations,
  ...containerRecipeOperations,
  ...distributionConfigurationOperations,
  ...imageOperations,
  ...imagePipelineOperations,
  ...imageRecipeOperations,
  ...infrastructureConfigurationOperations,
  ...lifecycleExecutionOperations,
  ...lifecyclePolicyOperations,
  ...marketplaceOperations,
  ...tagOperations,
  ...workflowExecutionOperations,
  ...workflowOperations,
};

type Missing = Exclude<OperationName, keyof typeof OPERATIONS | (typeof NOT_THERE_YET)[number]>;
type Both = Extract<keyof typeof OPERATIONS, (typeof NOT_THERE_YET)[number]>;

// does not compile if an operation of the model is in neither list, or in both
const complete: [Missing, Both] extends [never, never] ? true : [Missing, Both] = true;
void complete;

/** The handler of an operation. Throws InvalidRequestException for one that is not there yet: clients must not send it again. */
export function handlerOf(operation: OperationName): OperationDefinition {
  const handlers: Partial<Record<OperationName, unknown>> = OPERATIONS;
  const handler = handlers[operation];
  if (handler === undefined)
    throw new ApiError("InvalidRequestException", `The operation ${operation} is not available on this server yet.`);
  return handler as OperationDefinition;
}
