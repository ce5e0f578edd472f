import { join } from "node:path";
import { BuildFolders } from "./build-folders.js";

/** The folders of the builds that servers with that data folder run; those of `ib build` are beside them. */
export function serviceBuildFolders(place: { readonly dataFolder: string; readonly stateFolder: string }): BuildFolders {
  return new BuildFolders({ dataFolder: join(place.dataFolder, "service"), stateFolder: place.stateFolder });
}
