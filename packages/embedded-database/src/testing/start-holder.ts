import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { EmbeddedDatabaseOptions } from "../open-embedded-database.js";

const PROGRAM = fileURLToPath(new URL("../../dist/testing/holder-program.js", import.meta.url));

/** A process that has opened the database of a folder. */
export interface HolderProcess {
  readonly url: string;
  /** Lets it close the database, and waits for its end. */
  readonly close: () => Promise<void>;
  readonly kill: () => Promise<void>;
}

/** Starts a process that opens a database; rejects with what it says if it cannot. `prefix` is a command before it. */
export async function startHolder(options: EmbeddedDatabaseOptions, prefix: readonly string[] = []): Promise<HolderProcess> {
  const child = spawn("env", [...prefix, process.execPath, PROGRAM, JSON.stringify(options)], {
    cwd: "/",
    stdio: ["pipe", "pipe", "pipe"],
  });
  const ended = once(child, "close");
  let errors = "";
  child.stderr.on("data", (chunk: Buffer) => (errors += chunk.toString()));
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.once("data", (chunk: Buffer) => resolve(chunk.toString().trim()));
    void ended.then(() => reject(new Error(errors)));
  });
  return {
    url,
    close: async () => {
      child.stdin.end();
      await ended;
      if (errors !== "") throw new Error(errors);
    },
    kill: async () => {
      child.kill("SIGKILL");
      await ended;
    },
  };
}
