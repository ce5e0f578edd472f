import { once } from "node:events";
import { createWriteStream, linkSync, lstatSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { Writable } from "node:stream";
import { finished } from "node:stream/promises";
import type { BackupSummary } from "@imagewright/control-plane";
import { describeCause } from "@imagewright/diagnostics";
import { removeAbandonedScratch, withScratchFolder } from "@imagewright/node-host";
import { ibError } from "../errors.js";

/** Writes a backup of a database; the output is not ended. */
export async function writeBackupTo(output: Writable, databaseUrl: string): Promise<BackupSummary> {
  const { writeBackup } = await import("@imagewright/control-plane");
  return writeBackup(databaseUrl, output, new Date());
}

/** Writes a backup to a new file, which gets its name when it is whole. Nothing that is there is replaced. Errors: backup-not-written. */
export async function writeBackupFile(file: string, databaseUrl: string): Promise<BackupSummary> {
  const parent = dirname(resolve(file));
  const refuse = (cause: unknown) => ibError("backup-not-written", { file, cause: describeCause(cause) }, { cause });
  if (lstatSync(file, { throwIfNoEntry: false }) !== undefined) throw refuse(new Error("there is something of this name"));
  await removeAbandonedScratch([parent]);
  let isWritten = false;
  try {
    return await withScratchFolder({ purpose: "backup", parent }, async (folder) => {
      const draft = join(folder, "backup");
      const output = createWriteStream(draft, { flags: "wx", mode: 0o600, flush: true });
      const failed = once(output, "error").then(([thrown]) => Promise.reject(thrown as Error));
      failed.catch(() => undefined);
      const summary = await Promise.race([writeBackupTo(output, databaseUrl), failed]).finally(() => (isWritten = output.errored === null));
      output.end();
      await finished(output);
      linkSync(draft, file);
      return summary;
    });
  } catch (thrown) {
    // of the database, not of the file
    throw isWritten && (thrown as NodeJS.ErrnoException).syscall === undefined ? thrown : refuse(thrown);
  }
}
