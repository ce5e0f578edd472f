import { join } from "node:path";
import { closeFolder, holdOwnFolder, makeFolders, makeNewFolder, pathInFolder, type HeldFolder } from "@imagewright/node-host";

/**
 * The folder that receives collected files. Others may be able to write to it, as to a shared folder of logs: each folder in it is new, or
 * the user's own, and is held open, so that nobody leads the files elsewhere.
 */
export class CollectTarget {
  readonly #held = new Map<string, HeldFolder>();

  constructor(private readonly folder: string) {}

  /** Where a file is to be written, by the names of the folders that it is in, which are made. Errors: path-refused. */
  async pathOf(parents: readonly string[], name: string): Promise<string> {
    if (parents.length > 0) return pathInFolder(await this.#hold(parents), name);
    await makeFolders(this.folder, 0o700);
    return join(this.folder, name);
  }

  close(): void {
    for (const held of this.#held.values()) closeFolder(held);
    this.#held.clear();
  }

  async #hold(names: readonly string[]): Promise<HeldFolder> {
    const key = names.join("/");
    const before = this.#held.get(key);
    if (before !== undefined) return before;
    const path = await this.pathOf(names.slice(0, -1), names.at(-1) ?? "");
    try {
      makeNewFolder(path);
    } catch (thrown) {
      if ((thrown as NodeJS.ErrnoException).code !== "EEXIST") throw thrown;
    }
    const held = holdOwnFolder(path);
    this.#held.set(key, held);
    return held;
  }
}
