import { existsSync } from "node:fs";
import { inspectEngines } from "./dist/index.js";
import { killCallersOf, momentOf } from "./dist/soak.js";

const reports = await inspectEngines();

/**
 * The proof that a process may be killed at any point of any call of a build host: another goes on, and nothing is lost, doubled or left.
 */
export const killedCallers = proofOf("buildah", "killed-callers", 11);

/** The same with podman. The contract kills at each call in any case, so CI makes few of these. */
export const killedCallersOfPodman = proofOf("podman", "killed-callers-of-podman", 5);

function proofOf(engine, name, share) {
  const report = reports.find((known) => known.engine === engine);
  return {
    name,
    count: 200,
    share,
    why: () => (!report.usable ? `${engine} ${report.finding}` : existsSync("/bin/busybox") ? undefined : "busybox is not installed"),
    async prepare() {
      const { kills, cleanUp } = await killCallersOf(engine);
      const attempt = async (random, number) => {
        try {
          await kills.kill(kills.calls[number % kills.calls.length], momentOf(random));
          return [];
        } catch (thrown) {
          return [thrown.message];
        }
      };
      return { attempt, cleanUp };
    },
  };
}
