import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";

export interface OciContents {
  readonly config: OciConfig;
  /** The names in each layer, without a leading `./` or `/`. */
  readonly layers: readonly (readonly string[])[];
}

interface OciConfig {
  readonly User?: string;
  readonly Entrypoint?: readonly string[];
  readonly Cmd?: readonly string[];
  readonly Env?: readonly string[];
  readonly WorkingDir?: string;
  readonly Labels?: Readonly<Record<string, string>>;
}

interface Descriptor {
  readonly digest: string;
}

/** Reads the image with this manifest from a layout, and compares the name of each of its blobs with the contents. */
export async function readOciLayout(folder: string, digest: string): Promise<OciContents> {
  const readBlob = async (name: string): Promise<Buffer> => {
    const bytes = await readFile(blobPath(folder, name));
    const actual = `sha256:${createHash("sha256").update(bytes).digest("hex")}`;
    if (actual !== name) throw new Error(`blob ${name} has the digest ${actual}`);
    return bytes;
  };
  const layout = JSON.parse(await readFile(join(folder, "oci-layout"), "utf8")) as { readonly imageLayoutVersion: string };
  if (layout.imageLayoutVersion !== "1.0.0") throw new Error(`the layout has version ${layout.imageLayoutVersion}`);
  const manifest = JSON.parse((await readBlob(digest)).toString()) as {
    readonly config: Descriptor;
    readonly layers: readonly Descriptor[];
  };
  const { config } = JSON.parse((await readBlob(manifest.config.digest)).toString()) as { readonly config: OciConfig };
  const layers: string[][] = [];
  for (const layer of manifest.layers) {
    await readBlob(layer.digest);
    layers.push(namesIn(blobPath(folder, layer.digest)));
  }
  return { config, layers };
}

function blobPath(folder: string, digest: string): string {
  return join(folder, "blobs", ...digest.split(":"));
}

function namesIn(archive: string): string[] {
  const listing = execFileSync("tar", ["--list", "--file", archive], { encoding: "utf8" });
  return listing
    .split("\n")
    .map((name) => name.replace(/^\.?\/+/, ""))
    .filter((name) => name !== "");
}
