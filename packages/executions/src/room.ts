import { statfs } from "node:fs/promises";
import { makeFolders } from "@imagewright/node-host";
import { executionError } from "./errors.js";

const GIB = 2 ** 30;
/** What an image may need while it is built: layers and layout, and the processes of its containers. */
const LEAST = { disk: GIB, memory: GIB / 4 };

/** Throws if this machine has no room for another image: it waits then, and so do those of other accounts. Errors: no-room. */
export async function requireRoom(dataFolder: string): Promise<void> {
  await makeFolders(dataFolder, 0o700);
  const { bavail, bsize } = await statfs(dataFolder);
  requireLeast("disk space", bavail * bsize, LEAST.disk);
  // with what Linux would give up of caches, and within the limits of a container
  requireLeast("memory", process.availableMemory(), LEAST.memory);
}

function requireLeast(what: string, free: number, least: number): void {
  if (free < least) throw executionError("no-room", { what, least });
}
