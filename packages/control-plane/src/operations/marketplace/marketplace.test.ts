import { expect, test } from "@jest/globals";
import { ARN, Scene } from "../../testing/scene.js";

const scene = new Scene();
const marketplace = "arn:aws:imagebuilder:eu-west-1:aws-marketplace:component/scanner/1.0.0/1";
const invalid = "InvalidParameterValueException: The value supplied for parameter 'resourceArn' is not valid. ";

test.each([
  [marketplace, `ResourceNotFoundException: Resource of type 'Component' with identifier '${marketplace}' cannot be found.`],
  [
    `${ARN}component/own/1.0.0/1`,
    `${invalid}the component is of the owner '123456789012'; allowed: components of the owner 'aws-marketplace'.`,
  ],
  [`${ARN}image/own/1.0.0/1`, `${invalid}the ARN is of an image; allowed here: "component".`],
])("GetMarketplaceResource of %s", async (resourceArn, expected) => {
  for (const resourceType of ["COMPONENT_DATA", "COMPONENT_ARTIFACT"])
    expect(await scene.refused("GetMarketplaceResource", { resourceType, resourceArn })).toBe(expected);
});
