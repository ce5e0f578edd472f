import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./workspace.js";

/** The files of the repository that git knows or would add, as paths from the root. */
export function repositoryFiles(): string[] {
  const listed = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], { cwd: ROOT, encoding: "utf8" });
  return [...new Set(listed.split("\0"))].filter((path) => path !== "" && existsSync(join(ROOT, path)));
}

/** Whether a TypeScript file is part of a product: no test, nothing that only tests use, nothing that is generated. */
export function isProductSource(path: string): boolean {
  return /^(packages|apps)\/[^/]+\/src\/.*\.ts$/.test(path) && !/test\.ts$|\/(testing|e2e|generated)\//.test(path);
}
