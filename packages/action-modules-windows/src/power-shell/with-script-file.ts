import { win32 } from "node:path";
import type { ActionContext } from "@imagewright/action-contract";
import { attempt } from "@imagewright/action-modules-core";

// without it, Windows PowerShell reads a script as text of the machine's code page
const BYTE_ORDER_MARK = "\ufeff";

let scripts = 0;

/** Writes a script as UTF-8 with a byte-order mark, calls `body` with its path, and removes it when that has ended. */
export async function withScriptFile<Result>(
  text: string,
  { host, temporaryDirectory }: Pick<ActionContext, "host" | "temporaryDirectory">,
  body: (path: string) => Promise<Result>,
): Promise<Result> {
  const path = win32.join(temporaryDirectory, `script-${++scripts}.ps1`);
  await attempt("write script", path, () => host.files.writeFile(path, `${BYTE_ORDER_MARK}${text}`, { flag: "wx", mode: 0o600 }));
  try {
    return await body(path);
  } finally {
    // a virus scanner can have it open: what the script has done stays done, and the run's folder goes anyway
    await host.files.rm(path, { force: true }).catch(() => undefined);
  }
}
