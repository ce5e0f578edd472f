import { describe, expect } from "@jest/globals";
import { componentDocument, DOCKERFILE, PARENT_AMI, PARENT_CONTAINER, workflowDocument } from "./support/documents.js";
import { NAMED_KINDS } from "./support/kinds.js";
import { makeImageRecipe, makeInfrastructure } from "./support/make.js";
import { prove } from "./support/prove.js";
import { sendSigned } from "./support/signed-request.js";
import { uniqueName } from "./support/unique-name.js";

// the SDK does not have the member yet, so the requests are sent without it
const REQUESTS: Readonly<Record<string, (name: string) => object | Promise<object>>> = {
  CreateComponent: () => ({ semanticVersion: "1.0.0", platform: "Linux", data: componentDocument() }),
  CreateImageRecipe: () => ({ semanticVersion: "1.0.0", parentImage: PARENT_AMI }),
  CreateContainerRecipe: () => ({
    ...{ semanticVersion: "1.0.0", containerType: "DOCKER", parentImage: PARENT_CONTAINER, platformOverride: "Linux" },
    ...{ targetRepository: { service: "ECR", repositoryName: "web" }, dockerfileTemplateData: DOCKERFILE },
  }),
  CreateInfrastructureConfiguration: () => ({ instanceProfileName: "builder" }),
  CreateDistributionConfiguration: () => ({ distributions: [{ region: "eu-west-1" }] }),
  CreateImagePipeline: async () => ({
    imageRecipeArn: await makeImageRecipe(),
    infrastructureConfigurationArn: await makeInfrastructure(),
  }),
  CreateWorkflow: () => ({ semanticVersion: "1.0.0", type: "TEST", data: workflowDocument() }),
  CreateLifecyclePolicy: () => ({
    ...{ executionRole: "lifecycle", resourceType: "AMI_IMAGE", resourceSelection: { tagMap: { team: "web" } } },
    policyDetails: [{ action: { type: "DELETE" }, filter: { type: "COUNT", value: 3 } }],
  }),
};

describe("dry runs", () => {
  prove("API-102", async () => {
    for (const { creates, list, make } of NAMED_KINDS) {
      const name = uniqueName("dry");
      const request = { name, ...(await REQUESTS[creates]?.(name)), clientToken: uniqueName("token"), dryRun: true };
      const dry = await sendSigned("PUT", `/${creates}`, request);
      expect([creates, dry.status, dry.error]).toEqual([creates, 412, "DryRunOperationException"]);
      const { found } = await list({ filters: [{ name: "name", values: [name] }] });
      expect([creates, found]).toEqual([creates, []]);
      const wrong = await sendSigned("PUT", `/${creates}`, { ...request, description: "" });
      expect([creates, wrong.status, wrong.error]).toEqual([creates, 400, "InvalidParameterValueException"]);
      // neither the name nor the client token is taken
      await make({ name, clientToken: request.clientToken } as { name: string });
    }
    const image = await sendSigned("PUT", "/CreateImage", { clientToken: "x", infrastructureConfigurationArn: "x", dryRun: true });
    expect([image.status, image.error]).toEqual([400, "InvalidParameterValueException"]);
  });
});
