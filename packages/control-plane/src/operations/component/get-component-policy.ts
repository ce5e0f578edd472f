import { defineOperation } from "../../operation-definition.js";
import { policyOf } from "../../resources/policies.js";

/** The resource policy of a build of a component. Source: API model. */
export const getComponentPolicy = defineOperation({
  name: "GetComponentPolicy",
  run: async ({ componentArn: arn }, context) => ({
    policy: await policyOf(context, arn, { parameter: "componentArn", types: ["component"], levels: ["build"] }),
  }),
});
