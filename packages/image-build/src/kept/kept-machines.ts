import { existsSync, lstatSync } from "node:fs";
import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { ContainerHost, Leftover } from "@imagewright/build-hosts";
import { describeCause } from "@imagewright/diagnostics";
import { checkPrivateFolder, removeAtomically } from "@imagewright/node-host";
import type { BuildFolders } from "../builds/build-folders.js";
import { isBuildId, OWNER_ID } from "../builds/build-id.js";
import { keepsMachine, keptFile, readKept, type KeptMachine } from "./kept-machine.js";

/** The record of a machine that is kept, if it cannot be read: the machine is still there. */
export interface DamagedKept {
  readonly owner: string;
  /** When the record was written, in ISO 8601. */
  readonly keptAt: string;
  readonly problem: string;
}

/** The machines that are kept, the oldest first, and the records that are damaged. */
export async function listKept(folders: BuildFolders): Promise<readonly (KeptMachine | DamagedKept)[]> {
  const runs = (await readdir(folders.runs).catch(() => [])).filter((name) => OWNER_ID.test(name));
  const kept = [...(await folders.ids()), ...runs].flatMap((id) => findKept(folders, id) ?? []);
  return kept.sort((a, b) => a.keptAt.localeCompare(b.keptAt));
}

/** The machine that a build or a run has kept at its end; undefined if there is none. Errors: path-refused. */
export function findKept(folders: BuildFolders, owner: string): KeptMachine | DamagedKept | undefined {
  if (!OWNER_ID.test(owner)) return undefined;
  const folder = folderOf(folders, owner);
  if (!keepsMachine(folder) || existsSync(join(folder, "build.json"))) return undefined;
  checkPrivateFolder(folder);
  try {
    return readKept(folder);
  } catch (thrown) {
    return { owner, keptAt: lstatSync(keptFile(folder)).mtime.toISOString(), problem: describeCause(thrown) };
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
