import { readdir, rm } from "node:fs/promises";
import { relative, join } from "node:path";
import { engineProcesses, namespacesHere } from "../engines/testing/engine-processes.js";
import type { ContainerHost } from "../port/container-host.js";
import type { JobRef } from "../port/refs.js";
import type { BuildHostUnderTest } from "./build-host-under-test.js";
import { importTestImage } from "./test-image.js";

export interface ContainerHostOptions {
  readonly host: ContainerHost;
  readonly hostModule: string;
  /** Where the host keeps its state. */
  readonly stateFolder: string;
  readonly killJob: (job: JobRef) => Promise<void>;
  /** What the engine has: containers, images, mounts, processes, one text each. */
  readonly listEngine: () => Promise<readonly string[]>;
  readonly cleanUp: () => Promise<void>;
}

const IMAGE = "localhost/imagewright-contract/busybox:1";

/** A container engine of this computer as the contract tests it, with an image made of busybox. */
export async function containerHostUnderTest({
  host,
  stateFolder,
  listEngine,
  cleanUp,
  ...rest
}: ContainerHostOptions): Promise<BuildHostUnderTest> {
  await importTestImage(host, IMAGE);
  return {
    ...rest,
    ...{ host, containerHost: host, stateFolder, spec: { kind: "container", image: IMAGE }, output: { kind: "oci" } },
    ...{ namespaces: namespacesHere(), engineProcesses },
    specFrom: (image) => ({ kind: "container", image: image.reference }),
    removeImage: (image) => host.removeImage(image.reference),
    listResources: async () => [...(await listEngine()), ...(await listFolder(stateFolder))].sort(),
    cleanUp: async () => {
      await host.removeOrphans(new Set());
      await host.removeImage(IMAGE);
      await cleanUp();
      await rm(stateFolder, { recursive: true, force: true });
    },
  };
}

async function listFolder(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const paths = entries.map((entry) => relative(folder, join(entry.parentPath, entry.name)));
  // the folders that hold all others are made when they are needed, and stay
  return paths.filter((path) => path.includes("/")).map((path) => `state ${path}`);
}
