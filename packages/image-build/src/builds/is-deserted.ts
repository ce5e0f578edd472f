import { stat } from "node:fs/promises";
import { stateOf } from "@imagewright/durability";
import { leaseFolder } from "./held-build.js";

// a lease that cannot be read may be that of a process that works
const UNKNOWN = { status: "held", lease: undefined } as const;
// between the folder and its lease
const MINUTE = 60_000;

/** Whether no process works on a build or a run, nor is about to. */
export async function isDeserted(folder: string, id: string): Promise<boolean> {
  const { status, lease } = await stateOf(leaseFolder(folder), id).catch(() => UNKNOWN);
  if (status === "held") return false;
  if (lease !== undefined) return true;
  const facts = await stat(folder).catch(() => undefined);
  // times of files are those of the wall clock
  // eslint-disable-next-line no-restricted-properties
  return facts !== undefined && Date.now() - facts.mtimeMs > MINUTE;
}
