import { defineOperation } from "../../operation-definition.js";
import { policyOf } from "../../resources/policies.js";

/** The resource policy of a version of a container recipe, or `{}`. Source: API model, the member `policy` of the response. */
export const getContainerRecipePolicy = defineOperation({
  name: "GetContainerRecipePolicy",
  run: async ({ containerRecipeArn: arn }, context) => ({
    policy: await policyOf(context, arn, { parameter: "containerRecipeArn", types: ["container-recipe"], levels: ["version"] }, "{}"),
  }),
});
