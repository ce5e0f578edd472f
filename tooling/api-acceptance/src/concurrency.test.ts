import { Imagebuilder } from "@aws-sdk/client-imagebuilder";
import { describe, expect, test } from "@jest/globals";
import { componentDocument, PARENT_AMI } from "./support/documents.js";
import { makeImageRecipe, makeInfrastructure } from "./support/make.js";
import { removeImageAfterwards } from "./support/make-image.js";
import { removeAfterwards } from "./support/remove-afterwards.js";
import { api, endpoint, region } from "./support/service.js";
import { uniqueName } from "./support/unique-name.js";

const CLIENTS = 50;

/** Has 50 clients of their own make a call each at the same time. */
async function atOnce<Result>(call: (client: Imagebuilder, index: number) => Promise<Result>): Promise<PromiseSettledResult<Result>[]> {
  const clients = Array.from({ length: CLIENTS }, () => new Imagebuilder({ endpoint, region, maxAttempts: 1 }));
  try {
    return await Promise.allSettled(clients.map(call));
  } finally {
    for (const client of clients) client.destroy();
  }
}

function outcomes(results: readonly PromiseSettledResult<unknown>[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const result of results) {
    const name = result.status === "fulfilled" ? "created" : (result.reason as Error).name;
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}

describe("50 clients at the same time", () => {
  test("that create one name and version: one of them does", async () => {
    const [name, recipe] = [uniqueName("race"), { semanticVersion: "1.0.0", parentImage: PARENT_AMI, clientToken: undefined }];
    const results = await atOnce((client, index) => client.createImageRecipe({ ...recipe, name, description: `by ${String(index)}` }));
    for (const result of results) {
      if (result.status === "rejected") continue;
      const { imageRecipeArn } = result.value;
      removeAfterwards(() => api.deleteImageRecipe({ imageRecipeArn }));
    }
    expect(outcomes(results)).toEqual({ created: 1, ResourceAlreadyExistsException: CLIENTS - 1 });
  });

  test("that create one component with the same content: one of them does", async () => {
    const request = {
      name: uniqueName("race"),
      semanticVersion: "1.0.0",
      platform: "Linux" as const,
      data: componentDocument(),
      clientToken: undefined,
    };
    const results = await atOnce((client) => client.createComponent(request));
    for (const result of results) {
      if (result.status === "rejected") continue;
      const { componentBuildVersionArn } = result.value;
      removeAfterwards(() => api.deleteComponent({ componentBuildVersionArn }));
    }
    expect(outcomes(results)).toEqual({ created: 1, InvalidRequestException: CLIENTS - 1 });
  });

  test("that start images of one version: their numbers have no gap and none twice", async () => {
    const request = {
      imageRecipeArn: await makeImageRecipe(),
      infrastructureConfigurationArn: await makeInfrastructure(),
      clientToken: undefined,
    };
    const results = await atOnce((client) => client.createImage(request));
    const arns = results.flatMap((result) => (result.status === "fulfilled" ? [result.value.imageBuildVersionArn ?? ""] : []));
    for (const arn of arns) removeImageAfterwards(arn);
    expect(outcomes(results)).toEqual({ created: CLIENTS });
    const numbers = arns.map((arn) => Number(arn.split("/").at(-1))).sort((one, other) => one - other);
    expect(numbers).toEqual(Array.from({ length: CLIENTS }, (_, index) => index + 1));
  });
});
