import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { ROOT, workspacePackages } from "./workspace.js";

const CRUISER = join(import.meta.dirname, "..", "node_modules", ".bin", "depcruise");
const CONFIGURATION = join("tooling", "repo-checks", "dependency-cruiser.json");

// dependency-cruiser reads all files in a few seconds of processor time; a lint rule for circles follows the imports of each file anew
test("no file of a package imports itself by way of others, types included", () => {
  const folders = workspacePackages().flatMap(({ folder, sources }) => (sources.length > 0 ? [join(folder, "src")] : []));
  const { stdout, stderr } = spawnSync(CRUISER, ["--config", CONFIGURATION, "--output-type", "err", ...folders], {
    cwd: ROOT,
    encoding: "utf8",
  });
  expect(stderr).toBe("");
  expect(stdout).toMatch(/^\n✔ no dependency violations found \(\d{3,} modules, \d{4,} dependencies cruised\)\n\n$/);
}, 300_000);
