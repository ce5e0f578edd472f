import { describe, expect, test } from "@jest/globals";
import { api } from "../support/service.js";
import { uniqueName } from "../support/unique-name.js";
import { applyAndDestroy } from "./provider.js";

const AMI_NAME = "web {{ imagebuilder:buildDate }}";
const distributions = (region: string) => [{ region, amiDistributionConfiguration: { name: AMI_NAME, amiTags: { made: "here" } } }];
const rule = (value: number) => ({
  action: { type: "DELETE" as const, includeResources: { amis: true, snapshots: true, containers: false } },
  filter: { type: "AGE" as const, value, retainAtLeast: 5, unit: "YEARS" as const },
});

describe("the calls of Terraform's provider for configurations and policies", () => {
  test("aws_imagebuilder_infrastructure_configuration", async () => {
    const settings = {
      ...{ instanceProfileName: "builder", instanceTypes: ["t3.large"], keyPair: "rescue", terminateInstanceOnFailure: true },
      ...{ logging: { s3Logs: { s3BucketName: "logs", s3KeyPrefix: "builds" } }, resourceTags: { cost: "images" } },
    };
    const { created, updated } = await applyAndDestroy({
      create: async (common) => {
        const named = { name: uniqueName("tf"), securityGroupIds: ["sg-1"], subnetId: "subnet-1", description: "small" };
        return (await api.createInfrastructureConfiguration({ ...common, ...named, ...settings })).infrastructureConfigurationArn;
      },
      read: async (infrastructureConfigurationArn) => ({
        ...(await api.getInfrastructureConfiguration({ infrastructureConfigurationArn })).infrastructureConfiguration,
      }),
      update: (infrastructureConfigurationArn, clientToken) =>
        api.updateInfrastructureConfiguration({
          infrastructureConfigurationArn,
          clientToken,
          ...settings,
          terminateInstanceOnFailure: false,
        }),
      delete: (infrastructureConfigurationArn) => api.deleteInfrastructureConfiguration({ infrastructureConfigurationArn }),
    });
    expect(created).toMatchObject({ ...settings, securityGroupIds: ["sg-1"], subnetId: "subnet-1", dateCreated: expect.any(String) });
    expect(updated).toMatchObject({ ...settings, terminateInstanceOnFailure: false, dateUpdated: expect.any(String) });
    // the provider shows a difference for ever if something that was taken out comes back
    expect(Object.keys(updated ?? {})).not.toEqual(expect.arrayContaining(["subnetId"]));
  });

  test("aws_imagebuilder_distribution_configuration", async () => {
    const { created, updated } = await applyAndDestroy({
      create: async (common) => {
        const named = { name: uniqueName("tf"), distributions: distributions("eu-west-1") };
        return (await api.createDistributionConfiguration({ ...common, ...named })).distributionConfigurationArn;
      },
      read: async (distributionConfigurationArn) => ({
        ...(await api.getDistributionConfiguration({ distributionConfigurationArn })).distributionConfiguration,
      }),
      update: (distributionConfigurationArn, clientToken) =>
        api.updateDistributionConfiguration({ distributionConfigurationArn, clientToken, distributions: distributions("us-west-2") }),
      delete: (distributionConfigurationArn) => api.deleteDistributionConfiguration({ distributionConfigurationArn }),
    });
    expect(created).toMatchObject({ distributions: distributions("eu-west-1"), dateCreated: expect.any(String) });
    expect(updated).toMatchObject({ distributions: distributions("us-west-2"), dateUpdated: expect.any(String) });
  });

  test("aws_imagebuilder_lifecycle_policy", async () => {
    const settings = {
      ...{ executionRole: "arn:aws:iam::123456789012:role/lifecycle", resourceType: "AMI_IMAGE" as const, status: "ENABLED" as const },
      ...{ policyDetails: [rule(6)], resourceSelection: { tagMap: { team: "web" } } },
    };
    const { created, updated } = await applyAndDestroy({
      create: async (common) => (await api.createLifecyclePolicy({ ...common, ...settings, name: uniqueName("tf") })).lifecyclePolicyArn,
      read: async (lifecyclePolicyArn) => ({ ...(await api.getLifecyclePolicy({ lifecyclePolicyArn })).lifecyclePolicy }),
      update: (lifecyclePolicyArn, clientToken) =>
        api.updateLifecyclePolicy({ lifecyclePolicyArn, clientToken, ...settings, policyDetails: [rule(10)], status: "DISABLED" }),
      delete: (lifecyclePolicyArn) => api.deleteLifecyclePolicy({ lifecyclePolicyArn }),
    });
    expect(created).toMatchObject(settings);
    expect(updated).toMatchObject({ ...settings, policyDetails: [rule(10)], status: "DISABLED" });
  });
});
