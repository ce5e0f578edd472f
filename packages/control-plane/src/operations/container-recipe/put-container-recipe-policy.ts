import { defineOperation } from "../../operation-definition.js";
import { putPolicy } from "../../resources/policies.js";

/** Sets the resource policy of a version of a container recipe. Source: API model. */
export const putContainerRecipePolicy = defineOperation({
  name: "PutContainerRecipePolicy",
  run: async ({ containerRecipeArn: arn, policy }, context) => ({
    containerRecipeArn: await putPolicy(context, arn, policy, {
      parameter: "containerRecipeArn",
      types: ["container-recipe"],
      levels: ["version"],
    }),
  }),
});
