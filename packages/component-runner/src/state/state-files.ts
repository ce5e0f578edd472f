import { open, readFile, rename } from "node:fs/promises";
import { resolve } from "node:path";
import { runnerError } from "../errors.js";

/** The files in the state of a run. */
export const REQUEST = "request.json";
export const RESTART = "restart.json";
export const INTERRUPTIONS = "interruptions";

/** Separates the id in the name of an incomplete state, or of a part of it; ids do not contain this character. */
export const DRAFT = "~";

/** The folder with the state of a run. */
export function folderOf(stateDirectory: string, executionId: string): string {
  return resolve(stateDirectory, executionId);
}

/** Writes a file atomically, so that after a crash of the machine it has either the old or the new content. */
export async function writeJson(path: string, value: unknown): Promise<void> {
  const draft = `${path}.draft`;
  try {
    const file = await open(draft, "w", 0o600);
    try {
      await file.writeFile(JSON.stringify(value));
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, path);
  } catch (thrown) {
    throw notWritten(path, thrown);
  }
}

/** The content of a file; undefined if there is none. Throws if it cannot be read or is damaged. */
export async function readJson(path: string): Promise<unknown> {
  const text = await readFile(path, "utf8").catch((thrown: NodeJS.ErrnoException) => {
    if (thrown.code === "ENOENT" || thrown.code === "ENOTDIR") return undefined;
    throw runnerError("state-not-readable", { path, cause: thrown.message }, { cause: thrown });
  });
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch (thrown) {
    throw runnerError("state-not-readable", { path, cause: "it is damaged" }, { cause: thrown });
  }
}

/** The error for a file or folder of the state. */
export function notWritten(path: string, thrown: unknown): Error {
  return runnerError("state-not-written", { path, cause: (thrown as Error).message }, { cause: thrown });
}
