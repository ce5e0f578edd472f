import { defineOperation } from "../../operation-definition.js";
import { findResource } from "../../resources/find-resource.js";
import { IMAGE } from "./image-arn.js";

/** The resource policy of a build of an image, or `{}`. Source: API model, `GetImagePolicyResponse.policy`. */
export const getImagePolicy = defineOperation({
  name: "GetImagePolicy",
  run: async ({ imageArn }, context) => ({ policy: (await findResource(context, imageArn, IMAGE)).policy ?? "{}" }),
});
