import { spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { createRequire } from "node:module";
import type { TestFolder } from "./test-folder.js";

/** Starts the process that runs the test server. It outlives this one. */
export function startKeeper({ path, log }: TestFolder): { readonly hasEnded: () => boolean } {
  const program = createRequire(import.meta.url).resolve("@imagewright/embedded-database/testing-keeper");
  const output = openSync(log, "w", 0o600);
  const keeper = spawn(process.execPath, [program, path], { cwd: "/", detached: true, stdio: ["ignore", output, output] });
  closeSync(output);
  let failed = false;
  keeper.once("error", () => (failed = true));
  keeper.unref();
  return { hasEnded: () => failed || keeper.exitCode !== null || keeper.signalCode !== null };
}
