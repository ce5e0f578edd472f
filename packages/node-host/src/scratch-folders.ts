import { randomBytes } from "node:crypto";
import { readdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { IS_WINDOWS } from "./is-windows.js";
import { makeNewFolder } from "./private-files/make-new-folder.js";
import { isSurelyDead, scratchOwner } from "./scratch-owner.js";
import { removeWithContent } from "./remove-with-content.js";
import { removeScratch } from "./scratch-records.js";
import { removeForNow } from "./windows/remove-for-now.js";

const PREFIX = "imagewright";
const NAME = /^imagewright-[a-z]+-(.+)-[0-9a-f]{12}$/;
const MEMORY = IS_WINDOWS ? undefined : "/dev/shm";

export interface ScratchFolder {
  /** What it is for: one word in lower case. */
  readonly purpose: string;
  /** Whether it is in memory if the system has such a place, so that its content never reaches a disk. */
  readonly inMemory?: boolean;
  /** Where it is otherwise: the folder for temporary files by default. */
  readonly parent?: string;
}

/**
 * Makes a folder that only the user of this process can enter, and removes it when the body has ended. Its name says which process made it:
 * if that is killed, `removeAbandonedScratch` of any later process removes it.
 */
export async function withScratchFolder<Result>(folder: ScratchFolder, body: (path: string) => Promise<Result>): Promise<Result> {
  const path = await makeScratchFolder(folder);
  try {
    return await body(path);
  } finally {
    await (IS_WINDOWS ? removeForNow(path) : removeWithContent(path));
  }
}

async function makeScratchFolder({ purpose, inMemory = false, parent = tmpdir() }: ScratchFolder): Promise<string> {
  const name = [PREFIX, purpose, await scratchOwner(), randomBytes(6).toString("hex")].join("-");
  const make = async (place: string) => {
    const path = join(place, name);
    makeNewFolder(path);
    return path;
  };
  return inMemory && MEMORY !== undefined ? make(MEMORY).catch(() => make(parent)) : make(parent);
}

/**
 * Ends and removes what this user's processes have left that are surely dead: the command that ran, temporary files, scratch folders. What
 * cannot be removed stays for the next time.
 */
export async function removeAbandonedScratch(
  parents: readonly string[] = MEMORY === undefined ? [tmpdir()] : [MEMORY, tmpdir()],
): Promise<void> {
  for (const parent of new Set(parents))
    for (const path of await abandonedScratch(parent)) await removeScratch(path).catch(() => undefined);
}

/** The scratch folders in a folder whose processes are surely dead. */
export async function abandonedScratch(parent: string): Promise<string[]> {
  const abandoned: string[] = [];
  for (const name of await readdir(parent).catch(() => [])) {
    const owner = NAME.exec(name)?.[1];
    if (owner !== undefined && (await isSurelyDead(owner))) abandoned.push(join(parent, name));
  }
  return abandoned;
}
