import { describe, expect, test } from "@jest/globals";
import { renderText, SourceFile } from "@imagewright/diagnostics";
import { shown } from "../testing/shown.js";
import { parseVersion } from "@imagewright/semver-resolver";
import { canonicalArnText, makeArn, parseArn, readArn, versionlessText } from "../index.js";

const AWS = "arn:aws:imagebuilder:us-west-2:aws:";
const ALL_TYPES =
  '"component", "container-recipe", "distribution-configuration", "image", "image-pipeline", "image-recipe", "infrastructure-configuration", "lifecycle-execution", "lifecycle-policy", "workflow-execution", "workflow-step-execution", "workflow/build", "workflow/distribution" or "workflow/test"';

describe("readArn", () => {
  test("takes an ARN apart", () => {
    const text = "arn:aws-us-gov:imagebuilder:us-gov-west-1:123456789012:workflow/build/my_workflow-1/2021.01.x";
    expect(readArn(text)).toEqual({
      value: {
        partition: "aws-us-gov",
        region: "us-gov-west-1",
        owner: "123456789012",
        type: "workflow/build",
        name: "my_workflow-1",
        level: "selection",
        pattern: { numbers: [2021, 1], text: "2021.01.x" },
        text,
      },
      diagnostics: [],
    });
  });

  const built = ["component", "image", "workflow/build", "workflow/test", "workflow/distribution"];
  const versioned = [...built, "image-recipe", "container-recipe"];
  const all = [...versioned, "image-pipeline", "infrastructure-configuration", "distribution-configuration", "lifecycle-policy"];
  test.each(all)("%s has the levels of the API model", (type) => {
    const has = (version: string) => readArn(`${AWS}${type}/a${version}`).value !== undefined;
    expect([has(""), has("/x.x.x"), has("/1.x.x"), has("/1.0.0"), has("/1.0.0/1")]).toEqual([
      true,
      versioned.includes(type),
      versioned.includes(type),
      versioned.includes(type),
      built.includes(type),
    ]);
  });

  test.each([
    [
      "arn:aws",
      `0-7 "arn:aws" is not an ARN of six parts with colons between; allowed: arn:<partition>:imagebuilder:<region>:<owner>:<type>/<name>[/<version>[/<build>]] [arn-parts]`,
    ],
    ["urn:aws:imagebuilder:us-west-2:aws:image/a", '0-3 the ARN begins with "urn"; allowed: "arn" [arn-prefix]'],
    ["arn:aws:s3:::bucket", '8-10 the ARN is of the service "s3"; allowed: "imagebuilder" [arn-service]'],
    [
      "arn:azure:imagebuilder:us-west-2:aws:image/a",
      '4-9 the partition "azure" is not known; allowed: "aws", or a name such as "aws-cn" and "aws-us-gov" [arn-partition]',
    ],
    [
      "arn:aws1:imagebuilder:us-west-2:aws:workflow/test/a",
      '4-8 the partition "aws1" is not known; allowed: "aws", or a name such as "aws-cn" and "aws-us-gov" [arn-partition]',
    ],
    ["arn:aws:imagebuilder::aws:image/a", '21-21 the region "" is not possible; allowed: a name such as "us-west-2" [arn-region]'],
    [
      "arn:aws:imagebuilder:mars:aws:lifecycle-policy/a",
      '21-25 the region "mars" is not possible; allowed: a name such as "us-west-2" [arn-region]',
    ],
    [
      "arn:aws:imagebuilder:us-west-2:1234560087789012:component/a",
      '31-47 the owner "1234560087789012" is not possible; allowed: an account id of 12 digits, "aws", "third-party", or a name such as "aws-marketplace" [arn-owner]',
    ],
    [
      "arn:aws:imagebuilder:us-west-2:aws-marketplace:image-recipe/a",
      '31-46 the owner "aws-marketplace" is not possible; allowed: an account id of 12 digits or "aws" [arn-owner]',
    ],
    [`${AWS}componnt/a`, `35-43 unknown resource type "componnt"; allowed: ${ALL_TYPES}; did you mean "component"? [arn-type]`],
    [
      `${AWS}workflow/biuld/a`,
      `35-49 unknown resource type "workflow/biuld"; allowed: ${ALL_TYPES}; did you mean "workflow/build"? [arn-type]`,
    ],
    [AWS, `35-35 unknown resource type ""; allowed: ${ALL_TYPES} [arn-type]`],
    [`${AWS}component`, '44-44 the ARN has no resource name; allowed: a to z, 0 to 9, "-" and "_" [arn-name]'],
    [`${AWS}component//1.0.0`, '45-45 the ARN has no resource name; allowed: a to z, 0 to 9, "-" and "_" [arn-name]'],
    [
      `${AWS}component/Sample Test/1.0.0`,
      '45-56 the resource name "Sample Test" is not possible in an ARN; allowed: a to z, 0 to 9, "-" and "_" [arn-name] names are in lower case there: "sample-test"',
    ],
    [
      `${AWS}component/sample_test.v2`,
      '45-59 the resource name "sample_test.v2" is not possible in an ARN; allowed: a to z, 0 to 9, "-" and "_" [arn-name] names are in lower case there: "sample-test-v2"',
    ],
    [
      "arn:aws:imagebuilder:us-west-2:third-party:image/a",
      '31-42 the owner "third-party" is not possible; allowed: an account id of 12 digits, "aws", or a name such as "aws-marketplace" [arn-owner]',
    ],
    [`${AWS}workflow-execution/build`, '54-59 "build" is not the ID of a workflow execution; allowed: "wf-" and a UUID [arn-id]'],
    [
      `${AWS}lifecycle-execution/wf-a1b2c3d4-5678-90ab-cdef-000000000000`,
      '55-94 "wf-a1b2c3d4-5678-90ab-cdef-000000000000" is not the ID of a lifecycle execution; allowed: "lce-" and a UUID [arn-id]',
    ],
    [`${AWS}component/*`, '45-46 the resource name "*" is not possible in an ARN; allowed: a to z, 0 to 9, "-" and "_" [arn-name]'],
    [`${AWS}component/a/`, "47-47 the version is empty; allowed: <major>.<minor>.<patch>, optionally with /<build> [version-empty]"],
    [
      `${AWS}component/a/x.2.x`,
      '49-50 the minor number 2 follows a wildcard in "x.2.x"; after the first "x" only "x" is allowed [version-wildcard-order] write "x.x.x", or use numbers instead',
    ],
    [
      `${AWS}component/a/1.0.0/x`,
      "52-54 the build of an ARN cannot be a wildcard; allowed: a build number, or no build for the newest [arn-build]",
    ],
    [`${AWS}component/a/1.0.0/1/2`, "54-56 there is a second slash; allowed: <major>.<minor>.<patch>/<build> [version-build]"],
    [`${AWS}image-recipe/a/1.0.0/1`, "55-57 an image recipe has no builds; allowed: nothing after its version [arn-build]"],
    [`${AWS}image-pipeline/a/1.0.0`, "51-57 an image pipeline has no versions; allowed: nothing after its name [arn-version]"],
  ])("%s", (text, message) => {
    expect(shown(readArn(text).diagnostics)).toEqual([message]);
  });

  test("all faults are reported, each with its place in the file", () => {
    const source = new SourceFile("recipe.yaml", "- arn: arn:aws:imagebuilder:us-west-2:12:component/A/1.0.99999999999");
    expect(renderText(readArn({ source, start: 7, end: source.text.length }).diagnostics)).toBe(
      [
        'recipe.yaml:1:39: the owner "12" is not possible; allowed: an account id of 12 digits, "aws", "third-party", or a name such as "aws-marketplace" [arn-owner]',
        `  ${source.text}`,
        `  ${" ".repeat(38)}^~`,
        'recipe.yaml:1:52: the resource name "A" is not possible in an ARN; allowed: a to z, 0 to 9, "-" and "_" [arn-name]',
        `  ${source.text}`,
        `  ${" ".repeat(51)}^`,
        '  help: names are in lower case there: "a"',
        'recipe.yaml:1:58: the patch number 99999999999 is too large; allowed: 0 to 1073741823, or "x" for any [version-too-large]',
        `  ${source.text}`,
        `  ${" ".repeat(57)}^~~~~~~~~~~`,
        "3 errors",
        "",
      ].join("\n"),
    );
  });

  test.each([
    ["workflow-execution/wf-a1b2c3d4-5678-90ab-cdef-0123456789AB", "workflow-execution", "a1b2c3d4-5678-90ab-cdef-0123456789AB"],
    [
      "workflow-step-execution/step-a1b2c3d4-5678-90ab-cdef-0123456789ab",
      "workflow-step-execution",
      "a1b2c3d4-5678-90ab-cdef-0123456789ab",
    ],
    ["lifecycle-execution/lce-a1b2c3d4-5678-90ab-cdef-0123456789ab", "lifecycle-execution", "a1b2c3d4-5678-90ab-cdef-0123456789ab"],
  ])("%s", (resource, type, uuid) => {
    expect(parseArn(`arn:aws:imagebuilder:us-west-2:123456789012:${resource}`)).toMatchObject({
      type,
      name: expect.stringMatching(new RegExp(`^(wf|step|lce)-${uuid}$`)),
      level: "versionless",
    });
  });

  test("types and levels can be limited", () => {
    expect(shown(readArn(`${AWS}image/a/1.0.0`, { types: ["component"] }).diagnostics)).toEqual([
      '35-40 the ARN is of an image; allowed here: "component" [arn-type]',
    ]);
    expect(shown(readArn(`${AWS}image/a/1.x.x`, { levels: ["version", "build"] }).diagnostics)).toEqual([
      "0-48 the ARN of an image names a choice of versions; allowed here: one that names a version or a build [arn-level]",
    ]);
  });
});

describe("texts of an ARN", () => {
  test("at any level, from its parts", () => {
    const image = { partition: "aws-cn", region: "cn-north-1", owner: "123456789012", type: "image", name: "web" } as const;
    expect(makeArn(image).text).toBe("arn:aws-cn:imagebuilder:cn-north-1:123456789012:image/web");
    expect(makeArn(image, parseVersion("2021.01.01/2"))).toEqual(
      parseArn("arn:aws-cn:imagebuilder:cn-north-1:123456789012:image/web/2021.01.01/2"),
    );
    expect(versionlessText(parseArn(`${AWS}image/a/1.0.0/2`))).toBe(`${AWS}image/a`);
    expect(() => makeArn({ ...image, name: "Web" })).toThrow(
      'the resource name "Web" is not possible in an ARN; allowed: a to z, 0 to 9, "-" and "_"',
    );
  });

  test("canonicalArnText is the same for all spellings", () => {
    const canonical = (version: string) => canonicalArnText(parseArn(`${AWS}image/a${version}`));
    expect(canonical("/2021.01.01/02")).toBe(`${AWS}image/a/2021.1.1/2`);
    expect(canonical("/02.x.x")).toBe(`${AWS}image/a/2.x.x`);
    expect([canonical("/x.x.x"), canonical("")]).toEqual([`${AWS}image/a`, `${AWS}image/a`]);
  });
});
