import { join } from "node:path";
import type { Isolation } from "../../port/isolation.js";
import { capabilityFlags } from "./capability-flags.js";
import { OWN_DEVICES_SCRIPT } from "./own-devices.js";

/** A command that runs in a container of buildah. */
export interface IsolatedCommand {
  /** The whole command line of buildah with these parameters. */
  readonly line: (parameters: readonly string[]) => readonly string[];
  readonly isolation: Pick<Isolation, "kind" | "rootless">;
  /** The path of the container runtime, for `oci`. */
  readonly runtimePath: string | undefined;
  /** The folders of this run; see `makeRunFolders`. */
  readonly folder: string;
  /** Flags of `buildah run`, such as mounts. */
  readonly flags: readonly string[];
  readonly container: string;
  readonly words: readonly string[];
}

/**
 * The host name of jobs: the one that /etc/hosts has on every computer. Buildah's own choice is an id that leads nowhere, of which sudo
 * complains each time it is called.
 */
const HOST_NAME = ["--hostname", "localhost"];

/** The folders that a run needs, and in which it leaves its files if it is killed. */
export const RUN_FOLDERS = ["tmp", "runtime", "dev"] as const;

/**
 * The command line that runs a command as root in a container, with processes, messages and a host name of its own: they end with it.
 * Buildah gives no command in a changed root any of that. With a group beside the user, it does not look root up in the image, for which it
 * would start itself three more times.
 */
export function isolatedRun({ line, isolation, runtimePath, folder, flags, container, words }: IsolatedCommand): readonly string[] {
  const { kind, rootless } = isolation;
  const run = (...how: readonly string[]) =>
    line(["run", "--isolation", ...how, ...capabilityFlags(kind), ...HOST_NAME, "--user", "0:0", ...flags, container, "--", ...words]);
  const apart = ["unshare", "--pid", "--ipc", "--uts", "--fork", "--kill-child", "--mount-proc"];
  if (kind !== "oci") return [...apart, "sh", "-c", OWN_DEVICES_SCRIPT, "sh", join(folder, "dev"), ...run("chroot")];
  const runtime = ["--runtime", runtimePath ?? "runc", "--runtime-flag", `root=${join(folder, "runtime")}`];
  return [...apart, ...run(rootless ? "rootless" : "oci", ...runtime, "--network", "host")];
}
