import { existsSync } from "node:fs";
import { inspectEngines } from "./dist/index.js";
import { killCallersOfBuildah } from "./dist/soak.js";

const [buildah] = (await inspectEngines()).filter(({ engine }) => engine === "buildah");

/**
 * The proof that a process may be killed at any point of any call of a build host: another goes on, and nothing is lost, doubled or left.
 */
export const killedCallers = {
  name: "killed-callers",
  count: 200,
  share: 22,
  why: () => (!buildah.usable ? `buildah ${buildah.finding}` : existsSync("/bin/busybox") ? undefined : "busybox is not installed"),
  async prepare() {
    const { kills, cleanUp } = await killCallersOfBuildah();
    const attempt = async (random, number) => {
      try {
        await kills.kill(kills.calls[number % kills.calls.length], random);
        return [];
      } catch (thrown) {
        return [thrown.message];
      }
    };
    return { attempt, cleanUp };
  },
};
