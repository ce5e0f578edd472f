import { posix, win32 } from "node:path";
import type { ActionContext, Platform } from "@imagewright/action-contract";

/**
 * The absolute path for a path in a document. On Linux and macOS the rest stays as written: `link/../file` is
 * resolved by the system, which follows the link first, so that an action acts on the file that `cp` or `rm` would.
 */
export function resolvePath(path: string, { host, workingDirectory }: Pick<ActionContext, "host" | "workingDirectory">): string {
  if (host.platform === "windows") return win32.resolve(workingDirectory, path);
  if (posix.isAbsolute(path)) return path;
  return `${workingDirectory.replace(/\/$/, "")}/${path.replace(/^(\.\/+)+/, "")}`;
}

/** Whether a path ends with a separator. A backslash is a separator only on Windows; elsewhere it is part of a name. */
export function endsWithSeparator(path: string, platform: Platform): boolean {
  return path !== "" && lastSeparator(path, platform) === path.length - 1;
}

/** The path of a folder without a trailing separator; a root stays as it is. */
export function withoutSeparatorAtEnd(path: string, platform: Platform): string {
  return endsWithSeparator(path, platform) && path !== parentFolder(path, platform)
    ? withoutSeparatorAtEnd(path.slice(0, -1), platform)
    : path;
}

/** A path split into the folder with its separator (empty if there is none) and the rest. */
export function splitPath(path: string, platform: Platform): { readonly folder: string; readonly name: string } {
  const end = lastSeparator(path, platform) + 1;
  return { folder: path.slice(0, end), name: path.slice(end) };
}

/** The folder of a path's last part. */
export function parentFolder(path: string, platform: Platform): string {
  return (platform === "windows" ? win32 : posix).dirname(path);
}

function lastSeparator(path: string, platform: Platform): number {
  return platform === "windows" ? Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) : path.lastIndexOf("/");
}
