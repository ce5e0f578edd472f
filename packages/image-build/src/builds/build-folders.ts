import { existsSync, readFileSync } from "node:fs";
import { mkdir, readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { nearest } from "@imagewright/diagnostics";
import { isSurelyDead, makeFolders, scratchOwner } from "@imagewright/node-host";
import { buildError } from "../errors.js";
import { createBuildId, isBuildId, OWNER_ID } from "./build-id.js";

/**
 * The folders of what owns machines and images: builds in `<data>/builds/<id>`, which have a `build.json` until they have ended; and
 * runs of components in a machine of their own, in `<data>/runs/<id>` until they have ended.
 */
export class BuildFolders {
  readonly root: string;
  readonly runs: string;
  readonly #owners: string;

  /** The state folder is that of the build hosts. Several data folders may have the same: who owns what in a host is known in it. */
  constructor({ dataFolder, stateFolder }: { readonly dataFolder: string; readonly stateFolder: string }) {
    this.root = join(dataFolder, "builds");
    this.runs = join(dataFolder, "runs");
    this.#owners = join(stateFolder, "owners");
  }

  /** Makes a build or a run the owner of what it is about to make, as long as its folder says so. */
  async addOwner(id: string, folder: string): Promise<void> {
    await makeFolders(this.#owners, 0o700);
    const draft = join(this.#owners, `${id}.${await scratchOwner()}`);
    await writeFile(draft, JSON.stringify({ folder: resolve(folder) }), { mode: 0o600, flag: "wx", flush: true });
    await rename(draft, join(this.#owners, id));
  }

  async removeOwner(id: string): Promise<void> {
    await rm(join(this.#owners, id), { force: true });
  }

  /** Whether the owner of a machine or an image is a build that has not ended, or a run. */
  isOwner(id: string): boolean {
    const folder = this.#folderOfOwner(id);
    return folder !== undefined && existsSync(isBuildId(id) ? join(folder, "build.json") : folder);
  }

  /** Removes the notes about owners that are no more, and those that a process was killed in writing. */
  async forgetOwners(): Promise<void> {
    for (const name of await readdir(this.#owners).catch(() => [])) {
      const [id = "", writer] = name.split(".");
      const isOver = writer === undefined ? OWNER_ID.test(id) && !this.isOwner(id) : await isSurelyDead(writer);
      if (isOver) await rm(join(this.#owners, name), { force: true });
    }
  }

  folderOf(id: string): string {
    return join(this.root, id);
  }

  /** A new folder with a new id, only for this user. */
  async create(now: Date): Promise<string> {
    try {
      await makeFolders(this.root, 0o700);
      for (;;) {
        const id = createBuildId(now);
        if (await makeNew(this.folderOf(id))) return id;
      }
    } catch (thrown) {
      throw buildError("store-not-writable", { path: this.root, cause: (thrown as Error).message }, { cause: thrown });
    }
  }

  /** The ids of all builds that have a folder, the oldest first. */
  async ids(): Promise<readonly string[]> {
    const names = (await readdir(this.root).catch(() => [])).filter(isBuildId);
    const times = await Promise.all(
      names.map(
        async (name) =>
          [
            name,
            await stat(this.folderOf(name)).then(
              ({ birthtimeMs }) => birthtimeMs,
              () => 0,
            ),
          ] as const,
      ),
    );
    return times.sort((a, b) => a[1] - b[1]).map(([name]) => name);
  }

  /** Errors: build-unknown, with what was probably meant. */
  async require(id: string): Promise<string> {
    if (isBuildId(id) && existsSync(this.folderOf(id))) return this.folderOf(id);
    throw buildError("build-unknown", { build: id, nearest: nearest(id, await this.ids()) });
  }

  #folderOfOwner(id: string): string | undefined {
    if (!OWNER_ID.test(id)) return undefined;
    try {
      return (JSON.parse(readFileSync(join(this.#owners, id), "utf8")) as { folder: string }).folder;
    } catch (thrown) {
      if ((thrown as NodeJS.ErrnoException).code === "ENOENT") return undefined;
      throw thrown;
    }
  }
}

/** False if there is one. */
async function makeNew(folder: string): Promise<boolean> {
  try {
    await mkdir(folder, { mode: 0o700 });
    return true;
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw thrown;
  }
}
