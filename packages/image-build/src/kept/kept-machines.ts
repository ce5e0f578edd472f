import { existsSync } from "node:fs";
import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { ContainerHost, Leftover } from "@imagewright/build-hosts";
import { checkPrivateFolder, removeAtomically } from "@imagewright/node-host";
import type { BuildFolders } from "../builds/build-folders.js";
import { isBuildId, OWNER_ID } from "../builds/build-id.js";
import { keepsMachine, keptFile, readKept, type KeptMachine } from "./kept-machine.js";

/** The machines that are kept, the oldest first. A record that is damaged hides none of the others: its machine is still there. */
export async function listKept(folders: BuildFolders): Promise<readonly KeptMachine[]> {
  const runs = (await readdir(folders.runs).catch(() => [])).filter((name) => OWNER_ID.test(name));
  const kept = [...(await folders.ids()), ...runs].flatMap((id) => findKept(folders, id) ?? []);
  return kept.sort((a, b) => a.keptAt.localeCompare(b.keptAt));
}

/**
 * The machine that a build or a run has kept at its end; undefined if there is none, or its record cannot be read. Errors: path-refused.
 */
export function findKept(folders: BuildFolders, owner: string): KeptMachine | undefined {
  if (!OWNER_ID.test(owner)) return undefined;
  const folder = folderOf(folders, owner);
  if (!keepsMachine(folder) || existsSync(join(folder, "build.json"))) return undefined;
  checkPrivateFolder(folder);
  try {
    return readKept(folder);
  } catch {
    return undefined;
  }
}

/** Removes a machine that is kept, with what else its owner has in the host, and the owner's claim to it. Returns what was removed. */
export async function discardKept(
  folders: BuildFolders,
  host: Pick<ContainerHost, "removeOrphans">,
  { owner }: Pick<KeptMachine, "owner">,
): Promise<readonly Leftover[]> {
  const folder = folderOf(folders, owner);
  const removed = await host.removeOrphans({ has: (other) => other !== owner });
  if (isBuildId(owner)) await rm(keptFile(folder), { force: true });
  else await removeAtomically(folder);
  await folders.removeOwner(owner);
  return removed;
}

function folderOf(folders: BuildFolders, owner: string): string {
  return isBuildId(owner) ? folders.folderOf(owner) : join(folders.runs, owner);
}
