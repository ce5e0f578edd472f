import { makeBuildahUnderTest } from "./buildah/testing/buildah-under-test.js";
import { killCallers, type KillOptions } from "./contract/kills/kill-callers.js";

export type { BuildHostUnderTest } from "./contract/build-host-under-test.js";
export { killCallers, type Kill, type KillOptions } from "./contract/kills/kill-callers.js";

/** Kills callers of buildah, as root or as an ordinary user, with a store of its own. */
export async function killCallersOfBuildah(options: KillOptions): Promise<void> {
  const given = await makeBuildahUnderTest(new URL("./index.js", import.meta.url).href);
  try {
    await killCallers(given, options);
  } finally {
    await given.cleanUp();
  }
}
