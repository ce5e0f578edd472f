import { join } from "node:path";
import { ImageStore } from "@imagewright/image-build";
import type { ClaimedImage } from "@imagewright/control-plane";

/** Where a server has its builds and images. Another server of the place finds them by the data folder, which is on record. */
export interface BuildPlace {
  readonly dataFolder: string;
  readonly stateFolder: string;
}

/** The images of an account in a Region: others may have some of the same name and number. */
export function storeIn({ dataFolder }: BuildPlace, { account, region }: Pick<ClaimedImage, "account" | "region">): ImageStore {
  return new ImageStore(join(dataFolder, "service", account, region));
}
