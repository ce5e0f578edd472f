import { imageRepository, type ImageIdentity } from "@imagewright/image-build";
import type { ClaimedImage } from "@imagewright/control-plane";

/** What an image is called in the store of the engine: accounts and Regions may have images of the same name. */
export function imageIdentityOf({ account, region, name, buildVersion }: ClaimedImage): ImageIdentity {
  return { repository: imageRepository({ name }).replace("localhost/", `localhost/${account}/${region}/`), buildVersion };
}
