// What is created while servers are killed: each resource has several rows, and its check reads all of them back.
import {
  CreateImageCommand,
  CreateImageRecipeCommand,
  CreateInfrastructureConfigurationCommand,
  GetComponentCommand,
  GetImageCommand,
  GetImageRecipeCommand,
  ListComponentsCommand,
  ListImageBuildVersionsCommand,
  ListImageRecipesCommand,
  type ImagebuilderClient,
} from "@aws-sdk/client-imagebuilder";
import { expect } from "@jest/globals";
import { createComponent } from "./service.js";

/** One kind of resource. */
export interface Creation {
  /** Creates one, and returns its ARN when the server has acknowledged it. */
  readonly create: (client: ImagebuilderClient, number: number) => Promise<string>;
  /** A page of the ARNs of all that there are. */
  readonly list: (client: ImagebuilderClient, nextToken?: string) => Promise<{ arns: string[]; nextToken?: string | undefined }>;
  /** Fails unless everything of the resource is there. */
  readonly check: (client: ImagebuilderClient, arn: string) => Promise<void>;
}

const TAGS = { team: "web", tier: "one" };

/** Components, recipes with a component and tags, and images of one recipe. */
export async function creations(client: ImagebuilderClient): Promise<readonly Creation[]> {
  const recipe = { semanticVersion: "1.0.0", parentImage: "ami-01a23bc4def5a6789", tags: TAGS };
  const base = { name: "base", components: [{ componentArn: await createComponent(client, "base") }] };
  const { imageRecipeArn } = await client.send(new CreateImageRecipeCommand({ ...recipe, ...base }));
  const { infrastructureConfigurationArn } = await client.send(
    new CreateInfrastructureConfigurationCommand({ name: "base", instanceProfileName: "builder" }),
  );
  return [
    {
      create: (to, number) => createComponent(to, `component-${number}`),
      list: async (from, nextToken) => {
        const page = await from.send(new ListComponentsCommand({ owner: "Self", maxResults: 25, nextToken }));
        return { arns: (page.componentVersionList ?? []).map(({ arn = "" }) => `${arn}/1`), nextToken: page.nextToken };
      },
      check: async (from, arn) => {
        const { component } = await from.send(new GetComponentCommand({ componentBuildVersionArn: arn }));
        expect(component).toMatchObject({ arn, version: "1.0.0", platform: "Linux", data: expect.stringContaining("ExecuteBash") });
      },
    },
    {
      create: async (to, number) => {
        const created = await to.send(new CreateImageRecipeCommand({ ...recipe, ...base, name: `recipe-${number}` }));
        return created.imageRecipeArn ?? "";
      },
      list: async (from, nextToken) => {
        const page = await from.send(new ListImageRecipesCommand({ owner: "Self", maxResults: 25, nextToken }));
        return { arns: (page.imageRecipeSummaryList ?? []).map(({ arn = "" }) => arn), nextToken: page.nextToken };
      },
      check: async (from, arn) => {
        const { imageRecipe } = await from.send(new GetImageRecipeCommand({ imageRecipeArn: arn }));
        const { parentImage, tags } = recipe;
        expect(imageRecipe).toMatchObject({ arn, version: "1.0.0", parentImage, tags, components: base.components });
      },
    },
    {
      create: async (to) => {
        const created = await to.send(new CreateImageCommand({ imageRecipeArn, infrastructureConfigurationArn, tags: TAGS }));
        return created.imageBuildVersionArn ?? "";
      },
      list: async (from, nextToken) => {
        const imageVersionArn = imageRecipeArn?.replace(":image-recipe/", ":image/");
        const page = await from.send(new ListImageBuildVersionsCommand({ imageVersionArn, maxResults: 25, nextToken }));
        return { arns: (page.imageSummaryList ?? []).map(({ arn = "" }) => arn), nextToken: page.nextToken };
      },
      check: async (from, arn) => {
        const { image } = await from.send(new GetImageCommand({ imageBuildVersionArn: arn }));
        expect(image).toMatchObject({ arn, tags: TAGS, state: { status: "PENDING" }, imageRecipe: { arn: imageRecipeArn } });
      },
    },
  ];
}
