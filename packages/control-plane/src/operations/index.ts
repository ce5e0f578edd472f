import type { OperationName } from "@imagewright/imagebuilder-model";
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
import { tagOperations } from "./tags/index.js";
import { workflowExecutionOperations } from "./workflow-execution/index.js";
import { workflowOperations } from "./workflow/index.js";

/** Every operation of the model by its name; each has a file of its own. */
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

type Missing = Exclude<OperationName, keyof typeof OPERATIONS>;

// does not compile if an operation of the model is missing
const complete: [Missing] extends [never] ? true : Missing = true;
void complete;

/** What an operation does. */
export function handlerOf(operation: OperationName): OperationDefinition {
  return OPERATIONS[operation] as unknown as OperationDefinition;
}
