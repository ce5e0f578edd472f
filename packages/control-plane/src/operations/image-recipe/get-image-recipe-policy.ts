import { defineOperation } from "../../operation-definition.js";
import { policyOf } from "../../resources/policies.js";

/** The resource policy of a version of an image recipe, or `{}`. Source: API model, the member `policy` of the response. */
export const getImageRecipePolicy = defineOperation({
  name: "GetImageRecipePolicy",
  run: async ({ imageRecipeArn: arn }, context) => ({
    policy: await policyOf(context, arn, { parameter: "imageRecipeArn", types: ["image-recipe"], levels: ["version"] }, "{}"),
  }),
});
