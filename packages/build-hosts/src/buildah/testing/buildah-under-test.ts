import { execFileSync, spawnSync } from "node:child_process";
import { mkdtemp, readdir, readFile, readlink, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BuildHostUnderTest } from "../../contract/build-host-under-test.js";
import { containerHostUnderTest } from "../../contract/container-host-under-test.js";
import { chooseBuildHost } from "../../index.js";
import { storageEnvironment } from "../storage-driver.js";
import { inUserNamespace, isOrdinaryUser } from "../user-namespace.js";
import { jobPaths, machineFolders } from "../../machines/machine-folders.js";

export interface BuildahUnderTest extends BuildHostUnderTest {
  readonly stateFolder: string;
  /** The variables with which buildah uses the same store. */
  readonly environment: Readonly<Record<string, string>>;
}

/** Buildah with a store of its own, so that what others do on this computer is not seen; `built` is the address of the built package. */
export async function makeBuildahUnderTest(built: string): Promise<BuildahUnderTest> {
  const folder = await mkdtemp(join(tmpdir(), "imagewright-buildah-"));
  const stateFolder = join(folder, "state");
  const environment = await storeEnvironment(folder);
  Object.assign(process.env, environment);
  const { host } = await chooseBuildHost({ preferred: "buildah", stateFolder });
  const under = await containerHostUnderTest({
    host,
    stateFolder,
    hostModule: `Object.assign(process.env, ${JSON.stringify(environment)});
      const { chooseBuildHost } = await import(${JSON.stringify(built)});
      export const { host } = await chooseBuildHost({ preferred: "buildah", stateFolder: ${JSON.stringify(stateFolder)} });`,
    killJob: async (job) => {
      const { control } = jobPaths(machineFolders(stateFolder, job.machine.id), job);
      process.kill(-Number.parseInt(await readFile(`${control}.process`, "utf8"), 10), "SIGKILL");
    },
    listEngine: () => listEngine(folder),
    cleanUp: async () => {
      for (const name of Object.keys(environment)) Reflect.deleteProperty(process.env, name);
      // what a failed test has left is still mounted, and with it the store's own folder
      if (!isOrdinaryUser()) spawnSync("umount", ["--recursive", "--lazy", join(folder, "store", "graph", "overlay")]);
      const remove = ["rm", "-rf", join(folder, "store")];
      const [program = "", ...words] = inUserNamespace(remove);
      execFileSync(program, words);
      await rm(folder, { recursive: true, force: true });
    },
  });
  return { ...under, stateFolder, environment: { ...environment, ...(await storageEnvironment()) } };
}

/** The settings that give buildah a store in the folder. */
async function storeEnvironment(folder: string): Promise<Record<string, string>> {
  // an ordinary user's own configuration, which says nothing, so that the host finds the driver
  if (isOrdinaryUser()) return { XDG_DATA_HOME: join(folder, "store") };
  const path = join(folder, "storage.conf");
  await writeFile(path, `[storage]\ndriver = "overlay"\ngraphroot = "${folder}/store/graph"\nrunroot = "${folder}/store/run"\n`);
  return { CONTAINERS_STORAGE_CONF: path };
}

async function listEngine(folder: string): Promise<string[]> {
  const driver = await storageEnvironment();
  const print = (...parameters: string[]) =>
    execFileSync("buildah", parameters, { encoding: "utf8", env: { ...process.env, ...driver } })
      .split("\n")
      .filter((line) => line !== "");
  const mounts = (await readFile("/proc/self/mounts", "utf8"))
    .split("\n")
    .filter((line) => line.includes(`${folder}/`) && !isOfTheStore(line));
  return [
    ...print("containers", "--all", "--format", "container {{.ContainerName}}"),
    ...print("images", "--all", "--format", "image {{.ID}} {{.Name}}:{{.Tag}}"),
    ...mounts.map((line) => `mount ${line}`),
    ...(await listProcesses(folder)),
    ...(await listLayers(join(folder, "store"))),
  ];
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
