import { paginateListDistributionConfigurations } from "@aws-sdk/client-imagebuilder";
import { describe, expect, test } from "@jest/globals";
import { makeDistribution, makeInfrastructure, makePipeline } from "./support/make.js";
import { entries } from "./support/pages.js";
import { prove } from "./support/prove.js";
import { MESSAGES, refused } from "./support/refused.js";
import { api, arnOf } from "./support/service.js";
import { uniqueName } from "./support/unique-name.js";

const get = async (distributionConfigurationArn: string) =>
  (await api.getDistributionConfiguration({ distributionConfigurationArn })).distributionConfiguration;
const listed = (name: string) =>
  entries(paginateListDistributionConfigurations, { filters: [{ name: "name", values: [name] }] }, "distributionConfigurationSummaryList");

const AMI_NAME = "web {{ imagebuilder:buildDate }}";
const DISTRIBUTIONS = [
  {
    region: "us-east-1",
    amiDistributionConfiguration: {
      ...{ name: AMI_NAME, description: "a web server", targetAccountIds: ["123456789012"], amiTags: { made: "here" } },
      launchPermission: { userIds: ["123456789012"] },
    },
    launchTemplateConfigurations: [{ launchTemplateId: "lt-0123456789abcdef0", setDefaultVersion: false }],
  },
  {
    region: "eu-west-1",
    containerDistributionConfiguration: { targetRepository: { service: "ECR" as const, repositoryName: "web" }, containerTags: ["newest"] },
  },
];

describe("distribution configurations", () => {
  prove("API-005", async () => {
    const name = uniqueName("distribution");
    const arn = await makeDistribution({ name });
    expect(arn).toBe(await arnOf(`distribution-configuration/${name}`));
    const undated = await makeDistribution({ distributions: [{ region: "eu-west-1", amiDistributionConfiguration: { name: "web" } }] });
    expect((await get(undated))?.distributions?.[0]?.amiDistributionConfiguration).toEqual({ name: "web" });
    const again = makeDistribution({ name, description: "another" });
    await refused(again, "ResourceAlreadyExistsException", MESSAGES.exists("DistributionConfiguration", arn));
  });

  prove("API-026", async () => {
    const name = uniqueName("distribution");
    const arn = await makeDistribution({ name, description: "two Regions", distributions: DISTRIBUTIONS, tags: { team: "web" } });
    expect(await get(arn)).toMatchObject({ arn, name, description: "two Regions", distributions: DISTRIBUTIONS, tags: { team: "web" } });
    expect((await get(arn))?.timeoutMinutes).toEqual(expect.any(Number));
  });

  prove("API-045", async () => {
    const name = uniqueName("distribution");
    await makeDistribution({ name, distributions: DISTRIBUTIONS });
    expect((await listed(name)).map(({ regions }) => [...(regions ?? [])].sort())).toEqual([["eu-west-1", "us-east-1"]]);
  });

  prove("API-074", async () => {
    const arn = await makeDistribution({ description: "two Regions", distributions: DISTRIBUTIONS, tags: { team: "web" } });
    const distributions = [{ region: "us-west-2", amiDistributionConfiguration: { name: AMI_NAME } }];
    const change = { distributionConfigurationArn: arn, distributions, clientToken: undefined };
    expect(await api.updateDistributionConfiguration(change)).toMatchObject({ distributionConfigurationArn: arn });
    const found = await get(arn);
    expect(found).toMatchObject({ arn, distributions, tags: { team: "web" }, dateUpdated: expect.any(String) });
    expect(found?.description).toBeUndefined();
    await refused(
      api.updateDistributionConfiguration({ ...change, distributionConfigurationArn: `${arn}-none` }),
      "ResourceNotFoundException",
    );
  });

  prove("API-014", async () => {
    const distributionConfigurationArn = await makeDistribution();
    const imagePipelineArn = await makePipeline({ distributionConfigurationArn });
    const refusal = api.deleteDistributionConfiguration({ distributionConfigurationArn });
    await refused(refusal, "ResourceDependencyException", MESSAGES.dependedOn(distributionConfigurationArn));
    await api.deleteImagePipeline({ imagePipelineArn });
    expect(await api.deleteDistributionConfiguration({ distributionConfigurationArn })).toMatchObject({ distributionConfigurationArn });
    await refused(get(distributionConfigurationArn), "ResourceNotFoundException");
  });

  test.each([
    ["a Region twice", [{ region: "eu-west-1" }, { region: "eu-west-1" }]],
    ["an account that is none", [{ region: "eu-west-1", amiDistributionConfiguration: { targetAccountIds: ["12"] } }]],
    ["an unknown format", [{ region: "eu-west-1", s3ExportConfiguration: { roleName: "r", diskImageFormat: "QCOW2", s3Bucket: "b" } }]],
  ])("CreateDistributionConfiguration refuses %s", async (_, distributions) => {
    const name = uniqueName("distribution");
    await refused(makeDistribution({ name, distributions } as never), "InvalidParameterValueException");
    expect(await listed(name)).toEqual([]);
  });
});

describe("both kinds of configurations", () => {
  prove("API-091", async () => {
    const [one, other] = [uniqueName("one"), uniqueName("other")];
    for (const name of [one, other]) {
      await makeInfrastructure({ name });
      await makeDistribution({ name });
    }
    const filters = [{ name: "name", values: [one, other] }];
    expect((await api.listInfrastructureConfigurations({ filters })).infrastructureConfigurationSummaryList).toHaveLength(2);
    expect((await api.listDistributionConfigurations({ filters })).distributionConfigurationSummaryList).toHaveLength(2);
    const wrong = { filters: [{ name: "description", values: ["x"] }] };
    await refused(api.listInfrastructureConfigurations(wrong), "InvalidParameterValueException", MESSAGES.invalidValue("filters"));
    await refused(api.listDistributionConfigurations(wrong), "InvalidParameterValueException", MESSAGES.invalidValue("filters"));
  });
});
