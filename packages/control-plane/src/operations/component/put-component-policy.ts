import { defineOperation } from "../../operation-definition.js";
import { putPolicy } from "../../resources/policies.js";

/** Sets the resource policy of a build of a component. Source: API model. */
export const putComponentPolicy = defineOperation({
  name: "PutComponentPolicy",
  run: async ({ componentArn: arn, policy }, context) => ({
    componentArn: await putPolicy(context, arn, policy, { parameter: "componentArn", types: ["component"], levels: ["build"] }),
  }),
});
