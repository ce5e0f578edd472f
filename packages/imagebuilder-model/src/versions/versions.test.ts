import { describe, expect, test } from "@jest/globals";
import { parsePattern, parseVersion } from "@imagewright/semver-resolver";
import fc from "fast-check";
import { assignVersion, latestVersionReferences, parseArn, readSemanticVersion, schemaOf, type VersionedType } from "../index.js";
import { shown } from "../testing/shown.js";

describe("the version of a new resource", () => {
  test.each<[VersionedType, string, string[]]>([
    ["component", "1.0.0", []],
    [
      "component",
      "1.x.x",
      [
        '2-3 "x" matches any minor number, but a single version is required here; allowed: 0 to 1073741823 [version-wildcard]',
        '4-5 "x" matches any patch number, but a single version is required here; allowed: 0 to 1073741823 [version-wildcard]',
      ],
    ],
    ["workflow/test", "1.0.0/1", ["5-7 a build number cannot be chosen, it is assigned; allowed: <major>.<minor>.<patch> [version-build]"]],
    ["image-recipe", "1.x.x", []],
    ["image-recipe", "2021.01.01", []],
    ["container-recipe", "x.x.x", []],
    [
      "image-recipe",
      "1.x.8",
      [
        '4-5 the patch number 8 follows a wildcard in "1.x.8"; after the first "x" only "x" is allowed [version-wildcard-order] write "1.x.x", or use numbers instead',
      ],
    ],
    ["container-recipe", "1.0.0/1", ["5-7 a container recipe has no builds; allowed: <major>.<minor>.<patch> [version-build]"]],
    ["image-recipe", "1.0.0/x", ["5-7 an image recipe has no builds; allowed: <major>.<minor>.<patch> [version-build]"]],
  ])("of %s %s", (type, text, faults) => {
    const { value, diagnostics } = readSemanticVersion(text, type);
    expect(shown(diagnostics)).toEqual(faults);
    expect(value?.text).toBe(faults.length === 0 ? text : undefined);
  });

  test("accepts what the model accepts, with the limits of numbers and the order of wildcards", () => {
    const node = fc.constantFrom("0", "1", "007", "x", "X", "*", "");
    const text = fc.array(node, { minLength: 2, maxLength: 4 }).map((nodes) => nodes.join("."));
    const patterns = { component: "VersionNumber", "image-recipe": "WildcardVersionNumber" } as const;
    for (const [type, shape] of Object.entries(patterns) as [keyof typeof patterns, "VersionNumber"][]) {
      const pattern = new RegExp(schemaOf(shape)["pattern"] as string, "u");
      fc.assert(
        fc.property(text, (text) => {
          const expected = pattern.test(text) && !/x\.[0-9]/.test(text);
          expect([type, text, readSemanticVersion(text, type).value !== undefined]).toEqual([type, text, expected]);
        }),
        { numRuns: 500 },
      );
    }
  });

  test.each([
    ["1.2.3", ["1.2.3"], "1.2.3"],
    ["x.x.x", [], "1.0.0"],
    ["4.x.x", [], "4.0.0"],
    ["4.2.x", [], "4.2.0"],
    ["x.x.x", ["1.4.2", "2.1.0", "1.9.9"], "3.0.0"],
    ["1.x.x", ["1.4.2", "2.1.0", "1.9.9"], "1.10.0"],
    ["1.4.x", ["1.4.2", "1.4.10", "1.9.9"], "1.4.11"],
    ["0.x.x", ["1.0.0"], "0.0.0"],
    ["2021.01.x", ["2021.01.09"], "2021.01.10"],
  ])("%s among %j is assigned as %s", (pattern, existing, expected) => {
    expect(
      assignVersion(
        parsePattern(pattern),
        existing.map((text) => parseVersion(text)),
      ).text,
    ).toBe(expected);
  });

  test("there is none after the highest number", () => {
    expect(() => assignVersion(parsePattern("x.x.x"), [parseVersion("1073741823.0.0")])).toThrow(
      'there is no major number after that of "1073741823.0.0"; 1073741823 is the highest',
    );
  });
});

describe("references to the newest version", () => {
  const image = "arn:aws:imagebuilder:us-west-2:123456789012:image/web";

  test.each([`${image}/1.2.3`, `${image}/1.2.3/4`])("of %s", (arn) => {
    expect(latestVersionReferences(parseArn(arn))).toEqual({
      latestVersionArn: `${image}/x.x.x`,
      latestMajorVersionArn: `${image}/1.x.x`,
      latestMinorVersionArn: `${image}/1.2.x`,
      latestPatchVersionArn: `${image}/1.2.3`,
    });
  });

  test.each([image, `${image}/1.x.x`])("%s is an error", (arn) => {
    expect(() => latestVersionReferences(parseArn(arn))).toThrow(
      `the ARN "${arn}" names no single version; allowed: the ARN of a version or of a build`,
    );
  });
});
