import { checkPlain, type JsonSchema } from "@imagewright/yaml-syntax";
import { describe, expect, test } from "@jest/globals";
import { Ajv } from "ajv";
import { enumValues, extending, optional, schemaOf, shapeNames, shapeOf, structureSchemaOf, withDefinition, without } from "../index.js";

const faults = (value: unknown, schema: JsonSchema) => checkPlain(value, schema, "the request").faults;
const ARN = "arn:aws:imagebuilder:eu-west-1:123456789012";

describe("the schema of a shape", () => {
  test("each is valid in ajv's strict mode, and each call returns the same object", () => {
    const ajv = new Ajv({ strict: true, allowUnionTypes: true });
    ajv.addVocabulary(["patternDescription"]);
    for (const name of shapeNames()) {
      expect(() => ajv.compile(schemaOf(name))).not.toThrow();
      expect(schemaOf(name)).toBe(schemaOf(name));
    }
  });

  test("a shape that is used several times is defined once", () => {
    const text = JSON.stringify(schemaOf("GetImageResponse"));
    expect(text.split('"$ref":"#/definitions/NonEmptyString"')).toHaveLength(1); // simple texts stand where they are
    expect(text.split('"$ref":"#/definitions/TagMap"').length).toBeGreaterThan(4);
    expect(text.length).toBeLessThan(30_000);
  });

  test("a structure has required members and rejects unknown ones", () => {
    expect(schemaOf("AutoDisablePolicy")).toEqual({
      type: "object",
      properties: { failureCount: { type: "integer", minimum: 1, maximum: 10 } },
      required: ["failureCount"],
      additionalProperties: false,
    });
    expect(faults({}, schemaOf("AutoDisablePolicy"))).toEqual(['the request must have "failureCount"']);
    expect(faults({ failureCont: 3 }, schemaOf("AutoDisablePolicy"))).toEqual([
      'the request: unknown key "failureCont"; allowed: "failureCount"; did you mean "failureCount"?',
    ]);
  });

  test("limits, values and patterns are those of the model", () => {
    expect(schemaOf("TagMap")).toEqual({
      type: "object",
      propertyNames: { $ref: "#/definitions/TagKey" },
      additionalProperties: { type: "string", maxLength: 256 },
      minProperties: 1,
      maxProperties: 50,
      definitions: {
        TagKey: {
          type: "string",
          minLength: 1,
          maxLength: 128,
          pattern: "^(?:(?!aws:)[a-zA-Z0-9 \\t\\n\\v\\f\\r_.:/=+\\-@]*)$",
          patternDescription: 'a tag key of 1 to 128 letters, digits, spaces and "_.:/=+-@" that does not begin with "aws:"',
        },
      },
    });
    expect(schemaOf("ImageType")).toEqual({ type: "string", enum: ["AMI", "DOCKER"] });
    expect(schemaOf("HttpTokens")).toEqual({ type: "string", enum: ["optional", "required"] });
    expect(schemaOf("ImageScanFindingsFilterValues")).toMatchObject({ type: "array", minItems: 1, maxItems: 1 });
  });

  test("lengths count characters, as the service does", () => {
    const schema = schemaOf("ClientToken");
    expect(faults("😀".repeat(64), schema)).toEqual([]);
    expect(faults("😀".repeat(65), schema)).toEqual([expect.stringContaining("must have at most 64 characters")]);
  });

  test("a time is a number of seconds or a date", () => {
    const schema = schemaOf("DateTimeTimestamp");
    for (const time of [0, 1_700_000_000.5, "1700000000", "2026-01-31", "2026-01-31T12:00:00Z", "2026-01-31T12:00:00.123456+02:00"])
      expect(faults(time, schema)).toEqual([]);
    for (const time of ["soon", "2026-1-31", "31.01.2026"]) expect([time, faults(time, schema)]).toEqual([time, [expect.any(String)]]);
  });

  test("a real request is accepted, and faults are described", () => {
    const request = {
      name: "web",
      semanticVersion: "1.0.0",
      parentImage: `${ARN}:image/base/x.x.x`,
      components: [{ componentArn: `${ARN}:component/nginx/1.x.x`, parameters: [{ name: "Port", value: ["80"] }] }],
      blockDeviceMappings: [{ deviceName: "/dev/xvda", ebs: { volumeSize: "30", encrypted: "true" } }],
      tags: { team: "web" },
      clientToken: "t",
    };
    const schema = schemaOf("CreateImageRecipeRequest");
    expect(faults(request, schema)).toEqual([]);
    expect(
      faults({ ...request, components: [{ componentArn: "nginx" }], blockDeviceMappings: [{ ebs: { volumeSize: 0 } }] }, schema),
    ).toEqual([
      '"componentArn" must be the ARN of a component\'s version, with wildcards or not, or of a build of it: arn:aws:imagebuilder:<region>:<owner>:component/<name>/<major>.<minor>.<patch>[/<build>]; found "nginx"',
      '"volumeSize" must be from 1 to 16000; found "0"',
    ]);
  });

  test("each pattern is described", () => {
    const patterned = shapeNames().filter((name) => "pattern" in shapeOf(name));
    expect(patterned).toHaveLength(57);
    expect(patterned.filter((name) => schemaOf(name)["enum"] === undefined && schemaOf(name)["patternDescription"] === undefined)).toEqual(
      [],
    );
  });

  test("the values of an enum are given", () => {
    expect(enumValues("ImageType")).toEqual(["AMI", "DOCKER"]);
  });

  test("only a structure has members", () => {
    expect(() => structureSchemaOf("TagKey")).toThrow(new TypeError("the shape TagKey is not a structure"));
  });
});

describe("a changed schema", () => {
  const policy = structureSchemaOf("AutoDisablePolicy");
  const recipe = structureSchemaOf("CreateImageRecipeRequest");

  test("without members", () => {
    expect(without(policy, ["failureCount"])).toEqual({ type: "object", properties: {}, required: [], additionalProperties: false });
    expect(Object.keys(policy.properties)).toEqual(["failureCount"]);
    expect(() => without(policy, ["failureCont"])).toThrow(new RangeError('the schema has no member "failureCont"'));
  });

  test("with optional members", () => {
    expect(optional(policy, ["failureCount"])).toEqual({ ...policy, required: [] });
    expect(() => optional(policy, ["x"])).toThrow('the schema has no member "x"');
  });

  test("with more members", () => {
    expect(extending(policy, { note: { type: "string" } }, ["note"])).toEqual({
      ...policy,
      properties: { ...policy.properties, note: { type: "string" } },
      required: ["failureCount", "note"],
    });
    expect(() => extending(policy, {}, ["x"])).toThrow('the schema has no member "x"');
  });

  test("with a changed definition", () => {
    const schema = withDefinition(without(recipe, ["clientToken", "dryRun"]), "ComponentConfiguration", (component) =>
      extending(optional(component, ["componentArn"]), { document: { type: "string" } }),
    );
    const request = { name: "web", semanticVersion: "1.0.0", parentImage: "ami-1", components: [{ document: "nginx.yaml" }] };
    expect(faults(request, schema)).toEqual([]);
    expect(faults({ ...request, clientToken: "t", components: [{ dokument: "x" }] }, schema)).toEqual([
      expect.stringMatching(/^the request: unknown key "clientToken"/),
      'each item of "components": unknown key "dokument"; allowed: "componentArn", "document" or "parameters"; did you mean "document"?',
    ]);
    expect(() => withDefinition(recipe, "TagKey", (definition) => definition)).toThrow(
      new RangeError('the schema has no structure "TagKey" below it'),
    );
  });
});
