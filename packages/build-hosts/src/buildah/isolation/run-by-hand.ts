import type { Isolation } from "../../port/isolation.js";

/** The flags of `buildah run` for a person: as jobs run, with the network of this computer, since not every one has what another needs. */
export function runByHand({ kind, rootless }: Pick<Isolation, "kind" | "rootless">): readonly string[] {
  return kind === "oci" ? ["--isolation", rootless ? "rootless" : "oci", "--network", "host"] : ["--isolation", "chroot"];
}
