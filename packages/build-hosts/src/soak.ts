import { makeBuildahUnderTest } from "./buildah/testing/buildah-under-test.js";
import { makePodmanUnderTest } from "./container-cli/testing/podman-under-test.js";
import { CallerKills } from "./contract/kills/caller-kills.js";

export { CallerKills, momentOf, type Kill, type KillMoment } from "./contract/kills/caller-kills.js";
export type { BuildHostUnderTest } from "./contract/build-host-under-test.js";

const MAKERS = { buildah: makeBuildahUnderTest, podman: makePodmanUnderTest };

/** Kills callers of an engine, as root or as an ordinary user, with a store of its own. */
export async function killCallersOf(
  engine: keyof typeof MAKERS,
): Promise<{ readonly kills: CallerKills; readonly cleanUp: () => Promise<void> }> {
  const given = await MAKERS[engine](new URL("./index.js", import.meta.url).href);
  return { kills: new CallerKills(given), cleanUp: given.cleanUp };
}
