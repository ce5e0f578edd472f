import { createHash } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

export interface LayoutContent {
  /** Another label makes it another image. */
  readonly label: string;
  /** The bytes of compressed layers; none by default. */
  readonly layers?: readonly Uint8Array[] | undefined;
}

/** Writes an OCI layout with one image into an empty folder. Returns its digest. */
export async function writeLayout(folder: string, { label, layers = [] }: LayoutContent): Promise<string> {
  const blobs = join(folder, "blobs", "sha256");
  await mkdir(blobs, { recursive: true });
  const add = async (kind: string, content: string | Uint8Array) => {
    const hash = createHash("sha256").update(content).digest("hex");
    await writeFile(join(blobs, hash), content);
    return { mediaType: mediaType(kind), digest: `sha256:${hash}`, size: Buffer.byteLength(content) };
  };
  const added = [];
  for (const layer of layers) added.push(await add("layer.v1.tar+gzip", layer));
  const settings = { architecture: "amd64", os: "linux", config: { Labels: { label } } };
  const config = await add(
    "config.v1+json",
    JSON.stringify({ ...settings, rootfs: { type: "layers", diff_ids: added.map(({ digest }) => digest) } }),
  );
  const manifest = { schemaVersion: 2, mediaType: mediaType("manifest.v1+json"), config, layers: added };
  const image = await add("manifest.v1+json", JSON.stringify(manifest));
  await writeFile(join(folder, "index.json"), JSON.stringify({ schemaVersion: 2, manifests: [image] }));
  await writeFile(join(folder, "oci-layout"), JSON.stringify({ imageLayoutVersion: "1.0.0" }));
  return image.digest;
}

function mediaType(kind: string): string {
  return `application/vnd.oci.image.${kind}`;
}
