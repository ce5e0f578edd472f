import { describe, expect, test } from "@jest/globals";
import { componentDocument, DOCKERFILE, workflowDocument } from "../support/documents.js";
import { makeComponent } from "../support/make.js";
import { api, arnOf } from "../support/service.js";
import { uniqueName } from "../support/unique-name.js";
import { applyAndDestroy } from "./provider.js";

describe("the calls of Terraform's provider for resources with versions", () => {
  test("aws_imagebuilder_component", async () => {
    const data = componentDocument();
    const { created } = await applyAndDestroy({
      create: async (common) => {
        const settings = { name: uniqueName("tf"), semanticVersion: "1.0.0", platform: "Linux" as const, data };
        const answer = await api.createComponent({
          ...common,
          ...settings,
          changeDescription: "first",
          supportedOsVersions: ["Debian 12"],
        });
        expect(answer.latestVersionReferences?.latestVersionArn).toMatch(/\/x\.x\.x$/);
        return answer.componentBuildVersionArn;
      },
      read: async (componentBuildVersionArn) => ({ ...(await api.getComponent({ componentBuildVersionArn })).component }),
      delete: (componentBuildVersionArn) => api.deleteComponent({ componentBuildVersionArn }),
    });
    const computed = { encrypted: true, owner: expect.any(String), type: "BUILD", dateCreated: expect.any(String) };
    const given = { data, changeDescription: "first", platform: "Linux", supportedOsVersions: ["Debian 12"], version: "1.0.0" };
    expect(created).toMatchObject({ ...computed, ...given });
  });

  test("aws_imagebuilder_workflow", async () => {
    const data = workflowDocument();
    const { created } = await applyAndDestroy({
      create: async (common) =>
        (await api.createWorkflow({ ...common, name: uniqueName("tf"), semanticVersion: "1.0.0", type: "TEST", data }))
          .workflowBuildVersionArn,
      read: async (workflowBuildVersionArn) => ({ ...(await api.getWorkflow({ workflowBuildVersionArn })).workflow }),
      delete: (workflowBuildVersionArn) => api.deleteWorkflow({ workflowBuildVersionArn }),
    });
    expect(created).toMatchObject({ data, type: "TEST", version: "1.0.0", owner: expect.any(String), dateCreated: expect.any(String) });
  });

  test("aws_imagebuilder_image_recipe", async () => {
    const components = [{ componentArn: await makeComponent() }];
    const ebs = { deleteOnTermination: true, volumeSize: 100, volumeType: "gp2" as const };
    const settings = { blockDeviceMappings: [{ deviceName: "/dev/xvdb", ebs }], workingDirectory: "/tmp", components };
    const parentImage = await arnOf("image/amazon-linux-2-x86/x.x.x", "aws");
    const { created } = await applyAndDestroy({
      create: async (common) =>
        (await api.createImageRecipe({ ...common, name: uniqueName("tf"), semanticVersion: "1.0.0", parentImage, ...settings }))
          .imageRecipeArn,
      read: async (imageRecipeArn) => ({ ...(await api.getImageRecipe({ imageRecipeArn })).imageRecipe }),
      delete: (imageRecipeArn) => api.deleteImageRecipe({ imageRecipeArn }),
    });
    expect(created).toMatchObject({ ...settings, parentImage, platform: "Linux", version: "1.0.0", owner: expect.any(String) });
  });

  test("aws_imagebuilder_container_recipe", async () => {
    const components = [{ componentArn: await makeComponent() }];
    const targetRepository = { service: "ECR" as const, repositoryName: "web" };
    const settings = { components, targetRepository, dockerfileTemplateData: DOCKERFILE, parentImage: "debian:12" };
    const { created } = await applyAndDestroy({
      create: async (common) => {
        const named = {
          name: uniqueName("tf"),
          semanticVersion: "1.0.0",
          containerType: "DOCKER" as const,
          platformOverride: "Linux" as const,
        };
        return (await api.createContainerRecipe({ ...common, ...named, ...settings })).containerRecipeArn;
      },
      read: async (containerRecipeArn) => ({ ...(await api.getContainerRecipe({ containerRecipeArn })).containerRecipe }),
      delete: (containerRecipeArn) => api.deleteContainerRecipe({ containerRecipeArn }),
    });
    expect(created).toMatchObject({ ...settings, containerType: "DOCKER", encrypted: true, platform: "Linux", version: "1.0.0" });
  });
});
