import { readlinkSync } from "node:fs";
import { join } from "node:path";
import { randomUUID } from "node:crypto";
import { identifyProcess, makeFolders, readCheckedFile, writeCheckedFile } from "@imagewright/node-host";
import type { RunServer } from "@imagewright/control-plane";

const FORM = { schema: 1, largest: 4096 };

/**
 * This process as a server that runs images. Its place is the state folder of the build host, and the processes that it can see: servers
 * that share both see the same machines, and whether the others live.
 */
export async function thisServer(stateFolder: string): Promise<RunServer> {
  const { pid, startTime } = (await identifyProcess(process.pid)) ?? { pid: process.pid, startTime: "" };
  return { id: randomUUID(), place: `${await idOfFolder(stateFolder)} ${processesSeen()}`, pid, processStart: startTime };
}

/** A folder keeps its id, which the first server gives it. */
async function idOfFolder(stateFolder: string): Promise<string> {
  const path = join(stateFolder, "place.json");
  const known = readCheckedFile(path, FORM);
  if (known !== undefined && "value" in known) return (known.value as { readonly id: string }).id;
  await makeFolders(stateFolder, 0o700);
  writeCheckedFile(path, FORM, { id: randomUUID() });
  const written = readCheckedFile(path, FORM);
  return written !== undefined && "value" in written ? (written.value as { readonly id: string }).id : stateFolder;
}

/** The namespace of process ids, where the system has such a thing. */
function processesSeen(): string {
  try {
    return readlinkSync("/proc/self/ns/pid");
  } catch {
    return "";
  }
}
