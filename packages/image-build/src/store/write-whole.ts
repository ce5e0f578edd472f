import { rename, writeFile } from "node:fs/promises";
import { safeJson } from "@imagewright/diagnostics";

/** Writes a JSON file so that readers see all of it or the former content, also after the computer has failed.. */
export async function writeWhole(path: string, content: unknown, mode = 0o644): Promise<void> {
  const draft = `${path}.draft`;
  await writeFile(draft, `${safeJson(content, 2).toString()}\n`, { mode, flush: true });
  await rename(draft, path);
}
