import { chmod, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { makeFolders } from "@imagewright/node-host";

/** Writes scripts that every user of a machine can run, whatever this process's umask is. */
export async function writeStandIns(folder: string, scripts: Readonly<Record<string, string>>): Promise<void> {
  if (Object.keys(scripts).length === 0) return;
  await makeFolders(folder, 0o700);
  for (const [name, text] of Object.entries(scripts)) {
    const path = join(folder, name);
    await writeFile(path, text);
    await chmod(path, 0o755);
  }
}
