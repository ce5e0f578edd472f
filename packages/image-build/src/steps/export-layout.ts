import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { BuildParts } from "../workflow/parts.js";

/** Writes the image as an OCI layout into the folder of the build. What an interrupted export has left is removed. */
export async function exportLayout(
  { host, folder }: Pick<BuildParts, "host" | "folder">,
  image: string,
  signal: AbortSignal,
): Promise<{ readonly digest: string }> {
  const layout = join(folder, "oci");
  await rm(layout, { recursive: true, force: true });
  return host.exportImage(image, layout, { signal });
}
