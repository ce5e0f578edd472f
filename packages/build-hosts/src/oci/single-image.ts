import { randomUUID } from "node:crypto";
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { layoutDigest } from "./layout.js";

/**
 * Calls the body with a layout that contains only the selected image, by parent folder and name; the name is lower-case and unique.
 * Blobs are linked, not copied. Throws layout-invalid.
 */
export async function withSingleImage(
  layout: string,
  tag: string | undefined,
  body: (parent: string, name: string) => Promise<void>,
): Promise<void> {
  const digest = await layoutDigest(layout, tag);
  const index = JSON.parse(await readFile(join(layout, "index.json"), "utf8")) as {
    readonly manifests: readonly { readonly digest: string }[];
  };
  const entry = index.manifests.find((manifest) => manifest.digest === digest);
  const parent = await mkdtemp(join(tmpdir(), "imagewright-layout-"));
  const name = `imagewright-layout-${randomUUID()}`;
  try {
    await mkdir(join(parent, name));
    await symlink(resolve(layout, "blobs"), join(parent, name, "blobs"));
    await writeFile(join(parent, name, "oci-layout"), JSON.stringify({ imageLayoutVersion: "1.0.0" }));
    await writeFile(join(parent, name, "index.json"), JSON.stringify({ schemaVersion: 2, manifests: [{ ...entry, annotations: {} }] }));
    await body(parent, name);
  } finally {
    await rm(parent, { recursive: true, force: true });
  }
}
