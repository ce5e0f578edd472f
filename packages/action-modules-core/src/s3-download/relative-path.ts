import type { Platform } from "@imagewright/action-contract";
import { isFileName } from "../files/windows-names.js";

/**
 * The relative path for a key, without a trailing slash; undefined if the key leads out of the folder, or
 * contains a part that is not a valid file name. Repeated slashes count as one, as in file paths.
 */
export function relativePath(key: string, platform: Platform): string | undefined {
  const parts = key.split("/").filter((part) => part !== "");
  const usable = parts.length > 0 && parts.every((part) => isFileName(part, platform));
  return usable ? parts.join("/") : undefined;
}
