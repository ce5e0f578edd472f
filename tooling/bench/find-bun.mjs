import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** The bun with which the agent is packed; undefined where there is none for this machine. */
export function findBun() {
  const architecture = process.arch === "arm64" ? "aarch64" : process.arch;
  const { resolve } = createRequire(join(import.meta.dirname, "..", "..", "apps", "agent", "package.json"));
  try {
    const bun = join(dirname(resolve(`@oven/bun-${process.platform}-${architecture}/package.json`)), "bin", "bun");
    return existsSync(bun) ? bun : undefined;
  } catch {
    return undefined;
  }
}
