import type * as sdk from "@aws-sdk/client-imagebuilder";
import { makeImageRecipe, makeInfrastructure } from "./make.js";
import { removeAfterwards } from "./remove-afterwards.js";
import { api } from "./service.js";

const ENDED = ["AVAILABLE", "CANCELLED", "DELETED", "DEPRECATED", "DISABLED", "FAILED"];

/** Starts an image, has it cancelled and removed after the tests of the file, and returns its ARN. */
export async function makeImage(given: Partial<sdk.CreateImageRequest> = {}): Promise<string> {
  const { imageBuildVersionArn = "" } = await api.createImage({
    clientToken: undefined,
    ...(given.containerRecipeArn === undefined ? { imageRecipeArn: given.imageRecipeArn ?? (await makeImageRecipe()) } : {}),
    infrastructureConfigurationArn: given.infrastructureConfigurationArn ?? (await makeInfrastructure()),
    ...given,
  });
  return removeImageAfterwards(imageBuildVersionArn);
}

/** Has an image cancelled and removed after the tests of the file. */
export function removeImageAfterwards(arn: string): string {
  removeAfterwards(async () => {
    await cancelImage(arn);
    await api.deleteImage({ imageBuildVersionArn: arn });
  });
  return arn;
}

/** Cancels an image that has not ended, and waits until it has. */
export async function cancelImage(arn: string): Promise<void> {
  if (!ENDED.includes(await statusOf(arn))) await api.cancelImageCreation({ imageBuildVersionArn: arn, clientToken: undefined });
  while (!ENDED.includes(await statusOf(arn))) await new Promise((resolve) => setTimeout(resolve, 50));
}

/** The status of an image. */
export async function statusOf(arn: string): Promise<string> {
  const { image } = await api.getImage({ imageBuildVersionArn: arn });
  return image?.state?.status ?? "";
}
