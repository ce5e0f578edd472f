import { readdir, symlink } from "node:fs/promises";
import { join, resolve } from "node:path";

/** Gives the blobs of an OCI layout the names that the cache of an engine has for them. False if the layout has none. */
export async function linkBlobs(layout: string, cache: string): Promise<boolean> {
  const blobs = resolve(layout, "blobs", "sha256");
  const names = (await readdir(blobs).catch(() => [])).filter((name) => /^[0-9a-f]{64}$/.test(name));
  await Promise.all(names.map((name) => symlink(join(blobs, name), join(cache, `sha256:${name}`))));
  return names.length > 0;
}
