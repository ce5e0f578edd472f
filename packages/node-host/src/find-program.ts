import { constants } from "node:fs";
import { access } from "node:fs/promises";
import { delimiter, join } from "node:path";

// a shell that became root by `su` may lack these
const ADMINISTRATION = ["/usr/local/sbin", "/usr/sbin", "/sbin"];

/** The path of a program on the given PATH or in the system's folders for administrators; undefined if it is not installed. */
export async function findProgram(name: string, path = ""): Promise<string | undefined> {
  const folders = path.split(delimiter).filter((folder) => folder !== "");
  for (const folder of [...folders, ...ADMINISTRATION]) {
    const candidate = join(folder, name);
    const isExecutable = await access(candidate, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (isExecutable) return candidate;
  }
  return undefined;
}
