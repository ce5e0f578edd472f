import { mkdir, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import { join, relative } from "node:path";
import { isImagewrightError } from "@imagewright/diagnostics";
import { checkPrivateFolder, removeAtomically, removeRemainders } from "@imagewright/node-host";
import { buildError } from "../errors.js";
import { folderName } from "./folder-name.js";
import type { ImageManifest } from "./manifest.js";
import { readStateFile, writeStateFile } from "./state-file.js";
import { writeWhole } from "./write-whole.js";

/** What `reserve` needs to know of a build. */
export interface ReservationRequest {
  /** The recipe's name and version. */
  readonly name: string;
  readonly version: string;
  /** The id of the build. */
  readonly build: string;
  /** The largest number that is in use elsewhere, such as in the tags of an engine; 0 for none. */
  readonly usedElsewhere: number;
  /** The one number that will do. */
  readonly only?: number;
  /** A folder of the build's own, on the store's file system. It says which number the build has, so that reserving may be repeated. */
  readonly workFolder: string;
}

/** A build number that belongs to a build, with the folder that the image will be in. Plain data. */
export interface Reservation {
  readonly build: string;
  readonly buildVersion: number;
  readonly folder: string;
}

/** What a build is about to do with the name of its image: written before, so that it can be completed or undone. */
export interface NamingIntent {
  /** The name in the engine's store. */
  readonly tag: string;
  /** The id of the image in the engine's store. */
  readonly image: string;
}

const MANIFEST = "image.json";
const RESERVED = "reserved.json";
const FAILED = "failed.json";
const NUMBER = "number.json";
const LAYOUT = "oci";
// name, version and number
const IN_STORE = /^(?!\.\.)[^/]+\/(?!\.\.)[^/]+\/\d+$/;

/**
 * The images that have been built, in `<root>/images/<name>/<version>/<build number>/`. A number is taken by a folder with `reserved.json`;
 * it has an image as soon as it has `image.json`. Every method may be repeated after a kill.
 */
export class ImageStore {
  constructor(readonly root: string) {}

  /**
   * Takes the number above all that are in use. Two builds never get the same, and one build gets one. Errors: store-not-writable;
   * path-refused, if others can replace what is in the store; number-taken, if only one will do and another build has it.
   */
  async reserve({ name, version, build, usedElsewhere, only, workFolder }: ReservationRequest): Promise<Reservation> {
    const parent = join(this.root, "images", folderName(name), version);
    return this.#writing(parent, async () => {
      await mkdir(parent, { recursive: true, mode: 0o755 });
      const own = await this.reservationOf(workFolder, build);
      if (own !== undefined) return own;
      const draft = join(workFolder, "reservation");
      await rm(draft, { recursive: true, force: true });
      await mkdir(draft, { recursive: true, mode: 0o755 });
      writeStateFile(join(draft, RESERVED), { build });
      for (let buildVersion = only ?? Math.max(usedElsewhere, ...(await numbersIn(parent))) + 1; ; buildVersion++) {
        const folder = join(parent, String(buildVersion));
        // written before: at most the last one tried can be this build's
        writeStateFile(join(workFolder, NUMBER), { build, buildVersion, folder } satisfies Reservation);
        if (!(await moveInto(draft, folder))) {
          if (only !== undefined) throw buildError("number-taken", { name, version, buildVersion, folder });
          continue;
        }
        checkPrivateFolder(folder);
        await removeRemainders(parent);
        return { build, buildVersion, folder };
      }
    });
  }

  /** Records which name the image is about to get. */
  async intend({ build, folder }: Reservation, intent: NamingIntent): Promise<void> {
    await this.#writing(folder, async () => writeStateFile(join(folder, RESERVED), { build, intent }));
  }

  /** Moves the OCI layout into place and writes the manifest: from then on the number has an image. */
  async publish({ build, folder }: Reservation, layout: string, manifest: ImageManifest): Promise<ImageManifest> {
    return this.#writing(folder, async () => {
      const published = await readManifest(folder);
      if (published?.build === build) {
        await rm(join(folder, RESERVED), { force: true });
        return published;
      }
      await rename(layout, join(folder, LAYOUT)).catch(missing);
      await writeWhole(join(folder, MANIFEST), manifest);
      await rm(join(folder, RESERVED), { force: true });
      return manifest;
    });
  }

  /** The number that the build has taken and that has no image yet. */
  async reservationOf(workFolder: string, build: string): Promise<Reservation | undefined> {
    const tried = await this.#triedBy(workFolder, build);
    return tried.find(({ folder }) => readReserved(folder)?.build === build);
  }

  /** The manifest of the image that the build has published, or undefined. */
  async publishedBy(workFolder: string, build: string): Promise<ImageManifest | undefined> {
    for (const { folder } of await this.#triedBy(workFolder, build)) {
      const manifest = await readManifest(folder);
      if (manifest?.build === build) return manifest;
    }
    return undefined;
  }

  /** What the build is about to do with the name of its image, if it came so far. */
  intentOf({ folder }: Reservation): NamingIntent | undefined {
    return readReserved(folder)?.intent;
  }

  /** Gives the number back; or keeps it as that of a failed build, which it stays. The name in the engine must have been removed before. */
  async release({ build, folder }: Reservation, options: { readonly keepNumber: boolean }): Promise<void> {
    await this.#writing(folder, async () => {
      if (readReserved(folder)?.build !== build) return;
      await rm(join(folder, MANIFEST), { force: true });
      await rm(join(folder, LAYOUT), { recursive: true, force: true });
      for (const name of [MANIFEST, RESERVED]) await rm(join(folder, `${name}.draft`), { force: true });
      if (options.keepNumber) await rename(join(folder, RESERVED), join(folder, FAILED));
      // in one go: an empty folder would be a number of nobody, for good
      else await removeAtomically(folder);
    });
  }

  /** Where the layout of a reservation's image will be. */
  layoutFolder({ folder }: Reservation): string {
    return join(folder, LAYOUT);
  }

  /** The layout of the image of that name that was built last, in whatever version; undefined if there is none. */
  async latestLayout(name: string): Promise<string | undefined> {
    const numbers = await numbersOf(join(this.root, "images", folderName(name)));
    const made = await Promise.all(numbers.map(async ({ folder }) => ({ folder, at: await timeOfManifest(folder) })));
    const latest = made.reduce((newest, one) => (one.at > newest.at ? one : newest), { folder: "", at: 0 });
    return latest.at === 0 ? undefined : join(latest.folder, LAYOUT);
  }

  /** The manifest of an image, or undefined. */
  async find(name: string, version: string, buildVersion: number): Promise<ImageManifest | undefined> {
    return readManifest(join(this.root, "images", folderName(name), version, String(buildVersion)));
  }

  /**
   * The number that a build has tried last; all numbers, if the record of it is damaged. A folder elsewhere is none of this store: it would
   * be removed with the build.
   */
  async #triedBy(workFolder: string, build: string): Promise<readonly Reservation[]> {
    const images = join(this.root, "images");
    try {
      const tried = readStateFile<Reservation>(join(workFolder, NUMBER));
      const path = typeof tried?.folder === "string" ? relative(images, tried.folder) : "";
      return tried !== undefined && IN_STORE.test(path) ? [tried] : [];
    } catch {
      const names = await pathsIn(images);
      return (await Promise.all(names.map(numbersOf))).flat().map((number) => ({ build, ...number }));
    }
  }

  async #writing<Result>(path: string, body: () => Promise<Result>): Promise<Result> {
    try {
      return await body();
    } catch (thrown) {
      const { code, message } = thrown as NodeJS.ErrnoException;
      if (code === undefined || isImagewrightError(thrown)) throw thrown;
      throw buildError("store-not-writable", { path, cause: code === "ENOSPC" ? "no space left on the disk" : message }, { cause: thrown });
    }
  }
}

async function numbersIn(folder: string): Promise<number[]> {
  return (await readdir(folder).catch(() => [])).filter((name) => /^\d+$/.test(name)).map(Number);
}

/** The numbers of all versions in the folder of a name. */
async function numbersOf(parent: string): Promise<Omit<Reservation, "build">[]> {
  const found = await Promise.all(
    (await pathsIn(parent)).map(async (version) =>
      (await numbersIn(version)).map((buildVersion) => ({ buildVersion, folder: join(version, String(buildVersion)) })),
    ),
  );
  return found.flat();
}

async function pathsIn(folder: string): Promise<string[]> {
  return (await readdir(folder).catch(() => [])).map((name) => join(folder, name));
}

/** 0 if the folder has no image. */
async function timeOfManifest(folder: string): Promise<number> {
  return stat(join(folder, MANIFEST)).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  );
}

/** Undefined if there is none, and for one that is damaged: what it says would be removed, so the number stays taken instead. */
function readReserved(folder: string): { readonly build: string; readonly intent?: NamingIntent } | undefined {
  try {
    return readStateFile(join(folder, RESERVED));
  } catch {
    return undefined;
  }
}

function readManifest(folder: string): Promise<ImageManifest | undefined> {
  return readJson<ImageManifest>(join(folder, MANIFEST));
}

async function readJson<Content>(path: string): Promise<Content | undefined> {
  const text = await readFile(path, "utf8").catch(() => undefined);
  try {
    return text === undefined ? undefined : (JSON.parse(text) as Content);
  } catch {
    return undefined; // not ours: these files are written whole
  }
}

/** False if the number is taken. A folder with content is never replaced. */
async function moveInto(draft: string, folder: string): Promise<boolean> {
  try {
    await rename(draft, folder);
    return true;
  } catch (thrown) {
    const { code } = thrown as NodeJS.ErrnoException;
    if (code === "ENOTEMPTY" || code === "EEXIST") return false;
    throw thrown;
  }
}

/** The layout was moved before, by a process that was killed after it. */
function missing(thrown: NodeJS.ErrnoException): void {
  if (thrown.code !== "ENOENT") throw thrown;
}
