import { existsSync, lstatSync } from "node:fs";
import { mkdir, readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { isImagewrightError, nearest } from "@imagewright/diagnostics";
import {
  checkedText,
  checkPrivateFolder,
  isSurelyDead,
  makeFolders,
  makePrivateFolder,
  readCheckedFile,
  scratchOwner,
} from "@imagewright/node-host";
import { buildError } from "../errors.js";
import { keepsMachine } from "../kept/kept-machine.js";
import { createBuildId, isBuildId, OWNER_ID } from "./build-id.js";

const NOTE = { schema: 1, largest: 64 << 10 };

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
    await writeFile(draft, checkedText(NOTE.schema, { folder: resolve(folder) }), { mode: 0o600, flag: "wx", flush: true });
    await rename(draft, join(this.#owners, id));
  }

  async removeOwner(id: string): Promise<void> {
    await rm(join(this.#owners, id), { force: true });
  }

  /**
   * Whether the owner of a machine or an image is a build that has not ended, or that keeps its machine, or a run. Errors:
   * owner-not-readable.
   */
  isOwner(id: string): boolean {
    const folder = this.#folderOfOwner(id);
    return folder !== undefined && (isBuildId(id) ? existsSync(join(folder, "build.json")) || keepsMachine(folder) : existsSync(folder));
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
      await makePrivateFolder(this.root);
      for (;;) {
        const id = createBuildId(now);
        if (await makeNew(this.folderOf(id))) return id;
      }
    } catch (thrown) {
      if (isImagewrightError(thrown)) throw thrown;
      throw buildError("store-not-writable", { path: this.root, cause: (thrown as Error).message }, { cause: thrown });
    }
  }

  /**
   * Refuses the folders of builds and of runs if others could have made them or can change them: what is removed from them could be
   * anything. One that is missing holds nothing. Errors: path-refused.
   */
  requireOwn(): void {
    for (const folder of [this.root, this.runs]) if (lstatSync(folder, { throwIfNoEntry: false }) !== undefined) checkPrivateFolder(folder);
  }

  /** The ids of all builds that have a folder, the oldest first. Errors: path-refused, if others could have made them. */
  async ids(): Promise<readonly string[]> {
    const names = (await readdir(this.root).catch(() => [])).filter(isBuildId);
    if (names.length > 0) checkPrivateFolder(this.root);
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

  /** Errors: build-unknown, with what was probably meant if that is no id; path-refused, if others could have made it. */
  async require(id: string): Promise<string> {
    const folder = this.folderOf(id);
    if (isBuildId(id) && existsSync(folder)) {
      checkPrivateFolder(folder);
      return folder;
    }
    // most of an id is the day, so that each other build of the day would be near
    throw buildError("build-unknown", { build: id, nearest: isBuildId(id) ? undefined : nearest(id, await this.ids()) });
  }

  #folderOfOwner(id: string): string | undefined {
    if (!OWNER_ID.test(id)) return undefined;
    const path = join(this.#owners, id);
    const read = readCheckedFile(path, NOTE);
    if (read === undefined) return undefined;
    // to take it for dead could remove the machine of a build that goes on
    if ("reason" in read) throw buildError("owner-not-readable", { owner: id, path, cause: read.reason });
    return (read.value as { folder: string }).folder;
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
