import type { ControlPlane } from "@imagewright/control-plane";
import type { ContainerHost } from "@imagewright/build-hosts";
import { isImagewrightError } from "@imagewright/diagnostics";
import { endAbandoned, holdBuild, listBuilds, removeUnstored, serviceBuildFolders } from "@imagewright/image-build";
import { UnfinishedImages } from "./unfinished-images.js";
import { storeIn, type BuildPlace } from "./build-place.js";

interface StrayParts {
  readonly plane: () => ControlPlane;
  readonly place: BuildPlace;
  readonly host: ContainerHost;
}

/**
 * Ends the builds that no image waits for: their server died when it had told the end of the image and not yet removed what the build had
 * made, or when it had not yet said which image the build is for; or the image begins again elsewhere. Removes the folders of those that a
 * server was killed in beginning.
 */
export async function endStrayBuilds({ plane, place, host }: StrayParts): Promise<void> {
  const folders = serviceBuildFolders(place);
  await removeUnstored(folders);
  const unended = (await listBuilds(folders)).filter(({ status }) => status !== "running");
  if (unended.length > 0) {
    const wanted = new Set(await plane().runs.buildsIn(place.dataFolder));
    for (const { id, stored } of unended.filter((build) => !wanted.has(build.id))) {
      const identity = /^localhost\/(\d+)\/([^/]+)\//.exec(stored?.settings.identity?.repository ?? "");
      const store = storeIn(place, { account: identity?.[1] ?? "", region: identity?.[2] ?? "" });
      const hold = await holdBuild(folders, id).catch((thrown: unknown) => {
        if (!isImagewrightError(thrown)) throw thrown;
        return undefined; // another server has it by now
      });
      if (hold !== undefined) await endAbandoned(hold, { host, store });
    }
  }
  await new UnfinishedImages(place, host).removeOld(new Date());
  await folders.forgetOwners();
  await host.removeOrphans({ has: (owner) => folders.isOwner(owner) });
}
