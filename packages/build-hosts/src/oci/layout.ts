import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { createError } from "../errors.js";

/** The digest of the one manifest that a layout's index names. */
export async function layoutDigest(folder: string): Promise<string> {
  const text = await readFile(join(folder, "index.json"), "utf8").catch(() => undefined);
  if (text === undefined) throw createError("layout-invalid", { folder, reason: "it has no index.json" });
  const index = JSON.parse(text) as { readonly manifests?: readonly { readonly digest?: string }[] };
  const digest = index.manifests?.[0]?.digest;
  if (digest === undefined || index.manifests?.length !== 1) throw createError("layout-invalid", { folder, reason: `it names ${index.manifests?.length ?? 0} images where one is expected` });
  return digest;
}

/** Throws folder-not-empty unless the folder is new or empty. */
export async function requireEmpty(folder: string): Promise<void> {
  const entries = await readdir(folder).catch(() => []);
  if (entries.length > 0) throw createError("folder-not-empty", { folder });
}
