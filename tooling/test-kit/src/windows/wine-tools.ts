import { spawnSync } from "node:child_process";
import { compilerProblem } from "./compile-for-windows.js";

/** Why programs for Windows cannot run here; undefined if they can. */
export function wineProblem(): string | undefined {
  return spawnSync("wine", ["--version"]).status === 0 ? compilerProblem() : "needs wine";
}
