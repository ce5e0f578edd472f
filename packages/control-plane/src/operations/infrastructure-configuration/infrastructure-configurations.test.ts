import { describe, expect, test } from "@jest/globals";
import { ARN, Scene } from "../../testing/scene.js";

const scene = new Scene();
const arn = `${ARN}infrastructure-configuration/my-builders`;
const input = { name: "My Builders", instanceProfileName: "builder" };
const NOT_FOUND = `ResourceNotFoundException: Resource of type 'InfrastructureConfiguration' with identifier '${arn}' cannot be found.`;

test("create, get, list, update, tag, delete", async () => {
  const given = { ...input, description: "small", instanceTypes: ["t3.small"], resourceTags: { team: "b" } };
  const created = await scene.call("CreateInfrastructureConfiguration", { ...given, tags: { team: "a" }, clientToken: "t" });
  expect(created).toEqual({ clientToken: "t", infrastructureConfigurationArn: arn });
  const get = () => scene.call("GetInfrastructureConfiguration", { infrastructureConfigurationArn: arn });
  const dateCreated = "2026-11-29T10:00:00.000Z";
  const shown = { arn, ...given, terminateInstanceOnFailure: true, dateCreated, tags: { team: "a" } };
  expect(await get()).toEqual({ infrastructureConfiguration: shown });
  expect(await scene.call("ListInfrastructureConfigurations", {})).toEqual({
    infrastructureConfigurationSummaryList: [{ arn, ...given, dateCreated, tags: { team: "a" } }],
  });
  scene.now += 1000;
  const update = { infrastructureConfigurationArn: arn, instanceProfileName: "other", terminateInstanceOnFailure: false };
  expect(await scene.call("UpdateInfrastructureConfiguration", { ...update, clientToken: "u" })).toEqual({
    clientToken: "u",
    infrastructureConfigurationArn: arn,
  });
  const dates = { dateCreated, dateUpdated: "2026-11-29T10:00:01.000Z" };
  const updated = { arn, name: "My Builders", instanceProfileName: "other", terminateInstanceOnFailure: false, ...dates };
  expect(await get()).toEqual({ infrastructureConfiguration: { ...updated, tags: { team: "a" } } });
  await scene.call("TagResource", { resourceArn: arn, tags: { team: "c", more: "d" } });
  expect(await get()).toEqual({ infrastructureConfiguration: { ...updated, tags: { team: "c", more: "d" } } });
  expect(await scene.call("DeleteInfrastructureConfiguration", { infrastructureConfigurationArn: arn })).toEqual({
    infrastructureConfigurationArn: arn,
  });
  expect(await scene.refused("GetInfrastructureConfiguration", { infrastructureConfigurationArn: arn })).toBe(NOT_FOUND);
});

describe("refusals", () => {
  const create = "CreateInfrastructureConfiguration";
  const invalid = (parameter: string, reason: string) =>
    `InvalidParameterValueException: The value supplied for parameter '${parameter}' is not valid. ${reason}.`;
  test.each([
    [
      "a subnet without security groups",
      create,
      { ...input, subnetId: "subnet-1" },
      "InvalidRequestException: 'subnetId' needs at least one of 'securityGroupIds'; found none.",
    ],
    [
      "a reserved tag",
      create,
      { ...input, resourceTags: { Name: "x" } },
      invalid(
        "resourceTags",
        'the tag key "Name" is set by the service; allowed: keys other than "CreatedBy", "Ec2ImageBuilderArn", "Name" and "Tags"',
      ),
    ],
    [
      "two hosts",
      create,
      { ...input, placement: { tenancy: "host", hostId: "h-1", hostResourceGroupArn: "arn:a" } },
      "InvalidRequestException: 'placement' has both 'hostId' and 'hostResourceGroupArn'; allowed: one of them.",
    ],
    [
      "a host with another tenancy",
      create,
      { ...input, placement: { tenancy: "dedicated", hostId: "h-1" } },
      "InvalidRequestException: 'placement' names a host with the tenancy 'dedicated'; allowed with a host: 'host'.",
    ],
    [
      "a FIFO topic",
      create,
      { ...input, snsTopicArn: "arn:aws:sns:eu-west-1:123456789012:a.fifo" },
      invalid("snsTopicArn", '"snsTopicArn" must'),
    ],
    [
      "an update of what is missing",
      "UpdateInfrastructureConfiguration",
      { infrastructureConfigurationArn: arn, instanceProfileName: "a" },
      NOT_FOUND,
    ],
    ["a deletion of what is missing", "DeleteInfrastructureConfiguration", { infrastructureConfigurationArn: arn }, NOT_FOUND],
  ] as const)("%s", async (_, operation, given, expected) => {
    const start = expected.includes("must.") ? expected.slice(0, -1) : expected;
    expect((await scene.refused(operation, given)).slice(0, start.length)).toBe(start);
  });

  test("a name that exists, whatever its case and blanks; in another account it does not", async () => {
    await scene.call(create, input);
    expect(await scene.refused(create, { ...input, name: "my_builders" })).toBe(
      `ResourceAlreadyExistsException: The following resource 'InfrastructureConfiguration' already exists: '${arn}'.`,
    );
    expect(await scene.call(create, input, { account: "210987654321" })).toMatchObject({
      infrastructureConfigurationArn: arn.replace("123456789012", "210987654321"),
    });
  });
});
