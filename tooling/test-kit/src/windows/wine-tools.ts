import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

/** Node for Windows, where the set-up of `npm test -- --slow` puts it. */
export const NODE_FOR_WINDOWS = join(
  workspaceRoot(import.meta.dirname),
  "node_modules",
  ".cache",
  "imagewright",
  "node-for-windows",
  "node.exe",
);

/** Why programs for Windows cannot run here; undefined if they can. */
export function wineProblem(): string | undefined {
  if (spawnSync("wine", ["--version"]).status !== 0) return "needs wine";
  return existsSync(NODE_FOR_WINDOWS) ? undefined : "needs Node for Windows, which npm test -- --slow fetches";
}

function workspaceRoot(folder: string): string {
  return existsSync(join(folder, "pnpm-workspace.yaml")) ? folder : workspaceRoot(dirname(folder));
}
