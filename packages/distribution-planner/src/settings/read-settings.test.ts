import { describe, expect, test } from "@jest/globals";
import { formatLocation, SourceFile } from "@imagewright/diagnostics";
import { readSettings } from "../index.js";

const ACCOUNT = "012345678901";
const distributions = [{ region: "eu-west-1", amiDistributionConfiguration: { targetAccountIds: [ACCOUNT] } }];
const settings = { name: "to-europe", distributions };
const read = (source: Parameters<typeof readSettings>[0]) => {
  const { value, diagnostics } = readSettings(source);
  return { value, faults: diagnostics.map(({ span, message, code }) => `${formatLocation(span)} ${message} [${code}]`) };
};

describe("settings are read in each form", () => {
  test("JSON, a value, an update, and a response without optional members", () => {
    const arn = "arn:aws:imagebuilder:us-west-2:123456789012:distribution-configuration/to-europe";
    const given = { ...settings, arn, timeoutMinutes: 720, dateCreated: "2026-01-31T12:00:00Z", description: null, tags: {} };
    for (const source of [
      JSON.stringify({ requestId: "r", distributionConfiguration: given }),
      { distributionConfiguration: given },
      { distributionConfigurationArn: arn, distributions },
      { ...settings, tags: { team: "a b" } },
    ]) {
      expect(read(source)).toMatchObject({ value: { distributions }, faults: [] });
    }
  });

  test("YAML, in which an account ID needs no quotes and keeps its zero", () => {
    const text = `# to Europe\nname: to-europe\ndistributions:\n  - region: eu-west-1\n    amiDistributionConfiguration:\n      targetAccountIds: [${ACCOUNT}]\n`;
    expect(read(new SourceFile("s.yaml", text))).toEqual({ value: settings, faults: [] });
  });
});

test("an update has the ARN in place of the name", () => {
  const arn = "arn:aws:imagebuilder:us-west-2:123456789012:distribution-configuration/to-europe";
  expect(read({ distributionConfigurationArn: arn, ...settings }).faults).toEqual([
    'name:1:1 the settings: unknown key "name"; allowed: "clientToken", "description", "distributionConfigurationArn" or "distributions" [unknown-key]',
  ]);
  expect(read({ distributionConfiguratonArn: arn, distributions }).faults).toEqual([
    expect.stringContaining('did you mean "distributionConfigurationArn"?'),
  ]);
});

test("empty tags in a request are an error", () => {
  expect(read({ ...settings, tags: {} })).toEqual({ value: undefined, faults: ['tags:1:1 "tags" must not be empty [value-empty]'] });
});

test("faults of the shape have their place and path, and say what is allowed", () => {
  const text = `name: x\ndistributions:\n  - region: Europe\n    amiDistributionConfiguration:\n      targetAccountIds: [12]\n      name: " x"\n  - {}\n`;
  expect(read(new SourceFile("s.yaml", text)).faults).toEqual([
    's.yaml:1:7 "name" must be a name of 3 to 128 letters, digits, spaces, "-" and "_", with no space at the ends; found "x" [value-not-allowed]',
    's.yaml:3:13 "distributions[0].region" must be the name of a Region, such as "eu-west-1" or "us-gov-west-1"; found "Europe" [value-not-allowed]',
    's.yaml:5:26 "…amiDistributionConfiguration.targetAccountIds[0]" must be an account ID of 12 digits; found "12" [value-not-allowed]',
    's.yaml:6:13 "distributions[0].amiDistributionConfiguration.name" must be an AMI name of 3 to 127 letters, digits, spaces and "-", "_", ":", "{", "}", "."; with no space, colon or dot at the ends, no "}" first and no "{" last; found " x" [value-not-allowed]',
    's.yaml:7:5 "distributions[1]" must have "region" [missing-key]',
  ]);
});
