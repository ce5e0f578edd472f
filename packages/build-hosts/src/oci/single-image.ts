import { mkdir, symlink, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { blobPath, entryForPlatform, layoutEntry, requireBlobs } from "./layout.js";

/**
 * Writes a layout that contains only the selected image, for this computer's platform, into an empty folder. Blobs are linked, not copied:
 * only those of the image, since what else a stranger's layout has could lead anywhere. Throws layout-invalid.
 */
export async function writeSingleImage(layout: string, tag: string | undefined, folder: string): Promise<void> {
  const entry = await entryForPlatform(layout, await layoutEntry(layout, tag));
  // a layer may be there twice
  for (const path of new Set((await requireBlobs(layout, entry.digest)).map(blobPath))) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await symlink(resolve(layout, path), join(folder, path));
  }
  await writeFile(join(folder, "oci-layout"), JSON.stringify({ imageLayoutVersion: "1.0.0" }));
  await writeFile(join(folder, "index.json"), JSON.stringify({ schemaVersion: 2, manifests: [{ ...entry, annotations: {} }] }));
}
