import { SourceFile } from "@imagewright/diagnostics";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { readBuild, readSettings } from "../index.js";
import { planning, shown } from "../testing/documents.js";

const read = (text: string) => shown(readSettings(new SourceFile("settings.json", text)).diagnostics);
const inside = (distribution: string) => read(`{"name": "abc", "distributions": [${distribution}]}`);

describe("JSON texts", () => {
  test.each([
    ["", [" | not JSON; allowed here: a value [json-syntax]"]],
    ['{"name" "abc"}', ['"abc" | not JSON; allowed here: ":" after the member name [json-syntax]']],
    ['{"name": "abc", // why\n "distributions": []}', ["// why | not JSON; allowed here: JSON without comments [json-syntax]"]],
    ['{"name": "a\nb", "distributions": []}', ['"a | not JSON; allowed here: a closing quote on the same line [json-syntax]']],
    ["[".repeat(70), ["[ | nested more than 64 deep; allowed: at most 64 levels of \"{\" and \"[\" [json-depth]"]],
    ['{"name": "abc", "distributions": [], "name": "def"}', ['"name" | "name" stands here twice; allowed: each name once [member-twice]']],
    ['\ufeff{"name": "abc", "distributions": []}', []],
    [`{"name": "abc", "description": "a \\" ${"[".repeat(70)} \\\\", "distributions": []}`, []],
    ["7", ['7 | "settings" is a number; allowed: an object in "{" and "}" [wrong-type]']],
  ])("%j", (text, expected) => {
    expect(read(text)).toEqual(expected);
  });

  test("any text is read without a throw, and errors lie in it", () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string(), fc.json().map((text) => text.slice(0, -1))), (text) => {
        for (const { value, diagnostics } of [readSettings(new SourceFile("a", text)), readBuild(new SourceFile("a", text))]) {
          expect(value === undefined).toBe(diagnostics.some(({ severity }) => severity === "error"));
          for (const { span } of diagnostics) expect(span.start >= 0 && span.end <= text.length).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe("values of the wrong shape", () => {
  test.each([
    ['{"regoin": "us-west-2"}', ['{"regoin": "us-west-2"} | a distribution has no "region"; found instead: "regoin"; needed: "region" [missing-member]', '"regoin" | unknown member of a distribution "regoin"; allowed: "amiDistributionConfiguration", "containerDistributionConfiguration", "fastLaunchConfigurations", "launchTemplateConfigurations", "licenseConfigurationArns", "region", "s3ExportConfiguration" or "ssmParameterConfigurations"; did you mean "region"? [unknown-member]']],
    ['{"region": null}', ['null | "region" is null; allowed: text in double quotes [wrong-type]']],
    ['{"region": ""}', ['"" | "region" has 0 characters; allowed: 1 to 1024 [wrong-length]']],
    ['{"region": "a", "amiDistributionConfiguration": {"targetAccountIds": ["12345", 123456789012]}}', ['"12345" | "12345" is not an account ID; allowed: 12 digits [wrong-text]', '123456789012 | "targetAccountIds" is a number; allowed: text in double quotes [wrong-type]']],
    ['{"region": "a", "amiDistributionConfiguration": {"targetAccountIds": []}}', ['[] | "targetAccountIds" has 0 entries; allowed: 1 to 1536 [wrong-count]']],
    ['{"region": "a", "amiDistributionConfiguration": {"amiTags": {"aws:x": "v"}}}', ['"v" | "aws:x" is not a tag key; allowed: letters, digits and + - = . _ : / and , with no "aws:" at its start [wrong-text]']],
    ['{"region": "a", "amiDistributionConfiguration": {"amiTags": {"__proto__": 5}}}', ['5 | "__proto__" is a number; allowed: text in double quotes [wrong-type]']],
    ['{"region": "a", "__proto__": {}}', ['"__proto__" | unknown member of a distribution "__proto__"; allowed: "amiDistributionConfiguration", "containerDistributionConfiguration", "fastLaunchConfigurations", "launchTemplateConfigurations", "licenseConfigurationArns", "region", "s3ExportConfiguration" or "ssmParameterConfigurations" [unknown-member]']],
    ['{"region": "a", "fastLaunchConfigurations": [{"enabled": "true", "maxParallelLaunches": 0.5, "snapshotConfiguration": {"targetResourceCount": 10001}}]}', ['"true" | "enabled" is text; allowed: true or false [wrong-type]', '0.5 | "maxParallelLaunches" is 0.5; allowed: whole numbers from 1 [wrong-number]', '10001 | "targetResourceCount" is 10001; allowed: whole numbers from 1 to 10000 [wrong-number]']],
    ['{"region": "a", "s3ExportConfiguration": {"roleName": "r", "diskImageFormat": "VDH", "s3Bucket": "b"}}', ['"VDH" | unknown disk image format "VDH"; allowed: "RAW", "VHD" or "VMDK"; did you mean "VMDK"? [unknown-value]']],
  ])("%s", (distribution, expected) => {
    expect(inside(distribution)).toEqual(expected);
  });

  test("characters are counted as people see them, not as UTF-16 has them", () => {
    expect(inside(`{"region": "a", "amiDistributionConfiguration": {"description": "${"😀".repeat(1024)}"}}`)).toEqual([]);
    expect(inside(`{"region": "a", "amiDistributionConfiguration": {"description": "${"😀".repeat(1025)}"}}`)[0]).toMatch(/"description" has 1025 characters; allowed: 1 to 1024/);
  });

  test("faults of both documents are told at once", () => {
    expect(shown(planning("{}", "[]").diagnostics)).toEqual([
      '{} | a distribution configuration has no "distributions"; needed: "distributions" [missing-member]',
      '[] | "build" is a list; allowed: an object in "{" and "}" [wrong-type]',
    ]);
  });
});
