import type { ActionContext, ActionResult, FileSystem } from "@imagewright/action-contract";
import { createError } from "../errors.js";
import { attempt } from "../files/attempt.js";
import { fileErrorCode } from "../files/describe-file-error.js";
import { ensureFolder } from "../files/ensure-folder.js";
import { replaceContent } from "../files/replace-content.js";
import { quotePath, type FilePath } from "../files/show-path.js";
import { checkTarget, writeTarget, type TargetOptions } from "../files/write-target.js";
import { planCopies, type Copy, type CopyFileInput } from "./plan.js";
import { openSource } from "./source.js";

// a copy has no set-user-ID or set-group-ID bit: with `cp` neither, since the copy may belong to someone else
const PERMISSION_BITS = 0o777;

/** Copies all the files, after it has made sure that none of them is refused. Each copy is one line in the console log. */
export async function copyFile(input: CopyFileInput, context: ActionContext): Promise<ActionResult> {
  const { files } = context.host;
  const { folder, copies } = await planCopies(input, context);
  const overwrite = input.overwrite ?? true;
  for (const copy of copies) await checkCopy(copy, files, targetOptions(copy, overwrite));
  await ensureFolder(files, folder);
  for (const copy of copies) {
    await copyOne(copy, context, targetOptions(copy, overwrite));
    context.log(`copied ${quotePath(copy.source)} to ${quotePath(copy.destination)}`);
  }
  return { status: "succeeded" };
}

function targetOptions({ facts }: Copy, overwrite: boolean): TargetOptions {
  return { overwrite, mode: facts.mode & PERMISSION_BITS, folderHint: "end the destination with a path separator to copy into the folder" };
}

async function checkCopy({ source, destination }: Copy, files: FileSystem, options: TargetOptions): Promise<void> {
  const identity = await identityOf("copy file", source, files);
  const taken = await identityOf("write file", destination, files);
  if (identity !== undefined && identity === taken) throw createError("same-file", { source, destination });
  await checkTarget(files, destination, options);
}

/** The number of a file on its disk, the same for all its names; undefined where there is none. */
async function identityOf(operation: string, path: FilePath, files: FileSystem): Promise<string | undefined> {
  return attempt(operation, path, async () => {
    try {
      // a file number of Windows does not fit a JavaScript number
      const { dev, ino } = await files.stat(path, { bigint: true });
      return `${dev}:${ino}`;
    } catch (thrown) {
      if (fileErrorCode(thrown) === "ENOENT") return undefined;
      throw thrown;
    }
  });
}

async function copyOne({ source, destination: path }: Copy, { host, signal }: ActionContext, options: TargetOptions): Promise<void> {
  const opened = await openSource(host.files, source);
  try {
    await writeTarget(host.files, path, options, (target) => replaceContent({ operation: "write file", source: opened, target, path, signal }));
  } finally {
    await opened.close();
  }
}
