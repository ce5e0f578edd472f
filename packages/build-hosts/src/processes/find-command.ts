import { findProgram } from "@imagewright/node-host";
import { buildHostError } from "../errors.js";
import { toolEnvironment } from "./tool-environment.js";

const PACKAGES: Readonly<Record<string, string>> = { docker: "docker.io", unshare: "util-linux" };

/** The path of a program that builds use; undefined if it is not installed. */
export function findCommand(name: string): Promise<string | undefined> {
  return findProgram(name, toolEnvironment()["PATH"]);
}

/** As `findCommand`, but throws command-missing. */
export async function requireCommand(name: string): Promise<string> {
  const path = await findCommand(name);
  if (path === undefined) throw buildHostError("command-missing", { command: name, package: packageOf(name) });
  return path;
}

/** The Debian package that contains a program. */
export function packageOf(command: string): string {
  return PACKAGES[command] ?? command;
}
