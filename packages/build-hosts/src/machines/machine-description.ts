import { readFile, rename, writeFile } from "node:fs/promises";
import type { ContainerSpec } from "../port/launch-spec.js";

/** What another process must know to use a machine: its launch, and whether that was completed. */
export interface MachineDescription {
  readonly spec: ContainerSpec;
  readonly isReady: boolean;
}

/** The description of a machine; undefined if there is none. */
export async function readDescription(path: string): Promise<MachineDescription | undefined> {
  const text = await readFile(path, "utf8").catch((thrown: NodeJS.ErrnoException) => {
    if (thrown.code === "ENOENT" || thrown.code === "ENOTDIR") return undefined;
    throw thrown;
  });
  return text === undefined ? undefined : (JSON.parse(text) as MachineDescription);
}

/** Replaces the description at once, so that no reader sees half of it. */
export async function writeDescription(path: string, description: MachineDescription): Promise<void> {
  await writeFile(`${path}.draft`, JSON.stringify(description), { mode: 0o600, flush: true });
  await rename(`${path}.draft`, path);
}
