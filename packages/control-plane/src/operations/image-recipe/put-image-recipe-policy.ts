import { defineOperation } from "../../operation-definition.js";
import { putPolicy } from "../../resources/policies.js";

/** Sets the resource policy of a version of an image recipe. Source: API model. */
export const putImageRecipePolicy = defineOperation({
  name: "PutImageRecipePolicy",
  run: async ({ imageRecipeArn: arn, policy }, context) => ({
    imageRecipeArn: await putPolicy(context, arn, policy, { parameter: "imageRecipeArn", types: ["image-recipe"], levels: ["version"] }),
  }),
});
