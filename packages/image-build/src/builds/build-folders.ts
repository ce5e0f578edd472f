import { existsSync } from "node:fs";
import { mkdir, readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { nearest } from "@imagewright/diagnostics";
import { makeFolders } from "@imagewright/node-host";
import { buildError } from "../errors.js";
import { createBuildId, isBuildId } from "./build-id.js";

/**
 * The folders of what owns machines and images: builds in `<data>/builds/<id>`, which have a `build.json` until they have ended; and
 * runs of components in a machine of their own, in `<data>/runs/<id>` until they have ended.
 */
export class BuildFolders {
  readonly root: string;
  readonly runs: string;

  constructor(dataFolder: string) {
    this.root = join(dataFolder, "builds");
    this.runs = join(dataFolder, "runs");
  }

  /** Whether the owner of a machine or an image still is. */
  isOwner(id: string): boolean {
    return existsSync(isBuildId(id) ? join(this.folderOf(id), "build.json") : join(this.runs, id));
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
