import { findProgram } from "@imagewright/node-host";
import { toolEnvironment } from "../../processes/tool-environment.js";

/** The container runtimes that buildah can use, in the order in which they are tried: the one that its own variable names, or those known. */
export function runtimeNames(): readonly string[] {
  const named = toolEnvironment()["BUILDAH_RUNTIME"] ?? "";
  return named === "" ? ["crun", "runc"] : [named];
}

/** The path of a runtime; undefined if it is not installed. Debian has runc in a folder that is not in the `PATH` of ordinary users. */
export function findRuntime(name: string): Promise<string | undefined> {
  return findProgram(name, [toolEnvironment()["PATH"] ?? "", "/usr/local/sbin", "/usr/sbin", "/sbin"].join(":"));
}
