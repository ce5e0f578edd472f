import { constants } from "node:fs";
import { appendFile, lstat, open, unlink } from "node:fs/promises";
import { basename, join } from "node:path";
import { endMarkedProcesses } from "./marked-processes.js";
import { isOwn } from "./private-files/ownership.js";
import { removeWithContent } from "./remove-with-content.js";
import { checkPrivateFolder } from "./private-files/private-folder.js";

/** The file in a scratch folder with the mark of the command that runs; empty or blank while none does. */
export const RUNNING_FILE = "running";

/** The file in a scratch folder with the paths of temporary files elsewhere, one JSON string a line, each written before its file. */
export const DRAFTS_FILE = "drafts";

/** How the names of temporary files begin that are made next to those that they replace. */
export const DRAFT_PREFIX = ".imagewright-";

const LARGEST = 1 << 20;
// processes of another user may not end
const LONGEST_WAIT_MILLISECONDS = 10_000;

/** Ends and removes what a process that is dead has left according to its scratch folder, at last the folder. Rejects if it cannot. */
export async function removeScratch(folder: string): Promise<void> {
  if (!isOwnFolder(folder)) return;
  const mark = (await readRecord(folder, RUNNING_FILE)).trim();
  if (mark !== "") await endMarkedProcesses(mark, AbortSignal.timeout(LONGEST_WAIT_MILLISECONDS));
  await removeDrafts(folder, () => true);
  await removeWithContent(folder);
}

/** Removes the temporary files that a scratch folder names, as far as they are still there and `isOver`. */
export async function removeDrafts(folder: string, isOver: (path: string) => boolean): Promise<void> {
  for (const line of (await readRecord(folder, DRAFTS_FILE)).split("\n").slice(0, -1)) {
    const path = JSON.parse(line) as string;
    const facts = await lstat(path).catch(() => undefined);
    if (facts === undefined || facts.isDirectory() || !isOwn(facts)) continue;
    if (basename(path).startsWith(DRAFT_PREFIX) && isOver(path)) await unlink(path);
  }
}

/** Takes over the temporary files of a process that is dead, whose work goes on, and removes its folder. */
export async function adoptScratch(from: string, to: string): Promise<void> {
  if (!isOwnFolder(from)) return;
  const drafts = await readRecord(from, DRAFTS_FILE);
  if (drafts !== "") await appendFile(join(to, DRAFTS_FILE), drafts, { mode: 0o600 });
  await removeWithContent(from);
}

/** Whether nobody else can have made it, and nobody else can put something in its place while it is removed. */
function isOwnFolder(path: string): boolean {
  try {
    checkPrivateFolder(path);
    return true;
  } catch {
    return false;
  }
}

/** The content of a record; empty if there is none. */
async function readRecord(folder: string, name: string): Promise<string> {
  const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
  const file = await open(join(folder, name), flags).catch(() => undefined);
  if (file === undefined) return "";
  try {
    const facts = await file.stat();
    return facts.isFile() && facts.size <= LARGEST ? await file.readFile("utf8") : "";
  } finally {
    await file.close();
  }
}
