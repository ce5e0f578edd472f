import { basename } from "node:path";
import { adoptScratch, removeDrafts, withScratchFolder } from "@imagewright/node-host";

const PURPOSE = "run";
// a download that was cut off can be continued, also by a later run
const KEPT = /\.(part|json)$/;

/**
 * Makes a folder for the temporary files of a run, which only the user of this process can enter, and removes it when the body has ended.
 * It is in memory if the system has such a place: a file there takes a tenth of the time.
 */
export function inTemporaryFolder<Result>(work: (folder: string) => Promise<Result>): Promise<Result> {
  return withScratchFolder({ purpose: PURPOSE, inMemory: true }, async (folder) => {
    try {
      return await work(folder);
    } finally {
      await removeDrafts(folder, (path) => !KEPT.test(path)).catch(() => undefined);
    }
  });
}

/** Removes the folder of a killed process whose run goes on; what it lists goes to the new one. Does not touch anything else. */
export async function takeOverTemporaryFolder(old: string, folder: string): Promise<void> {
  if (basename(old).startsWith(`imagewright-${PURPOSE}-`)) await adoptScratch(old, folder);
}
