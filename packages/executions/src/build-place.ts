import { join } from "node:path";
import { BuildFolders, ImageStore } from "@imagewright/image-build";
import type { ClaimedImage } from "@imagewright/control-plane";

/** Where a server has its builds and images. Another server of the place finds them by the data folder, which is on record. */
export interface BuildPlace {
  readonly dataFolder: string;
  readonly stateFolder: string;
}

/** The builds of the service; those of `ib build` are beside them. */
export function foldersIn({ dataFolder, stateFolder }: BuildPlace): BuildFolders {
  return new BuildFolders({ dataFolder: join(dataFolder, "service"), stateFolder });
}

/** The images of an account in a Region: others may have some of the same name and number. */
export function storeIn({ dataFolder }: BuildPlace, { account, region }: Pick<ClaimedImage, "account" | "region">): ImageStore {
  return new ImageStore(join(dataFolder, "service", account, region));
}
