import { defineOperation } from "../../operation-definition.js";
import { putPolicy } from "../../resources/policies.js";
import { IMAGE } from "./image-arn.js";

/** Sets the resource policy of a build of an image. Source: API model. */
export const putImagePolicy = defineOperation({
  name: "PutImagePolicy",
  run: async ({ imageArn, policy }, context) => ({ imageArn: await putPolicy(context, imageArn, policy, IMAGE) }),
});
