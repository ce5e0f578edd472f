import { access, mkdir, mkdtemp, rm } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { lastLines } from "../processes/engine-failure.js";
import { toolEnvironment } from "../processes/tool-environment.js";
import { asRoot } from "./as-root.js";
import type { RootlessCheck } from "./rootless-check.js";
import { tryCommand } from "./try-command.js";

const MOUNT = 'cd "$1" && mount -t overlay overlay -o lowerdir=lower,upperdir=upper,workdir=work merged';

/** Whether the layers of images can be mounted over each other where an ordinary user's store is: one such mount is made. */
export async function inspectOverlay(): Promise<RootlessCheck> {
  const common = { name: "overlay", required: false };
  const parent = await nearestFolder(join(toolEnvironment()["XDG_DATA_HOME"] ?? join(homedir(), ".local", "share"), "containers"));
  const folder = await mkdtemp(join(parent, ".imagewright-overlay-")).catch(() => undefined);
  if (folder === undefined)
    return { ...common, usable: false, finding: `cannot be tried: ${parent} cannot be written to`, fix: `ls -ld ${parent}` };
  try {
    for (const name of ["lower", "upper", "work", "merged"]) await mkdir(join(folder, name));
    const words = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", MOUNT, "sh", folder];
    const { exitCode, stderr } = await tryCommand(words);
    if (exitCode === 0) return { ...common, usable: true, finding: "can be mounted" };
    const finding = `cannot be mounted in ${parent} (${lastLines(stderr, 1).join("")}), so each container copies its whole image`;
    return { ...common, usable: false, finding, fix: await asRoot("apt-get install fuse-overlayfs") };
  } finally {
    // the mount made a folder in "work" that only its own user namespace may look into
    await tryCommand(["unshare", "--user", "--map-root-user", "rm", "-rf", folder]);
    await rm(folder, { recursive: true, force: true }).catch(() => undefined);
  }
}

async function nearestFolder(path: string): Promise<string> {
  return access(path).then(
    () => path,
    () => nearestFolder(dirname(path)),
  );
}
