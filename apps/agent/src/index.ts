import { join } from "node:path";

/**
 * The path of the packed agent for a platform, by Node's names (`linux`, `x64`). It exists for the platform on which the package was built.
 */
export function agentExecutable(platform: string = process.platform, architecture: string = process.arch): string {
  return join(import.meta.dirname, `ib-agent-${platform}-${architecture}`);
}
