import { KeptFinding } from "./kept-finding.js";
import { podmanFlags, type PodmanFlags, type WorkingFlags } from "./podman-flags.js";

const KEPT = new KeptFinding<WorkingFlags>({
  engine: "podman",
  fileName: "podman-flags.json",
  find: podmanFlags,
});

/** The flags with which podman works, found now or by an earlier process. */
export function keptPodmanFlags(stateFolder: string): Promise<PodmanFlags> {
  return KEPT.get(stateFolder);
}

/** For a container that did not start with them. */
export function forgetPodmanFlags(stateFolder: string): Promise<void> {
  return KEPT.forget(stateFolder);
}
