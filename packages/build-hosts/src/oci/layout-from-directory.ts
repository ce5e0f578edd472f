import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { writeIndex } from "./write-index.js";

/**
 * Converts the output of `buildah push dir:` (blobs named by their digest, `manifest.json`, `version`) into an OCI image layout in the same
 * folder. Blobs are moved, not copied.
 */
export async function layoutFromDirectory(folder: string): Promise<void> {
  const blobs = join(folder, "blobs", "sha256");
  await mkdir(blobs, { recursive: true });
  for (const name of await readdir(folder)) if (/^[0-9a-f]{64}$/.test(name)) await rename(join(folder, name), join(blobs, name));
  const manifest = await readFile(join(folder, "manifest.json"));
  const digest = createHash("sha256").update(manifest).digest("hex");
  await rename(join(folder, "manifest.json"), join(blobs, digest));
  await writeIndex(folder, manifest);
  await rm(join(folder, "version"), { force: true });
}
