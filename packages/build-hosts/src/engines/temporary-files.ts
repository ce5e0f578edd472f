import { existsSync } from "node:fs";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { abandonedScratch, makeFolders, withScratchFolder } from "@imagewright/node-host";
import { findCommand } from "../processes/find-command.js";
import { orDiskFull } from "../processes/or-disk-full.js";
import { runTool } from "../processes/run-tool.js";

type Variables = Readonly<Record<string, string>>;

/** What a call that outlives this process needs in addition to its variables. */
export interface LastingFiles {
  readonly variables: Variables;
  /** The words before those of the call. */
  readonly prefix: readonly string[];
}

const LOCK = "lock";
// the folder may be gone if it took long to get the lock
const REMOVING_SCRIPT = `
[ -d "$TMPDIR" ] || exit 1
"$@"
code=$?
rm -rf -- "$TMPDIR"
exit $code
`;

/** Where the engine's calls of a state folder have theirs. */
export function temporaryFilesIn(stateFolder: string): string {
  return join(stateFolder, "tmp");
}

/**
 * Calls the body with the variables with which an engine has its temporary files in a folder of its own in `parent`, which is gone
 * afterwards. Engines write each layer there that they read or make, and the configuration of each image that they look at, and leave it if
 * they are killed. The folder's name says which process made it, so that `removeLeftFiles` of a later one finds it.
 */
export function withTemporaryFiles<Result>(parent: string, body: (variables: Variables) => Promise<Result>): Promise<Result> {
  // elsewhere engines work in a virtual machine, and podman has its socket in the folder for temporary files
  if (process.platform !== "linux") return body({});
  return orDiskFull("make a folder for temporary files", async () => {
    await makeFolders(parent, 0o700);
    return withScratchFolder({ purpose: "engine", parent }, (folder) => body({ TMPDIR: folder }));
  });
}

/**
 * The same for a call that goes on if this process is killed: it holds a lock in its folder, so that nobody removes that before its end,
 * and removes it itself.
 */
export function withLastingFiles<Result>(parent: string, body: (files: LastingFiles) => Promise<Result>): Promise<Result> {
  return withTemporaryFiles(parent, async (variables) => {
    const folder = variables["TMPDIR"];
    if (folder === undefined || (await findCommand("flock")) === undefined) return body({ variables, prefix: [] });
    const lock = join(folder, LOCK);
    await writeFile(lock, "", { mode: 0o600 });
    return body({ variables, prefix: ["flock", lock, "sh", "-c", REMOVING_SCRIPT, "sh"] });
  });
}

/** Removes the temporary files of calls whose process was killed, except those that go on. What cannot be removed is left for later. */
export async function removeLeftFiles(parent: string): Promise<void> {
  for (const folder of await abandonedScratch(parent)) {
    const lock = join(folder, LOCK);
    const remove = existsSync(lock)
      ? runTool({ file: "flock", arguments: ["-n", lock, "rm", "-rf", "--", folder] })
      : rm(folder, { recursive: true, force: true });
    await remove.catch(() => undefined);
  }
}
