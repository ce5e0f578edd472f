import { readdir, readFile, readlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { isOrdinaryUser } from "../../buildah/user-namespace.js";

/** The settings that give podman and buildah a store below the folder. */
export async function ownStore(folder: string): Promise<Record<string, string>> {
  // an ordinary user's own configuration, which says nothing, so that the host finds the driver
  if (isOrdinaryUser()) return { XDG_DATA_HOME: join(folder, "store") };
  const path = join(folder, "storage.conf");
  await writeFile(path, `[storage]\ndriver = "overlay"\ngraphroot = "${folder}/store/graph"\nrunroot = "${folder}/store/run"\n`);
  return { CONTAINERS_STORAGE_CONF: path };
}

/** What is on this computer of a store below the folder, beside what the engine lists: mounts, processes and layers. */
export async function listStore(folder: string): Promise<string[]> {
  const mounts = (await readFile("/proc/self/mounts", "utf8"))
    .split("\n")
    .filter((line) => line.includes(`${folder}/`) && !isOfTheStore(line));
  return [...mounts.map((line) => `mount ${line}`), ...(await listProcesses(folder)), ...(await listLayers(join(folder, "store")))];
}

/** Overlay's own mount of its folder, which stays. */
function isOfTheStore(line: string): boolean {
  return / \S+\/overlay /.test(line);
}

/** The processes that run in the folder's containers, or have been started for them. */
async function listProcesses(folder: string): Promise<string[]> {
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid);
  const found = await Promise.all(
    pids.map(async (pid) => {
      const line = (await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "")).replaceAll("\0", " ");
      const root = await readlink(`/proc/${pid}/root`).catch(() => "");
      return line.includes(`${folder}/`) || root.startsWith(folder) ? [`process ${line}`] : [];
    }),
  );
  return found.flat();
}

/**
 * What the store keeps on disk: layers and containers that no command lists are found here. Not listed are layers without files: a buildah
 * that is killed while it makes one leaves its empty folder now and then (1.28, 1 of 200 kills), which only buildah could prevent.
 */
async function listLayers(store: string): Promise<string[]> {
  const entries = await readdir(store, { recursive: true, withFileTypes: true }).catch(() => []);
  const parents = /\/(overlay|vfs|overlay-containers|vfs-containers|overlay-layers|vfs-layers)(\/dir)?$/;
  const folders = entries.filter((entry) => entry.isDirectory() && parents.test(entry.parentPath) && /^[0-9a-f]{64}$/.test(entry.name));
  const files = await Promise.all(folders.map(({ parentPath, name }) => readdir(join(parentPath, name, "diff")).catch(() => ["unknown"])));
  return folders
    .filter((_, index) => files[index]?.length !== 0)
    .map(({ parentPath, name }) => `store ${parentPath.slice(store.length)}/${name}`);
}
