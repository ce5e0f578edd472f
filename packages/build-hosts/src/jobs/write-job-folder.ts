import { randomUUID } from "node:crypto";
import { chmod, chown, copyFile, constants, mkdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, isAbsolute, join, normalize } from "node:path";
import { makeFolders } from "@imagewright/node-host";
import { buildHostError } from "../errors.js";
import type { JobPaths } from "../machines/machine-folders.js";
import type { JobFile, JobSpec } from "../port/job.js";
import { orDiskFull } from "../processes/or-disk-full.js";
import { JOB_FILE } from "./job-script.js";

/** Makes the folder of a job with its script and files, all or nothing. A folder that is there already stays as it is. */
export async function writeJobFolder({ folder, control }: JobPaths, script: string, files: JobSpec["files"] = {}): Promise<void> {
  if (await exists(folder)) return;
  const draft = `${control}.${randomUUID()}`;
  try {
    await orDiskFull("write the files of a job", async () => {
      await mkdir(draft, { mode: 0o700 });
      for (const [path, file] of Object.entries(files)) await writeJobFile(draft, path, file);
      await writeFile(join(draft, JOB_FILE.script), script, { mode: 0o600, flag: "wx" });
    });
    await rename(draft, folder).catch(async (thrown: NodeJS.ErrnoException) => {
      // another process has made it meanwhile
      if (thrown.code !== "ENOTEMPTY" && thrown.code !== "EEXIST") throw thrown;
    });
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

async function writeJobFile(root: string, path: string, file: JobFile): Promise<void> {
  const inner = normalize(path);
  if (isAbsolute(inner) || inner === "." || inner === ".." || inner.startsWith("../"))
    throw new Error(`the job file "${path}" is outside of the job's folder`);
  const target = join(root, inner);
  await makeFolders(dirname(target), 0o700);
  if ("text" in file) {
    await writeFile(target, file.text, { mode: 0o600, flag: "wx" });
    return;
  }
  const facts = await stat(file.localPath).catch(() => undefined);
  if (facts?.isFile() !== true) throw buildHostError("path-not-found", { path: file.localPath, where: "here" });
  await copyFile(file.localPath, target, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
  // newer versions of Node give the copy the owner of its source
  await chown(target, process.geteuid?.() ?? 0, process.getegid?.() ?? 0);
  await chmod(target, 0o600);
}

function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
