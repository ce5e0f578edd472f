import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ContainerHost } from "../port/container-host.js";
import { BUSYBOX, makeTestArchive } from "./test-archive.js";

/** Why the test image cannot be made here; undefined if it can. */
export function testImageProblem(): string | undefined {
  return existsSync(BUSYBOX) ? undefined : "busybox is not installed (Debian's package is busybox-static)";
}

/** Imports a root file system with only busybox into the engine's store. */
export async function importTestImage(host: Pick<ContainerHost, "importImage">, name: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "imagewright-busybox-"));
  try {
    await host.importImage({ source: { tar: await makeTestArchive(folder) }, name });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
