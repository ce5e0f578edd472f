import { readdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { makeFolders } from "@imagewright/node-host";
import { orDiskFull } from "../processes/or-disk-full.js";
import { isLivingProcess, processSuffix } from "./process-owner.js";

/** Writes a file that several processes may write at a time: readers find the whole text of one. Drafts of killed ones are removed. */
export async function writeSharedFile(folder: string, name: string, text: string): Promise<void> {
  await orDiskFull(`write ${name}`, async () => {
    await makeFolders(folder, 0o700);
    await removeDrafts(folder, `${name}.`);
    const path = join(folder, name);
    const draft = `${path}.${await processSuffix()}`;
    await writeFile(draft, text, { mode: 0o600 });
    await rename(draft, path);
  });
}

async function removeDrafts(folder: string, prefix: string): Promise<void> {
  for (const name of await readdir(folder))
    if (name.startsWith(prefix) && !(await isLivingProcess(name.slice(prefix.length)))) await rm(join(folder, name), { force: true });
}
