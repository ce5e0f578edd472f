import { posix, win32 } from "node:path";
import { quote } from "@imagewright/diagnostics";
import type { ConditionContext } from "../comparison.js";

/** What is at a path. */
export interface PathInfo {
  readonly path: string;
  readonly kind: "file" | "folder" | "special" | "none";
  readonly explanation: string;
}

/** Finds out what is at a path, following symbolic links. A path that cannot be resolved counts as missing, as for `[ -e … ]`. */
export async function inspectPath(path: string, context: ConditionContext): Promise<PathInfo> {
  const located = locate(path, context);
  if (path === "") return { path: located, kind: "none", explanation: "the path is empty" };
  try {
    const stats = await context.host.files.stat(located);
    if (stats.isFile()) return { path: located, kind: "file", explanation: `${quote(located)} is a file` };
    if (stats.isDirectory()) return { path: located, kind: "folder", explanation: `${quote(located)} is a folder` };
    return { path: located, kind: "special", explanation: `${quote(located)} is neither a file nor a folder` };
  } catch (thrown) {
    return { path: located, kind: "none", explanation: describeAbsence(located, thrown) };
  }
}

/** The absolute path. It is joined, not resolved, so that `..` after a link and a trailing slash keep their meaning. */
export function locate(path: string, { host, workingDirectory }: ConditionContext): string {
  const { isAbsolute, sep } = host.platform === "windows" ? win32 : posix;
  return isAbsolute(path) ? path : `${workingDirectory}${workingDirectory.endsWith(sep) ? "" : sep}${path}`;
}

function describeAbsence(path: string, thrown: unknown): string {
  const code = errorCode(thrown);
  return code === "ENOENT" || code === "ENOTDIR" ? `${quote(path)} does not exist` : `${quote(path)} cannot be reached (${code})`;
}

/** The `code` of an error of node:fs: ENOENT, EACCES, …. Rethrows anything else. */
export function errorCode(thrown: unknown): string {
  if (typeof thrown === "object" && thrown !== null && "code" in thrown && typeof thrown.code === "string") return thrown.code;
  throw thrown;
}
