import { spawnSync } from "node:child_process";
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { withTemporaryFolder } from "../temporary-folder.js";

const COMPILER = "x86_64-w64-mingw32-gcc";

/** Why C cannot be compiled for Windows here; undefined if it can. */
export function compilerProblem(): string | undefined {
  return spawnSync(COMPILER, ["--version"]).status === 0 ? undefined : `needs ${COMPILER}`;
}

/** Compiles a program or a library for Windows, and calls `body` with its path. */
export async function compileForWindows(source: string, options: readonly string[], body: (path: string) => Promise<void>): Promise<void> {
  await withTemporaryFolder(async (folder) => {
    writeFileSync(join(folder, "source.c"), source);
    const built = spawnSync(COMPILER, ["-o", "built", "source.c", ...options], { cwd: folder, encoding: "utf8" });
    if (built.status !== 0) throw new Error(built.stderr);
    const [file = ""] = readdirSync(folder).filter((name) => name.startsWith("built"));
    await body(join(folder, file));
  });
}
