import { open, readFile, rename } from "node:fs/promises";
import { resolve } from "node:path";
import { runnerError } from "../errors.js";

/** The files in the state of a run. */
export const REQUEST = "request.json";
export const RESTART = "restart.json";
export const INTERRUPTIONS = "interruptions";

/** Follows the id in the name of a state that is being made, or a part of one; no id has this character. */
export const DRAFT = "~";

/** The folder that has the state of a run. */
export function folderOf(stateDirectory: string, executionId: string): string {
  return resolve(stateDirectory, executionId);
}

/** Writes a file so that it is there whole, or as it was before, whenever the machine dies. */
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

/** The content of a file; undefined where there is none. Throws where it cannot be read or is damaged. */
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

/** The failure of a file or folder of the state. */
export function notWritten(path: string, thrown: unknown): Error {
  return runnerError("state-not-written", { path, cause: (thrown as Error).message }, { cause: thrown });
}
