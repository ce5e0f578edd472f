import { basename, dirname, isAbsolute } from "node:path";
import { findProgram } from "@imagewright/node-host";
import { toolEnvironment } from "../../processes/tool-environment.js";

const KNOWN = ["crun", "runc"];

/** The container runtimes to try, in their order: the one that buildah's own variable names, or those known. */
export function runtimeNames(): readonly string[] {
  const named = namedRuntime();
  return named === "" ? KNOWN : [named];
}

/** Whether buildah's own variable names a runtime. */
export function isRuntimeNamed(): boolean {
  return namedRuntime() !== "";
}

/** The path of a runtime; undefined if it is not installed. Debian has runc in a folder that is not in the `PATH` of ordinary users. */
export function findRuntime(name: string): Promise<string | undefined> {
  if (isAbsolute(name)) return findProgram(basename(name), dirname(name));
  return findProgram(name, [toolEnvironment()["PATH"] ?? "", "/usr/local/sbin", "/usr/sbin", "/sbin"].join(":"));
}

function namedRuntime(): string {
  return toolEnvironment()["BUILDAH_RUNTIME"] ?? "";
}
