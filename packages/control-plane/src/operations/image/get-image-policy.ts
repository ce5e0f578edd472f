import { defineOperation } from "../../operation-definition.js";
import { policyOf } from "../../resources/policies.js";
import { IMAGE } from "./image-arn.js";

/** The resource policy of a build of an image, or `{}`. Source: API model, `GetImagePolicyResponse.policy`. */
export const getImagePolicy = defineOperation({
  name: "GetImagePolicy",
  run: async ({ imageArn }, context) => ({ policy: await policyOf(context, imageArn, IMAGE, "{}") }),
});
