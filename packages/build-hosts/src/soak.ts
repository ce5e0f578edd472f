import { makeBuildahUnderTest } from "./buildah/testing/buildah-under-test.js";
import { CallerKills } from "./contract/kills/caller-kills.js";

export { CallerKills, type Kill } from "./contract/kills/caller-kills.js";
export type { BuildHostUnderTest } from "./contract/build-host-under-test.js";

/** Kills callers of buildah, as root or as an ordinary user, with a store of its own. */
export async function killCallersOfBuildah(): Promise<{ readonly kills: CallerKills; readonly cleanUp: () => Promise<void> }> {
  const given = await makeBuildahUnderTest(new URL("./index.js", import.meta.url).href);
  return { kills: new CallerKills(given), cleanUp: given.cleanUp };
}
