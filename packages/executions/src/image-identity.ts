import { imageRepository, type ImageIdentity } from "@imagewright/image-build";
import type { ClaimedImage } from "@imagewright/control-plane";

/** Where an image is in the store of the engine: accounts and Regions have images of one name each. */
export function repositoryOf({ account, region }: Pick<ClaimedImage, "account" | "region">, name: string): string {
  const repository = name === "" ? "" : imageRepository({ name }).replace(/^localhost\//, "");
  return `localhost/${account}/${region}/${repository}`;
}

export function identityOf(image: ClaimedImage): ImageIdentity {
  return { repository: repositoryOf(image, image.name), buildVersion: image.buildVersion };
}
