import { execFileSync, spawnSync } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BuildHostUnderTest } from "../../contract/build-host-under-test.js";
import { containerHostUnderTest } from "../../contract/container-host-under-test.js";
import { listStore, ownStore } from "../../engines/testing/own-store.js";
import { chooseBuildHost } from "../../index.js";
import { storageEnvironment } from "../storage-driver.js";
import { inUserNamespace, isOrdinaryUser } from "../user-namespace.js";
import { jobPaths, machineFolders } from "../../machines/machine-folders.js";

export interface BuildahUnderTest extends BuildHostUnderTest {
  readonly stateFolder: string;
  /** The variables with which buildah uses the same store. */
  readonly environment: Readonly<Record<string, string>>;
  /** The file in which buildah lists the images of its store. */
  readonly imageList: string;
}

/**
 * Buildah with a store of its own, so that what others do on this computer is not seen, and with these variables; `built` is the address of
 * the built package.
 */
export async function makeBuildahUnderTest(built: string, variables: Readonly<Record<string, string>> = {}): Promise<BuildahUnderTest> {
  const folder = await mkdtemp(join(tmpdir(), "imagewright-buildah-"));
  const stateFolder = join(folder, "state");
  const environment = { ...(await ownStore(folder)), ...variables };
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
  const graph = join(folder, "store", isOrdinaryUser() ? "containers/storage" : "graph");
  return {
    ...under,
    stateFolder,
    environment: { ...environment, ...(await storageEnvironment("buildah")) },
    imageList: join(graph, "overlay-images", "images.json"),
  };
}

async function listEngine(folder: string): Promise<string[]> {
  const driver = await storageEnvironment("buildah");
  const print = (...parameters: string[]) =>
    execFileSync("buildah", parameters, { encoding: "utf8", env: { ...process.env, ...driver } })
      .split("\n")
      .filter((line) => line !== "");
  return [
    ...print("containers", "--all", "--format", "container {{.ContainerName}}"),
    ...print("images", "--all", "--format", "image {{.ID}} {{.Name}}:{{.Tag}}"),
    ...(await listStore(folder)),
  ];
}
