import { describe, expect, test } from "@jest/globals";
import { ARN, Scene } from "../../testing/scene.js";

const scene = new Scene();
const arn = `${ARN}distribution-configuration/europe`;
const distributions = [{ region: "eu-west-1", amiDistributionConfiguration: { name: "web {{ imagebuilder:buildDate }}" } }];
const NOT_FOUND = `ResourceNotFoundException: Resource of type 'DistributionConfiguration' with identifier '${arn}' cannot be found.`;

test("create, get, list, update, tag, delete", async () => {
  const created = await scene.call("CreateDistributionConfiguration", {
    name: "Europe",
    description: "near",
    distributions,
    clientToken: "t",
  });
  expect(created).toEqual({ clientToken: "t", distributionConfigurationArn: arn });
  const get = () => scene.call("GetDistributionConfiguration", { distributionConfigurationArn: arn });
  const dateCreated = "2026-11-29T10:00:00.000Z";
  const shown = { arn, name: "Europe", description: "near", dateCreated, tags: {} };
  expect(await get()).toEqual({ distributionConfiguration: { ...shown, distributions, timeoutMinutes: 720 } });
  expect(await scene.call("ListDistributionConfigurations", { filters: [{ name: "name", values: ["Europe"] }] })).toEqual({
    distributionConfigurationSummaryList: [{ ...shown, regions: ["eu-west-1"] }],
  });
  scene.now += 1000;
  const others = [{ region: "eu-central-1" }, { region: "eu-west-1" }];
  await scene.call("UpdateDistributionConfiguration", { distributionConfigurationArn: arn, distributions: others });
  await scene.call("TagResource", { resourceArn: arn, tags: { a: "b" } });
  const dates = { dateCreated, dateUpdated: "2026-11-29T10:00:01.000Z" };
  expect(await get()).toEqual({
    distributionConfiguration: { arn, name: "Europe", distributions: others, timeoutMinutes: 720, ...dates, tags: { a: "b" } },
  });
  expect(await scene.call("DeleteDistributionConfiguration", { distributionConfigurationArn: arn })).toEqual({
    distributionConfigurationArn: arn,
  });
  expect(await scene.refused("GetDistributionConfiguration", { distributionConfigurationArn: arn })).toBe(NOT_FOUND);
});

describe("refusals", () => {
  const create = "CreateDistributionConfiguration";
  const invalid = (parameter: string, reason: string) =>
    `InvalidParameterValueException: The value supplied for parameter '${parameter}' is not valid. ${reason}.`;
  test.each([
    [
      "a Region twice",
      create,
      { name: "abc", distributions: [...distributions, ...distributions] },
      invalid(
        "distributions[1].region",
        'the Region "eu-west-1" has two distributions; allowed: one for each Region, with all of its settings',
      ),
    ],
    [
      "a Region that cannot be",
      create,
      { name: "abc", distributions: [{ region: "Europe" }] },
      invalid(
        "distributions[0].region",
        '"distributions[0].region" must be the name of a Region, such as "eu-west-1" or "us-gov-west-1"; found "Europe"',
      ),
    ],
    ["an update of what is missing", "UpdateDistributionConfiguration", { distributionConfigurationArn: arn, distributions }, NOT_FOUND],
    ["a deletion of what is missing", "DeleteDistributionConfiguration", { distributionConfigurationArn: arn }, NOT_FOUND],
  ] as const)("%s", async (_, operation, given, expected) => {
    expect(await scene.refused(operation, given)).toBe(expected);
  });

  test("what only the planner knows: variables that templates do not have", async () => {
    const given = {
      name: "abc",
      distributions: [{ region: "eu-west-1", amiDistributionConfiguration: { name: "web {{ imagebuilder:date }}" } }],
    };
    expect(await scene.refused(create, given)).toMatch(
      /^InvalidParameterValueException: The value supplied for parameter 'distributions\[0\]\.amiDistributionConfiguration\.name' is not valid\. /,
    );
  });

  test("a name that exists", async () => {
    await scene.call(create, { name: "Europe", distributions });
    expect(await scene.refused(create, { name: "europe", distributions })).toBe(
      `ResourceAlreadyExistsException: The following resource 'DistributionConfiguration' already exists: '${arn}'.`,
    );
  });
});
