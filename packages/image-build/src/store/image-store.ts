import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { identifyProcess, isAlive } from "@imagewright/node-host";
import { buildError } from "../errors.js";
import type { ImageManifest } from "./manifest.js";

/**
 * The images that have been built, in `<root>/images/<name>/<version>/<build number>/`. A build gets its number when its folder is moved
 * into place, which is atomic: a build that fails or is killed has none, and two concurrent ones get different numbers.
 */
export class ImageStore {
  constructor(readonly root: string) {}

  /** A folder for a build in progress; it is removed unless `keep` is called. Also removes the folders of killed builds. */
  async stage(): Promise<string> {
    const parent = join(this.root, "staging");
    return this.#writing(parent, async () => {
      await mkdir(parent, { recursive: true });
      await removeAbandoned(parent);
      const owner = await identifyProcess(process.pid);
      return mkdtemp(join(parent, `${process.pid}-${owner?.startTime ?? ""}-`));
    });
  }

  /** Moves a staged build into place under the next build number, and writes its manifest with that number. */
  async keep(
    staged: string,
    name: string,
    version: string,
    manifestFor: (buildVersion: number, folder: string) => ImageManifest,
  ): Promise<ImageManifest> {
    const parent = join(this.root, "images", folderName(name), version);
    return this.#writing(parent, async () => {
      await mkdir(parent, { recursive: true });
      for (;;) {
        const buildVersion = (await latestNumber(parent)) + 1;
        const folder = join(parent, String(buildVersion));
        const manifest = manifestFor(buildVersion, folder);
        await writeFile(join(staged, "image.json"), `${JSON.stringify(manifest, null, 2)}\n`);
        if (await moveInto(staged, folder)) return manifest;
      }
    });
  }

  /** The manifest of a kept build, or undefined. */
  async find(name: string, version: string, buildVersion: number): Promise<ImageManifest | undefined> {
    const text = await readFile(join(this.root, "images", folderName(name), version, String(buildVersion), "image.json"), "utf8").catch(
      () => undefined,
    );
    return text === undefined ? undefined : (JSON.parse(text) as ImageManifest);
  }

  async #writing<Result>(path: string, body: () => Promise<Result>): Promise<Result> {
    try {
      return await body();
    } catch (thrown) {
      const { code, message } = thrown as NodeJS.ErrnoException;
      if (code === undefined) throw thrown;
      throw buildError("store-not-writable", { path, cause: code === "ENOSPC" ? "no space left on the disk" : message }, { cause: thrown });
    }
  }
}

/** The name of a recipe as part of a path and of an image name: lower-case, with single separators. */
export function folderName(name: string): string {
  const parts = name
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((part) => part !== "");
  return parts.length === 0 ? "image" : parts.join("-");
}

async function latestNumber(folder: string): Promise<number> {
  const numbers = (await readdir(folder)).filter((name) => /^\d+$/.test(name)).map(Number);
  return Math.max(0, ...numbers);
}

/** False if another build has taken the number meanwhile. */
async function moveInto(staged: string, folder: string): Promise<boolean> {
  try {
    await rename(staged, folder);
    return true;
  } catch (thrown) {
    const { code } = thrown as NodeJS.ErrnoException;
    if (code === "ENOTEMPTY" || code === "EEXIST") return false;
    throw thrown;
  }
}

/** Removes the folders of processes that are no longer running; their names begin with the process's identity. */
async function removeAbandoned(parent: string): Promise<void> {
  for (const name of await readdir(parent)) {
    const [pid, startTime = ""] = name.split("-");
    if (!(await isAlive({ pid: Number(pid), startTime }))) await discard(join(parent, name));
  }
}

/** Removes a staged build; does nothing for one that has been kept. */
export async function discard(staged: string): Promise<void> {
  await rm(staged, { recursive: true, force: true });
}
