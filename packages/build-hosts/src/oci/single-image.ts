import { readFile, symlink, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { layoutDigest } from "./layout.js";

/** Writes a layout that contains only the selected image into an empty folder. Blobs are linked, not copied. Throws layout-invalid. */
export async function writeSingleImage(layout: string, tag: string | undefined, folder: string): Promise<void> {
  const digest = await layoutDigest(layout, tag);
  const index = JSON.parse(await readFile(join(layout, "index.json"), "utf8")) as {
    readonly manifests: readonly { readonly digest: string }[];
  };
  const entry = index.manifests.find((manifest) => manifest.digest === digest);
  await symlink(resolve(layout, "blobs"), join(folder, "blobs"));
  await writeFile(join(folder, "oci-layout"), JSON.stringify({ imageLayoutVersion: "1.0.0" }));
  await writeFile(join(folder, "index.json"), JSON.stringify({ schemaVersion: 2, manifests: [{ ...entry, annotations: {} }] }));
}
