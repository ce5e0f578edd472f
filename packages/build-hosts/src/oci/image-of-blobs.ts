import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import type { OciImageRef } from "../port/refs.js";

const LARGEST_MANIFEST = 1 << 20;

/**
 * The image with this id, described by the blobs that the commit of it has left: by its configuration, and by the manifest that names this.
 * Undefined if they are not there: not every version of an engine leaves them.
 */
export async function imageOfBlobs(folder: string, id: string, reference: string): Promise<OciImageRef | undefined> {
  const { os, architecture, created } = ((await readJson(join(folder, `${id}.config`))) ?? {}) as Configuration;
  if (os === undefined || architecture === undefined || created === undefined) return undefined;
  for (const name of (await readdir(folder)).filter((found) => /^sha256:[0-9a-f]{64}$/.test(found))) {
    const manifest = (await readJson(join(folder, name))) as { readonly config?: { readonly digest?: string } } | undefined;
    if (manifest?.config?.digest === id)
      return { kind: "oci", reference, id, digest: name, platform: `${os}/${architecture}`, createdAt: created };
  }
  return undefined;
}

interface Configuration {
  readonly os?: string;
  readonly architecture?: string;
  readonly created?: string;
}

/** Undefined if there is no such file, or something else in it, as a layer. */
async function readJson(path: string): Promise<unknown> {
  try {
    if ((await stat(path)).size > LARGEST_MANIFEST) return undefined;
    return JSON.parse(await readFile(path, "utf8")) ?? undefined;
  } catch {
    return undefined;
  }
}
