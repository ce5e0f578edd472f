import type { Isolation } from "../../port/isolation.js";

/**
 * The host name of jobs: the one that /etc/hosts has on every computer. Buildah's own choice is an id that leads nowhere, of which sudo
 * complains each time it is called.
 */
export const HOST_NAME = ["--hostname", "localhost"] as const;

/** The flags of `buildah run` for a person: as jobs run, with the network of this computer, since not every one has what another needs. */
export function runByHand({ kind, rootless }: Pick<Isolation, "kind" | "rootless">): readonly string[] {
  const how = kind === "oci" ? ["--isolation", rootless ? "rootless" : "oci", "--network", "host"] : ["--isolation", "chroot"];
  return [...how, ...HOST_NAME];
}
