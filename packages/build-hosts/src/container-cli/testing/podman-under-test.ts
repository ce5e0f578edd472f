import { execFileSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { storageEnvironment } from "../../buildah/storage-driver.js";
import { inUserNamespace } from "../../buildah/user-namespace.js";
import type { BuildHostUnderTest } from "../../contract/build-host-under-test.js";
import { containerHostUnderTest } from "../../contract/container-host-under-test.js";
import { listStore, ownStore } from "../../engines/testing/own-store.js";
import { chooseBuildHost } from "../../index.js";
import type { ContainerHost } from "../../port/container-host.js";
import { killJobOfContainer } from "./kill-job.js";

export interface PodmanUnderTest extends BuildHostUnderTest {
  readonly containerHost: ContainerHost;
  /** The variables with which podman uses the same store. */
  readonly environment: Readonly<Record<string, string>>;
}

/** Podman with a store of its own, so that what others do on this computer is not seen; `built` is the address of the built package. */
export async function makePodmanUnderTest(built: string): Promise<PodmanUnderTest> {
  const folder = await mkdtemp(join(tmpdir(), "imagewright-podman-"));
  const stateFolder = join(folder, "state");
  const environment = await ownStore(folder);
  Object.assign(process.env, environment);
  const { host } = await chooseBuildHost({ preferred: "podman", stateFolder });
  const under = await containerHostUnderTest({
    host,
    stateFolder,
    hostModule: `Object.assign(process.env, ${JSON.stringify(environment)});
      const { chooseBuildHost } = await import(${JSON.stringify(built)});
      export const { host } = await chooseBuildHost({ preferred: "podman", stateFolder: ${JSON.stringify(stateFolder)} });`,
    killJob: killJobOfContainer,
    listEngine: () => listEngine(folder),
    cleanUp: async () => {
      for (const name of Object.keys(environment)) Reflect.deleteProperty(process.env, name);
      const [program = "", ...words] = inUserNamespace(["rm", "-rf", join(folder, "store")]);
      execFileSync(program, words);
      await rm(folder, { recursive: true, force: true });
    },
  });
  return { ...under, containerHost: host, environment: { ...environment, ...(await storageEnvironment("podman")) } };
}

async function listEngine(folder: string): Promise<string[]> {
  const driver = await storageEnvironment("podman");
  const print = (...parameters: string[]) =>
    execFileSync("podman", parameters, { encoding: "utf8", env: { ...process.env, ...driver } })
      .split("\n")
      .filter((line) => line !== "");
  return [
    ...print("ps", "--all", "--external", "--format", "container {{.Names}}"),
    ...print("images", "--all", "--format", "image {{.Id}} {{.Repository}}:{{.Tag}}"),
    ...print("volume", "ls", "--format", "volume {{.Name}}"),
    ...(await listStore(folder)),
  ];
}
