import { SourceFile } from "@imagewright/diagnostics";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { readBuild, readSettings } from "../index.js";
import { amiBuild, planning, settings, shown } from "../testing/documents.js";

const read = (text: string) => shown(readSettings(new SourceFile("settings.json", text)).diagnostics);
const inside = (distribution: string) => read(`{"name": "abc", "distributions": [${distribution}]}`);

describe("JSON texts", () => {
  test.each([
    ['{"name": "abc" "distributions": []}', ['" | not valid JSON: expected "," or "}"; found "\\"" [invalid-json]']],
    ['{"name": "abc", "distributions": [], "name": "def"}', ['"name" | the member "name" is there twice in one object [repeated-member]']],
    ['\ufeff{"name": "abc", "distributions": []}', []],
    ["7", ["7 | the settings must be an object; found 7 [wrong-type]"]],
    ["null", ["null | the settings must have a value; found null [wrong-type]"]],
    [`${"[".repeat(50_000)}${"]".repeat(50_000)}`, [`${"[".repeat(40)}… | the settings must be an object; found a list of 1 [wrong-type]`]],
  ])("%#", (text, expected) => {
    expect(read(text)).toEqual(expected);
  });

  test("null is as good as absent, save where a value is needed", () => {
    const settings = readSettings(
      new SourceFile(
        "settings.json",
        '{"name": "abc", "description": null, "distributions": [{"region": "eu-west-1", "amiDistributionConfiguration": {"amiTags": null}}]}',
      ),
    );
    expect(settings.value).toEqual({ name: "abc", distributions: [{ region: "eu-west-1", amiDistributionConfiguration: {} }] });
    expect(inside('{"region": null}')).toEqual(['{"region": null} | "distributions[0]" must have "region" [missing-member]']);
    expect(inside("null")).toEqual(['null | "distributions[0]" must have a value; found null [wrong-type]']);
    expect(inside('{"region": "eu-west-1", "amiDistributionConfiguration": {"amiTags": {"a": null}}}')).toEqual([
      'null | "distributions[0].amiDistributionConfiguration.amiTags.a" must have a value; found null [wrong-type]',
    ]);
  });

  test("any text is read without a throw, and errors lie in it", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.json(),
          fc.string(),
          fc.json().map((text) => text.slice(0, -1)),
        ),
        (text) => {
          for (const { value, diagnostics } of [readSettings(new SourceFile("a", text)), readBuild(new SourceFile("a", text))]) {
            expect(value === undefined).toBe(diagnostics.some(({ severity }) => severity === "error"));
            for (const { span } of diagnostics) expect(span.start >= 0 && span.end <= text.length).toBe(true);
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe("values of the wrong shape", () => {
  const allowed =
    'allowed: "amiDistributionConfiguration", "containerDistributionConfiguration", "fastLaunchConfigurations", "launchTemplateConfigurations", "licenseConfigurationArns", "region", "s3ExportConfiguration" or "ssmParameterConfigurations"';
  const ami = (members: string) => `{"region": "eu-west-1", "amiDistributionConfiguration": ${members}}`;
  const inAmi = "distributions[0].amiDistributionConfiguration";
  test.each([
    [
      '{"regoin": "us-west-2"}',
      [
        '{"regoin": "us-west-2"} | "distributions[0]" must have "region" [missing-member]',
        `"regoin" | unknown member of "distributions[0]" "regoin"; ${allowed}; did you mean "region"? [unknown-member]`,
      ],
    ],
    ['{"region": 5}', ['5 | "distributions[0].region" must be a string; found 5 [wrong-type]']],
    [
      '{"region": "eu-west-1", "__proto__": {}}',
      [`"__proto__" | unknown member of "distributions[0]" "__proto__"; ${allowed} [unknown-member]`],
    ],
    [ami('{"description": ""}'), [`"" | "${inAmi}.description" must have 1 to 1024 characters; it has 0 [wrong-length]`]],
    [
      ami('{"targetAccountIds": ["12345", 123456789012]}'),
      [
        `"12345" | "…amiDistributionConfiguration.targetAccountIds[0]" must be an account ID: 12 digits; found "12345" [wrong-text]`,
        `123456789012 | "…amiDistributionConfiguration.targetAccountIds[1]" must be a string; found 123456789012 [wrong-type]`,
      ],
    ],
    [
      ami('{"targetAccountIds": []}'),
      [`[] | "…amiDistributionConfiguration.targetAccountIds" must have 1 to 1536 items; it has 0 [wrong-count]`],
    ],
    [ami('{"amiTags": {}}'), [`{} | "${inAmi}.amiTags" must have 1 to 50 members; it has 0 [wrong-count]`]],
    [
      ami('{"amiTags": {"aws:x": "v"}}'),
      [
        '"aws:x" | the name "aws:x" must be a tag key: 1 to 128 letters, digits and + - = . _ : / and , with no "aws:" at its start [wrong-text]',
      ],
    ],
    [
      ami('{"amiTags": {"__proto__": 5}}'),
      [`5 | "…amiDistributionConfiguration.amiTags.__proto__" must be a string; found 5 [wrong-type]`],
    ],
    [
      '{"region": "eu-west-1", "fastLaunchConfigurations": [{"enabled": "true", "maxParallelLaunches": 0.5, "snapshotConfiguration": {"targetResourceCount": 10001}}]}',
      [
        '"true" | "distributions[0].fastLaunchConfigurations[0].enabled" must be true or false; found "true" [wrong-type]',
        '0.5 | "…fastLaunchConfigurations[0].maxParallelLaunches" must be a whole number from 1; found 0.5 [out-of-range]',
        '10001 | "…snapshotConfiguration.targetResourceCount" must be a whole number from 1 to 10000; found 10001 [out-of-range]',
      ],
    ],
    [
      '{"region": "eu-west-1", "s3ExportConfiguration": {"roleName": "r", "diskImageFormat": "VDH", "s3Bucket": "b"}}',
      ['"VDH" | "distributions[0].s3ExportConfiguration.diskImageFormat" must be "RAW", "VHD" or "VMDK"; found "VDH" [unknown-value]'],
    ],
  ])("%s", (distribution, expected) => {
    expect(inside(distribution)).toEqual(expected);
  });

  const regions = ["us-east-1", "us-gov-west-1", "us-isob-east-1", "eusc-de-east-1", "ap-southeast-7", "mx-central-1"];
  test.each(regions)("%s can be a Region", (region) => {
    expect(inside(`{"region": "${region}"}`)).toEqual([]);
  });

  test.each(["Europe", "US-EAST-1", "us-east", "us-east-1a", "eu_west_1", "", "us-west-2 "])("%j cannot be a Region", (region) => {
    const message = `must be the name of a Region, such as "eu-west-1" or "us-gov-west-1"; found "${region}" [wrong-text]`;
    expect(inside(`{"region": "${region}"}`)).toEqual([`"${region}" | "distributions[0].region" ${message}`]);
    expect(shown(planning(settings(), amiBuild({ region })).diagnostics)).toEqual([`"${region}" | "region" ${message}`]);
  });

  test("characters are counted as people see them, not as UTF-16 has them", () => {
    expect(inside(ami(`{"description": "${"😀".repeat(1024)}"}`))).toEqual([]);
    expect(inside(ami(`{"description": "${"😀".repeat(1025)}"}`))[0]).toMatch(/description" must have 1 to 1024 characters; it has 1025/);
  });

  test("faults of both documents are told at once", () => {
    expect(shown(planning("{}", "[]").diagnostics)).toEqual([
      '{} | the settings must have "distributions" [missing-member]',
      "[] | the build must be an object; found a list of 0 [wrong-type]",
    ]);
  });
});
