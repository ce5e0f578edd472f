import { defineOperation } from "../../operation-definition.js";
import { policyOf } from "../../resources/policies.js";

/** The resource policy of a version of an image recipe. Source: API model. */
export const getImageRecipePolicy = defineOperation({
  name: "GetImageRecipePolicy",
  run: async ({ imageRecipeArn: arn }, context) => ({
    policy: await policyOf(context, arn, { parameter: "imageRecipeArn", types: ["image-recipe"], levels: ["version"] }),
  }),
});
