import { createHash } from "node:crypto";
import { constants } from "node:fs";
import { copyFile, link, lstat, mkdir, open, readFile, rm, type FileHandle } from "node:fs/promises";
import { join } from "node:path";
import { writeIndex } from "./write-index.js";

const CHUNK = 1 << 20;

export interface BlobSources {
  /** Folders of this program with blobs that become part of the layout without a copy, and that are removed some time. */
  readonly own?: string | undefined;
  /** An OCI layout whose blobs are copied. */
  readonly similar?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

interface Manifest {
  readonly config: { readonly digest: string };
  readonly layers: readonly { readonly digest: string }[];
}

/**
 * Puts the OCI layout of an image together from blobs that are on disk already; each is compared with its digest once it is in the layout.
 * False if one is missing or damaged, or cannot be written: then the folder is gone.
 */
export async function layoutFromBlobs(digest: string, folder: string, sources: BlobSources): Promise<boolean> {
  const { own, similar, signal } = sources;
  const blobs = join(folder, "blobs", "sha256");
  // as an engine calls them: a configuration has an ending
  const placesOf = (hex: string): readonly Place[] => [
    ...(own === undefined ? [] : [`sha256:${hex}`, `sha256:${hex}.config`].map((name) => ({ path: join(own, name), isOwn: true }))),
    ...(similar === undefined ? [] : [{ path: join(similar, "blobs", "sha256", hex), isOwn: false }]),
  ];
  const take = async (hex: string) => {
    signal?.throwIfAborted();
    const place = await firstFile(placesOf(hex));
    const target = join(blobs, hex);
    if (place === undefined) throw new Error(`no blob ${hex}`);
    if (!place.isOwn || !(await linked(place.path, target))) await copyFile(place.path, target, constants.COPYFILE_FICLONE);
    if ((await finish(target, signal)) !== hex) throw new Error(`blob ${hex} is damaged`);
    return target;
  };
  try {
    const manifestHex = hexOf(digest);
    if ((await firstFile(placesOf(manifestHex))) === undefined) return false;
    await mkdir(blobs, { recursive: true });
    const manifest = await readFile(await take(manifestHex));
    const { config, layers } = JSON.parse(manifest.toString()) as Manifest;
    const parts = [...new Set([config, ...layers].map((part) => hexOf(part.digest)))];
    // all are looked for before the first is copied
    for (const hex of parts) if ((await firstFile(placesOf(hex))) === undefined) throw new Error(`no blob ${hex}`);
    for (const hex of parts) await take(hex);
    await writeIndex(folder, manifest);
    return true;
  } catch {
    await rm(folder, { recursive: true, force: true });
    signal?.throwIfAborted();
    return false;
  }
}

interface Place {
  readonly path: string;
  readonly isOwn: boolean;
}

async function firstFile(places: readonly Place[]): Promise<Place | undefined> {
  for (const place of places) if ((await lstat(place.path).catch(() => undefined))?.isFile() === true) return place;
  return undefined;
}

function linked(path: string, target: string): Promise<boolean> {
  return link(path, target).then(
    () => true,
    () => false,
  );
}

/** Makes the file readable for all, as engines do, brings it to disk, and returns its digest. */
async function finish(path: string, signal: AbortSignal | undefined): Promise<string> {
  const file = await open(path, "r");
  try {
    await file.chmod(0o644);
    const [digest] = await Promise.all([digestOf(file, signal), file.sync()]);
    return digest;
  } finally {
    await file.close();
  }
}

async function digestOf(file: FileHandle, signal: AbortSignal | undefined): Promise<string> {
  const hash = createHash("sha256");
  const buffer = Buffer.alloc(CHUNK);
  for (;;) {
    signal?.throwIfAborted();
    const { bytesRead } = await file.read(buffer, 0, CHUNK, null);
    if (bytesRead === 0) return hash.digest("hex");
    hash.update(buffer.subarray(0, bytesRead));
  }
}

function hexOf(digest: string): string {
  const [, hex] = /^sha256:([0-9a-f]{64})$/.exec(digest) ?? [];
  if (hex === undefined) throw new Error(`unknown kind of digest ${digest}`);
  return hex;
}
