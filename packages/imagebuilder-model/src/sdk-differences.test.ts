import * as sdk from "@aws-sdk/client-imagebuilder";
import { describe, expect, test } from "@jest/globals";
import { enumValues, errorNames, operationNames, operationOf, shapeNames, shapeOf, type EnumName } from "./index.js";
import type { StructureShape } from "./shapes/shape.js";

// the client carries its schemas as arrays: [kind, namespace, name, traits, members, schemas, number of required members]
const [STRUCTURE, ERROR, OPERATION] = [3, -3, 9];
const schemas = Object.values(sdk).filter((value): value is never => Array.isArray(value)) as unknown as [
  number,
  string,
  string,
  ...unknown[],
][];
const ofKind = (...kinds: number[]) => new Map(schemas.filter(([kind]) => kinds.includes(kind)).map((schema) => [schema[2], schema]));
const theirStructures = ofKind(STRUCTURE, ERROR);
const structureNames = shapeNames().filter((name) => shapeOf(name).type === "structure");
const structureOf = (name: (typeof structureNames)[number]) => shapeOf(name) as StructureShape;

/** Of each structure that both have, what `compare` finds. */
function differences(compare: (ours: StructureShape, theirs: readonly string[], required: number) => string[]): string[] {
  return structureNames.flatMap((name) => {
    const schema = theirStructures.get(name);
    if (schema === undefined) return [];
    const [, , , , members, , required = 0] = schema as unknown as [number, string, string, unknown, string[], unknown, number?];
    return compare(structureOf(name), members, required).map((text) => `${name}.${text}`);
  });
}

// a newer version of the SDK that has more of them fails this test: the generator then leaves them to the SDK
describe("what only the model has", () => {
  test("structures", () => {
    expect(structureNames.filter((name) => !theirStructures.has(name))).toEqual([
      "ComponentFailureContext",
      "DistributionFailureContext",
      "ImageFailureContext",
      "RegionFailure",
    ]);
  });

  test("members", () => {
    expect(differences(({ members }, theirs) => Object.keys(members).filter((member) => !theirs.includes(member)))).toEqual([
      "CreateContainerRecipeRequest.dryRun",
      "CreateDistributionConfigurationRequest.dryRun",
      "CreateImagePipelineRequest.dryRun",
      "CreateImageRecipeRequest.amiWatermarks",
      "CreateImageRecipeRequest.dryRun",
      "CreateInfrastructureConfigurationRequest.dryRun",
      "CreateLifecyclePolicyRequest.dryRun",
      "GetWorkflowStepExecutionResponse.attemptNumber",
      "GetWorkflowStepExecutionResponse.maxAttempts",
      "ImageRecipe.amiWatermarks",
      "ImageState.failureContext",
      "WorkflowStepMetadata.attemptNumber",
      "WorkflowStepMetadata.maxAttempts",
    ]);
  });

  test("enums and their values", () => {
    const enums = shapeNames().filter((name): name is EnumName => "enum" in shapeOf(name));
    const theirs = (name: EnumName): readonly string[] =>
      Object.values((sdk as unknown as Record<string, Record<string, string>>)[name] ?? {});
    expect(
      enums.flatMap((name) =>
        enumValues(name)
          .filter((value) => !theirs(name).includes(value))
          .map((value) => `${name}.${value}`),
      ),
    ).toEqual([
      "ImageConfigurationStep.ASSOCIATE_LICENSES",
      "ImageConfigurationStep.UPDATE_LAUNCH_TEMPLATES",
      "ImageConfigurationStep.PUT_SSM_PARAMETERS",
      "ImageConfigurationStep.UPDATE_FAST_LAUNCH_CONFIGURATIONS",
      "ImageConfigurationStep.EXPORT_AMI",
      "RegionFailureStatus.FAILED",
      "RegionFailureStatus.CANCELLED",
      "RegionFailureStatus.TIMED_OUT",
    ]);
  });
});

describe("what only the SDK has", () => {
  test("structures", () => {
    expect([...theirStructures.keys()].filter((name) => !structureNames.some((known) => known === name))).toEqual([
      "ImagebuilderServiceException",
    ]); // the class of all errors
  });

  test("members", () => {
    expect(differences(({ members }, theirs) => theirs.filter((member) => !Object.hasOwn(members, member)))).toEqual([]);
  });

  test("values of enums", () => {
    const theirs = Object.entries(sdk).filter(([name]) => shapeNames().some((known) => known === name && "enum" in shapeOf(known)));
    expect(
      theirs.flatMap(([name, values]) =>
        Object.values(values as Readonly<Record<string, unknown>>).filter(
          (value) => !(enumValues(name as EnumName) as unknown[]).includes(value),
        ),
      ),
    ).toEqual([]);
    expect(theirs.length).toBeGreaterThan(30);
  });
});

describe("what both have", () => {
  test("the same members are required, except idempotency tokens, which the SDK fills in", () => {
    const found = differences(({ required = [], idempotencyToken = [] }, theirs, count) => {
      const asked = required.filter((member) => !idempotencyToken.includes(member));
      const theirAsked = theirs.slice(0, count);
      return [...asked.filter((member) => !theirAsked.includes(member)), ...theirAsked.filter((member) => !asked.includes(member))];
    });
    expect(found).toEqual([]);
  });

  test("operations are called in the same way", () => {
    const theirs = ofKind(OPERATION);
    expect([...theirs.keys()].sort()).toEqual([...operationNames()].sort());
    for (const name of operationNames()) {
      const { method, path, status } = operationOf(name);
      expect([name, (theirs.get(name)?.[3] as { http: unknown }).http]).toEqual([name, [method, path, status]]);
    }
  });

  test("errors have the same status", () => {
    for (const name of errorNames()) {
      const { status } = structureOf(name);
      const traits = theirStructures.get(name)?.[3] as { httpError?: number } | undefined;
      expect([name, traits?.httpError ?? 400]).toEqual([name, status]);
    }
  });
});
