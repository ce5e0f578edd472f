import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/**
 * The path of the agent's executable for a platform, by Node's names (`linux`, `win32`, `x64`): that of the package for the platform, which
 * npm installs on it, and otherwise the one that was packed here, which need not exist.
 */
export function agentExecutable(platform: string = process.platform, architecture: string = process.arch): string {
  return installedExecutable(platform, architecture) ?? join(import.meta.dirname, packedName(platform, architecture));
}

/** The name of the package that has the executable for a platform. */
export function platformPackage(platform: string, architecture: string): string {
  return `@imagewright/agent-${targetOf(platform, architecture)}`;
}

/** The name of the executable in the package for a platform. */
export function executableName(platform: string): string {
  return platform === "win32" ? "ib-agent.exe" : "ib-agent";
}

function installedExecutable(platform: string, architecture: string): string | undefined {
  try {
    const manifest = createRequire(import.meta.url).resolve(`${platformPackage(platform, architecture)}/package.json`);
    return join(dirname(manifest), executableName(platform));
  } catch {
    return undefined;
  }
}

function packedName(platform: string, architecture: string): string {
  return `ib-agent-${targetOf(platform, architecture)}${platform === "win32" ? ".exe" : ""}`;
}

function targetOf(platform: string, architecture: string): string {
  return `${platform === "win32" ? "windows" : platform}-${architecture}`;
}
