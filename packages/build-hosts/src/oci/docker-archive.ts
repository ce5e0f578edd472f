import { createHash } from "node:crypto";
import { mkdir, readFile, realpath, rename, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { blobPath, layoutDigest } from "./layout.js";

const CONFIG = "application/vnd.oci.image.config.v1+json";
const LAYER = "application/vnd.oci.image.layer.v1.tar";

/** The `manifest.json` of the archives that `docker save` writes and `docker load` reads: paths within the archive. */
type DockerManifest = readonly [{ readonly Config: string; readonly Layers: readonly string[] }];

/** Writes an OCI layout into the empty `layout` folder from an extracted archive of docker before 25. Layers are moved, not copied. */
export async function layoutFromDockerArchive(extracted: string, layout: string): Promise<void> {
  const blobs = join(layout, "blobs", "sha256");
  await mkdir(blobs, { recursive: true });
  const [{ Config, Layers }] = JSON.parse(await readFile(join(extracted, "manifest.json"), "utf8")) as DockerManifest;
  const config = await readFile(join(extracted, Config));
  const { rootfs } = JSON.parse(config.toString()) as { readonly rootfs: { readonly diff_ids: readonly string[] } };
  // the layers are uncompressed, so the configuration has their digests
  for (const [index, digest] of rootfs.diff_ids.entries()) {
    // a layer that is there twice is a link the second time
    const source = await realpath(join(extracted, Layers[index] ?? "")).catch(() => undefined);
    if (source !== undefined) await rename(source, join(blobs, hex(digest)));
  }
  const sizes = await Promise.all(rootfs.diff_ids.map(async (digest) => (await stat(join(blobs, hex(digest)))).size));
  const manifest = {
    ...{ schemaVersion: 2, mediaType: "application/vnd.oci.image.manifest.v1+json" },
    config: { mediaType: CONFIG, ...(await writeBlob(blobs, config)) },
    layers: rootfs.diff_ids.map((digest, index) => ({ mediaType: LAYER, digest, size: sizes[index] })),
  };
  const written = await writeBlob(blobs, Buffer.from(JSON.stringify(manifest)));
  await writeFile(
    join(layout, "index.json"),
    JSON.stringify({ schemaVersion: 2, manifests: [{ mediaType: manifest.mediaType, ...written }] }),
  );
  await writeFile(join(layout, "oci-layout"), JSON.stringify({ imageLayoutVersion: "1.0.0" }));
}

/** Adds to a layout with one image what `docker load` before 25 needs to read it. */
export async function addDockerManifest(layout: string, name: string): Promise<void> {
  const read = async (digest: string) => JSON.parse(await readFile(join(layout, blobPath(digest)), "utf8")) as OciManifest;
  const { config, layers } = await read(await layoutDigest(layout));
  const manifest = [{ Config: blobPath(config.digest), RepoTags: [name], Layers: layers.map(({ digest }) => blobPath(digest)) }];
  await writeFile(join(layout, "manifest.json"), JSON.stringify(manifest));
}

interface OciManifest {
  readonly config: { readonly digest: string };
  readonly layers: readonly { readonly digest: string }[];
}

async function writeBlob(blobs: string, bytes: Buffer): Promise<{ digest: string; size: number }> {
  const digest = createHash("sha256").update(bytes).digest("hex");
  await writeFile(join(blobs, digest), bytes);
  return { digest: `sha256:${digest}`, size: bytes.length };
}

function hex(digest: string): string {
  return digest.slice(digest.indexOf(":") + 1);
}
