import { access, constants, mkdir } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { abandonedScratch, withScratchFolder } from "@imagewright/node-host";
import { lastLines } from "../processes/engine-failure.js";
import { toolEnvironment } from "../processes/tool-environment.js";
import { asRoot } from "./as-root.js";
import type { RootlessCheck } from "./rootless-check.js";
import { tryCommand } from "./try-command.js";

const MOUNT = 'cd "$1" && mount -t overlay overlay -o lowerdir=lower,upperdir=upper,workdir=work merged';
const IN_NAMESPACE = ["unshare", "--user", "--map-root-user", "--mount"];

/** Whether the layers of images can be mounted over each other where an ordinary user's store is: one such mount is made. */
export async function inspectOverlay(): Promise<RootlessCheck> {
  const parent = await nearestFolder(join(toolEnvironment()["XDG_DATA_HOME"] ?? join(homedir(), ".local", "share"), "containers"));
  for (const folder of await abandonedScratch(parent)) await removeMount(folder);
  const isWritable = await access(parent, constants.W_OK).then(
    () => true,
    () => false,
  );
  if (!isWritable) return { ...CHECK, usable: false, finding: `cannot be tried: ${parent} cannot be written to`, fix: `ls -ld ${parent}` };
  return withScratchFolder({ purpose: "overlay", parent }, async (folder) => {
    try {
      return await tryMount(folder, parent);
    } finally {
      await removeMount(folder);
    }
  });
}

const CHECK = { name: "overlay", required: false };

async function tryMount(folder: string, parent: string): Promise<RootlessCheck> {
  for (const name of ["lower", "upper", "work", "merged"]) await mkdir(join(folder, name));
  const { exitCode, stderr } = await tryCommand([...IN_NAMESPACE, "sh", "-c", MOUNT, "sh", folder]);
  if (exitCode === 0) return { ...CHECK, usable: true, finding: "can be mounted" };
  const finding = `cannot be mounted in ${parent} (${lastLines(stderr, 1).join("")}), so each container copies its whole image`;
  return { ...CHECK, usable: false, finding, fix: await asRoot("apt-get install fuse-overlayfs") };
}

/** The mount made a folder in "work" that only a user namespace may look into. */
async function removeMount(folder: string): Promise<void> {
  await tryCommand([...IN_NAMESPACE, "rm", "-rf", folder]);
}

async function nearestFolder(path: string): Promise<string> {
  return access(path).then(
    () => path,
    () => nearestFolder(dirname(path)),
  );
}
