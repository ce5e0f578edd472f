import { join } from "node:path";

/**
 * The path of the packed agent for a platform, by Node's names (`linux`, `win32`, `x64`). It exists for the platform on which the package
 * was built.
 */
export function agentExecutable(platform: string = process.platform, architecture: string = process.arch): string {
  const name = platform === "win32" ? `windows-${architecture}.exe` : `${platform}-${architecture}`;
  return join(import.meta.dirname, `ib-agent-${name}`);
}
