import { paginateListInfrastructureConfigurations } from "@aws-sdk/client-imagebuilder";
import { describe, expect, test } from "@jest/globals";
import { makeInfrastructure, makePipeline } from "./support/make.js";
import { entries } from "./support/pages.js";
import { prove } from "./support/prove.js";
import { MESSAGES, refused } from "./support/refused.js";
import { api, arnOf } from "./support/service.js";
import { uniqueName } from "./support/unique-name.js";

const get = async (infrastructureConfigurationArn: string) =>
  (await api.getInfrastructureConfiguration({ infrastructureConfigurationArn })).infrastructureConfiguration;
const listed = (name: string) =>
  entries(
    paginateListInfrastructureConfigurations,
    { filters: [{ name: "name", values: [name] }] },
    "infrastructureConfigurationSummaryList",
  );

const EVERYTHING = {
  description: "small machines",
  instanceTypes: ["m6i.large", "m6a.large"],
  instanceProfileName: "builder",
  securityGroupIds: ["sg-12345678"],
  subnetId: "subnet-12345678",
  logging: { s3Logs: { s3BucketName: "logs", s3KeyPrefix: "builds" } },
  keyPair: "rescue",
  terminateInstanceOnFailure: false,
  snsTopicArn: "arn:aws:sns:us-east-1:123456789012:images",
  resourceTags: { cost: "images" },
  instanceMetadataOptions: { httpTokens: "required", httpPutResponseHopLimit: 2 },
  placement: { availabilityZone: "us-east-1a", tenancy: "default" as const },
};

describe("infrastructure configurations", () => {
  prove("API-009", async () => {
    const name = uniqueName("infrastructure");
    const arn = await makeInfrastructure({ name });
    expect(arn).toBe(await arnOf(`infrastructure-configuration/${name}`));
    expect(await get(arn)).toMatchObject({ arn, name, instanceProfileName: "builder", terminateInstanceOnFailure: true });
    const again = makeInfrastructure({ name, description: "another" });
    await refused(again, "ResourceAlreadyExistsException", MESSAGES.exists("InfrastructureConfiguration", arn));
  });

  prove("API-032", async () => {
    const name = uniqueName("infrastructure");
    const arn = await makeInfrastructure({ name, ...EVERYTHING, tags: { team: "web" } });
    const found = await get(arn);
    expect(found).toEqual({ ...EVERYTHING, arn, name, tags: { team: "web" }, dateCreated: expect.any(String), ...updated(found) });
  });

  prove("API-054", async () => {
    const name = uniqueName("infrastructure");
    const arn = await makeInfrastructure({ name, ...EVERYTHING, tags: { team: "web" } });
    const { description, resourceTags, instanceTypes, instanceProfileName, placement } = EVERYTHING;
    const [summary] = await listed(name);
    const shown = { description, resourceTags, instanceTypes, instanceProfileName, placement };
    expect(summary).toEqual({ arn, name, ...shown, tags: { team: "web" }, dateCreated: expect.any(String), ...updated(summary) });
  });

  prove("API-076", async () => {
    const arn = await makeInfrastructure({ ...EVERYTHING, tags: { team: "web" } });
    const before = await get(arn);
    const change = { infrastructureConfigurationArn: arn, instanceProfileName: "other", clientToken: undefined };
    expect(await api.updateInfrastructureConfiguration(change)).toMatchObject({ infrastructureConfigurationArn: arn });
    expect(await get(arn)).toEqual({
      ...{ arn, name: before?.name, dateCreated: before?.dateCreated, dateUpdated: expect.any(String), tags: { team: "web" } },
      ...{ instanceProfileName: "other", terminateInstanceOnFailure: true },
    });
    const missing = { ...change, infrastructureConfigurationArn: `${arn}-none` };
    await refused(api.updateInfrastructureConfiguration(missing), "ResourceNotFoundException");
  });

  prove("API-018", async () => {
    const infrastructureConfigurationArn = await makeInfrastructure();
    const imagePipelineArn = await makePipeline({ infrastructureConfigurationArn });
    const refusal = api.deleteInfrastructureConfiguration({ infrastructureConfigurationArn });
    await refused(refusal, "ResourceDependencyException", MESSAGES.dependedOn(infrastructureConfigurationArn));
    await api.deleteImagePipeline({ imagePipelineArn });
    const answer = await api.deleteInfrastructureConfiguration({ infrastructureConfigurationArn });
    expect(answer).toMatchObject({ infrastructureConfigurationArn });
    await refused(get(infrastructureConfigurationArn), "ResourceNotFoundException");
  });

  test.each([
    ["a subnet without security groups", { subnetId: "subnet-1" }],
    ["a profile name with a blank", { instanceProfileName: "my builder" }],
    ["a topic that is none", { snsTopicArn: "images" }],
    ["a FIFO topic", { snsTopicArn: "arn:aws:sns:us-east-1:123456789012:images.fifo" }],
    ["a reserved resource tag", { resourceTags: { CreatedBy: "me" } }],
    ["a hop limit of 65", { instanceMetadataOptions: { httpPutResponseHopLimit: 65 } }],
    [
      "a host and a group of hosts",
      { placement: { tenancy: "host", hostId: "h-1", hostResourceGroupArn: "arn:aws:resource-groups:us-east-1:123456789012:group/x" } },
    ],
    ["a host with default tenancy", { placement: { tenancy: "default", hostId: "h-1" } }],
  ])("CreateInfrastructureConfiguration refuses %s", async (_, given) => {
    const name = uniqueName("infrastructure");
    await refused(
      makeInfrastructure({ name, ...given } as never),
      /subnet|and a group|default tenancy/.test(_) ? "InvalidRequestException" : "InvalidParameterValueException",
    );
    expect(await listed(name)).toEqual([]);
  });
});

/** A new configuration may show the date of its creation as that of its update; the model does not say. */
function updated(found: { dateUpdated?: string | undefined } | undefined): object {
  return found?.dateUpdated === undefined ? {} : { dateUpdated: expect.any(String) };
}
