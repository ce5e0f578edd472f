import { describe, expect, test } from "@jest/globals";
import { fromNumericForm, parseVersion, toNumericForm, withBuild } from "@imagewright/semver-resolver";
import { makeArn, parseArn, readArn, versionlessText } from "../index.js";
import { shown } from "../testing/shown.js";

const HERE = "arn:aws:imagebuilder:us-west-2:123456789012";

describe("chapter 01: semantic versioning", () => {
  test.each([
    [`${HERE}:image/web`, "versionless"],
    [`${HERE}:image/web/x.x.x`, "versionless"],
    [`${HERE}:image/web/1.0.0`, "version"],
    [`${HERE}:image/web/1.0.0/2`, "build"],
    [`${HERE}:image/web/1.x.x`, "selection"],
  ])("the level of %s is %s", (arn, level) => {
    expect(parseArn(arn).level).toBe(level);
  });
});

describe("chapter 04: list and view component details", () => {
  test("list-components gives version ARNs", () => {
    const arns = ["sample-component01/1.0.0", "sample-component01/1.0.1"].map((name) => parseArn(`${HERE}:component/${name}`));
    expect(arns.map(({ level, name, owner }) => [level, name, owner])).toEqual(
      Array(2).fill(["version", "sample-component01", "123456789012"]),
    );
  });

  test("list-component-build-versions takes a version ARN", () => {
    expect(readArn(`${HERE}:component/example-component/1.0.1`, { types: ["component"], levels: ["version"] }).diagnostics).toEqual([]);
  });

  test("get-component takes a build version ARN", () => {
    const options = { types: ["component"], levels: ["build"] } as const;
    expect(readArn(`${HERE}:component/example-component/1.0.1/1`, options).value?.pattern?.numbers).toEqual([1, 0, 1, 1]);
    expect(shown(readArn(`${HERE}:component/example-component/1.0.1`, options).diagnostics)).toEqual([
      "0-77 the ARN of a component names a version; allowed here: one that names a build [arn-level]",
    ]);
  });
});

describe("chapter 26: image recipes", () => {
  test.each([`${HERE}:image-recipe/my-example-recipe/2020.12.03`, `${HERE}:container-recipe/my-example-recipe/2020.12.03`])("%s", (arn) => {
    expect(parseArn(arn)).toMatchObject({
      level: "version",
      name: "my-example-recipe",
      pattern: { numbers: [2020, 12, 3], text: "2020.12.03" },
    });
  });

  test.each([
    ["arn:aws:imagebuilder:us-west-2:aws:image/windows-server-2016-english-full-base-x86/x.x.x", "aws", "versionless"],
    ["arn:aws:imagebuilder:us-west-2:111122223333:component/my-example-component/2019.12.02/1", "111122223333", "build"],
    ["arn:aws:imagebuilder:us-west-2:111122223333:component/my-imported-component/1.0.0/1", "111122223333", "build"],
  ])("base image or component %s", (arn, owner, level) => {
    expect(parseArn(arn)).toMatchObject({ owner, level, text: arn });
  });
});

describe("chapter 27: container recipes", () => {
  test("components by wildcard", () => {
    expect(parseArn("arn:aws:imagebuilder:us-west-2:111122223333:component/helloworldal2/x.x.x").level).toBe("versionless");
  });
});

describe("chapter 36: image workflows", () => {
  test.each([
    "workflow/build/example-build-workflow/1.0.0",
    "workflow/test/example-test-workflow/1.0.0",
    "workflow/build/example-build-workflow/1.0.0/1",
  ])("%s", (resource) => {
    expect(parseArn(`arn:aws:imagebuilder:us-west-2:111122223333:${resource}`).type).toBe(resource.split("/").slice(0, 2).join("/"));
  });
});

describe("chapter 47: SNS message format", () => {
  test.each([
    ["arn:aws:imagebuilder:us-west-1:123456789012:image/example-linux-image/1.0.0/3", 1237940039285380274899124227n],
    ["arn:aws:imagebuilder:us-west-2:123456789012:image/my-example-image/1.0.0/7", 1237940039285380274899124231n],
  ])("%s is %d", (text, semver) => {
    const arn = parseArn(text);
    const build = fromNumericForm(semver);
    expect(makeArn(arn, build).text).toBe(text);
    expect(toNumericForm(withBuild(parseVersion("1.0.0"), build.build))).toBe(semver);
    expect(versionlessText(arn)).toBe(text.replace(/\/1\.0\.0\/[0-9]$/, ""));
  });
});

describe("chapter 49: owners of resources", () => {
  test.each(["123456789012", "aws", "aws-marketplace"])("%s", (owner) => {
    expect(parseArn(`arn:aws:imagebuilder:us-east-1:${owner}:component/example-linux-software-component/1.0.1`).owner).toBe(owner);
  });
});
