import type { Platform } from "@imagewright/action-contract";

/**
 * The path below a folder that stands for a key, without the slash that may end it; undefined where the key leads out of the folder, or
 * has a part that no file can be called. Slashes in a row count as one, as they do to the system.
 */
export function relativePath(key: string, platform: Platform): string | undefined {
  const parts = key.split("/").filter((part) => part !== "");
  const forbidden = platform === "windows" ? /[\0\\:]/ : /\0/;
  const usable = parts.length > 0 && parts.every((part) => part !== "." && part !== ".." && !forbidden.test(part));
  return usable ? parts.join("/") : undefined;
}
