import { rename, writeFile } from "node:fs/promises";
import { checkedText, readCheckedFile } from "@imagewright/node-host";
import { buildHostError } from "../errors.js";
import type { ContainerSpec } from "../port/launch-spec.js";

/** What another process must know to use a machine: its launch, and whether that was completed. */
export interface MachineDescription {
  readonly spec: ContainerSpec;
  readonly isReady: boolean;
}

// scripts that stand in for programs are part of it
const FORM = { schema: 1, largest: 64 << 20 };

/** The description of a machine; undefined if there is none. Errors: machine-not-readable: it is damaged, or others could have made it. */
export function readDescription(path: string): MachineDescription | undefined {
  const read = readCheckedFile(path, FORM);
  if (read === undefined) return undefined;
  if ("reason" in read) throw buildHostError("machine-not-readable", { path, cause: read.reason });
  return read.value as MachineDescription;
}

/** Replaces the description at once, so that no reader sees half of it. */
export async function writeDescription(path: string, description: MachineDescription): Promise<void> {
  await writeFile(`${path}.draft`, checkedText(FORM.schema, description), { mode: 0o600, flush: true });
  await rename(`${path}.draft`, path);
}
