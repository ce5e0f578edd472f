import { symlink, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { layoutEntry, requireBlobs } from "./layout.js";

/** Writes a layout that contains only the selected image into an empty folder. Blobs are linked, not copied. Throws layout-invalid. */
export async function writeSingleImage(layout: string, tag: string | undefined, folder: string): Promise<void> {
  const entry = await layoutEntry(layout, tag);
  await requireBlobs(layout, entry.digest);
  await symlink(resolve(layout, "blobs"), join(folder, "blobs"));
  await writeFile(join(folder, "oci-layout"), JSON.stringify({ imageLayoutVersion: "1.0.0" }));
  await writeFile(join(folder, "index.json"), JSON.stringify({ schemaVersion: 2, manifests: [{ ...entry, annotations: {} }] }));
}
