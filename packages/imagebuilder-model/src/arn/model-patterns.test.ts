import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { readArn, schemaOf, type ResourceType, type ShapeName } from "../index.js";
import { RESOURCE_TYPES } from "./resource-types.js";

type TypeOfApi = Exclude<ResourceType, `${string}-execution`>;

/** The shapes that say what ARNs of a type look like; where none fits a level, the one of all types does. */
const SHAPES: Readonly<Record<TypeOfApi, readonly ShapeName[]>> = {
  component: ["ComponentVersionArnOrBuildVersionArn"],
  image: ["ImageVersionArnOrBuildVersionArn"],
  "workflow/build": ["WorkflowVersionArnOrBuildVersionArn"],
  "workflow/test": ["WorkflowVersionArnOrBuildVersionArn"],
  "workflow/distribution": ["WorkflowVersionArnOrBuildVersionArn"],
  "image-recipe": ["ImageRecipeArn"],
  "container-recipe": ["ContainerRecipeArn"],
  "image-pipeline": ["ImagePipelineArn"],
  "infrastructure-configuration": ["InfrastructureConfigurationArn"],
  "distribution-configuration": ["DistributionConfigurationArn"],
  "lifecycle-policy": ["LifecyclePolicyArn"],
};

describe("the patterns of the API model", () => {
  const patternOf = (shape: ShapeName) => new RegExp(schemaOf(shape)["pattern"] as string, "u");

  const partition = fc.constantFrom("aws", "aws-cn", "aws-us-gov", "aws1", "awsX", "azure", "");
  const region = fc.constantFrom("us-west-2", "us-gov-east-1", "local", "Mars", "us-west", "");
  const owner = fc.constantFrom("123456789012", "1234", "aws", "aws-marketplace", "aws-a--b", "aws-", "third-party", "awsx", "AWS", "");
  const type = fc.constantFrom(...(Object.keys(SHAPES) as TypeOfApi[]));
  const name = fc.constantFrom("web", "a_b-c1", "-", "Web", "a.b", "a b", "");

  /** ARNs with something after the name, or with nothing if the type has no versions. */
  const versionPart = (of: TypeOfApi) =>
    RESOURCE_TYPES[of].depth === "none"
      ? fc.constantFrom("", "/1.0.0")
      : fc.constantFrom("/1.0.0", "/2021.01.01", "/1.0.0/2", "/1.0", "/1.0.0/x", "/", "/1.0.0/");

  test.each(Object.keys(SHAPES) as TypeOfApi[])("what is accepted of %s is what the model accepts", (type) => {
    const model = SHAPES[type].map(patternOf);
    fc.assert(
      fc.property(partition, region, owner, name, versionPart(type), (partition, region, owner, name, version) => {
        const arn = `arn:${partition}:imagebuilder:${region}:${owner}:${type}/${name}${version}`;
        expect([arn, readArn(arn).value !== undefined]).toEqual([arn, model.some((pattern) => pattern.test(arn))]);
      }),
      { numRuns: 2000 },
    );
  });

  test("ARNs without a version or with wildcards are among those of any resource", () => {
    const any = patternOf("ImageBuilderArn");
    fc.assert(
      fc.property(
        partition,
        region,
        owner,
        type,
        name,
        fc.constantFrom("", "/x.x.x", "/1.x.x"),
        (partition, region, owner, type, name, version) => {
          const arn = `arn:${partition}:imagebuilder:${region}:${owner}:${type}/${name}${version}`;
          if (readArn(arn).value !== undefined) expect(arn).toMatch(any);
        },
      ),
      { numRuns: 2000 },
    );
  });
});
