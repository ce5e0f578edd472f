import { invalidValue } from "../../errors/api-errors.js";
import { defineOperation } from "../../operation-definition.js";
import { arnIn, findResource } from "../../resources/find-resource.js";

const name = "GetMarketplaceResource";

/**
 * What AWS Marketplace gives of a component. A server of one's own has no marketplace, so nothing that is asked for is there: the answer is
 * ResourceNotFoundException, and InvalidParameterValueException for what no marketplace has. Source: API model.
 */
export const getMarketplaceResource = defineOperation({
  name,
  run: async ({ resourceArn }, context) => {
    const named = { parameter: "resourceArn", types: ["component"] } as const;
    const { owner } = arnIn(name, resourceArn, named);
    if (owner !== "aws-marketplace")
      throw invalidValue(
        name,
        "resourceArn",
        `the component is of the owner '${owner}'; allowed: components of the owner 'aws-marketplace'`,
      );
    const { arn } = await findResource(context, resourceArn, named);
    throw invalidValue(name, "resourceArn", `the component '${arn}' is stored here, but this server has no marketplace to ask for it`);
  },
});
