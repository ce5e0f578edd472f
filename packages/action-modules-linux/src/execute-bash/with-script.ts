import { closeSync, openSync, readlinkSync, rmSync, unlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ActionContext } from "@imagewright/action-contract";

let scripts = 0;

/**
 * Writes a script and calls `body` with a path that processes of the same user can open until that ends. A script may contain secrets. So
 * it has no name in any folder, where it would stay if this process were killed: its name is removed before anything is written, and the
 * path goes through this process. Where there is no /proc it is a file until the body has ended. The calls are synchronous: the file is in
 * memory, and to wake a thread for each call takes longer than all of them.
 */
export async function withScript<Result>(
  text: string,
  { temporaryDirectory }: Pick<ActionContext, "temporaryDirectory">,
  body: (path: string) => Promise<Result>,
): Promise<Result> {
  const path = join(temporaryDirectory, `script-${++scripts}.sh`);
  const descriptor = openSync(path, "wx+", 0o700);
  try {
    if (SEES_ITSELF) unlinkSync(path);
    writeFileSync(descriptor, text);
    return await body(SEES_ITSELF ? `/proc/${process.pid}/fd/${descriptor}` : path);
  } finally {
    closeSync(descriptor);
    if (!SEES_ITSELF) rmSync(path, { force: true });
  }
}

/** Whether /proc shows this process by its own id: in a namespace of process ids, /proc may be that of another one. */
const SEES_ITSELF = ownEntry() === String(process.pid);

function ownEntry(): string {
  try {
    return readlinkSync("/proc/self");
  } catch {
    return "";
  }
}
