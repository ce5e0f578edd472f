import { createHash } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";

/** Completes a layout whose blobs are there, for the image with this manifest. */
export async function writeIndex(folder: string, manifest: Buffer): Promise<void> {
  const digest = `sha256:${createHash("sha256").update(manifest).digest("hex")}`;
  const { mediaType } = JSON.parse(manifest.toString()) as { mediaType: string };
  const annotations = { "org.opencontainers.image.ref.name": "latest" };
  const index = { schemaVersion: 2, manifests: [{ mediaType, digest, size: manifest.length, annotations }] };
  await writeFile(join(folder, "index.json"), JSON.stringify(index));
  await writeFile(join(folder, "oci-layout"), JSON.stringify({ imageLayoutVersion: "1.0.0" }));
}
