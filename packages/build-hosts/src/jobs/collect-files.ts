import { lstat, open, opendir, rename, rm, type FileHandle } from "node:fs/promises";
import type { Collection, CollectRequest, LeftOut } from "../port/collect.js";
import { CollectTarget } from "./collect-target.js";
import { entryPath, openFileIn, openFolderIn, type OpenFolder } from "./open-inside.js";

const MOST_LEFT_OUT = 100;
const DEEPEST = 16;
const CHUNK = 1 << 16;

/**
 * Copies regular files out of a folder that a stranger can write to. The one that receives them may be shared with others, too: folders in
 * it are made, or are the user's own from an earlier collection. Errors: path-refused of node-host, if one is another user's, or a link.
 */
export async function collectFiles(from: OpenFolder, request: Omit<CollectRequest, "from">): Promise<Collection> {
  const target = new CollectTarget(request.folder);
  const walk = new Walk(request, target);
  try {
    await walk.visit(from, []);
    return { files: walk.files, leftOut: walk.leftOut };
  } finally {
    target.close();
  }
}

class Walk {
  readonly files: string[] = [];
  readonly leftOut: LeftOut[] = [];
  #bytesLeft: number;
  #entriesLeft: number;

  constructor(
    private readonly request: Omit<CollectRequest, "from">,
    private readonly target: CollectTarget,
  ) {
    this.#bytesLeft = request.limits.totalBytes;
    // a folder of a stranger may have any number of entries that are not taken
    this.#entriesLeft = request.limits.files * 10;
  }

  async visit(folder: OpenFolder, parents: readonly string[]): Promise<void> {
    for await (const { name } of await opendir(entryPath(folder))) {
      const path = [...parents, name].join("/");
      if (--this.#entriesLeft < 0) return this.#leave(path, "too-many");
      const facts = await lstat(entryPath(folder, name)).catch(() => undefined);
      if (facts?.isDirectory() === true) await this.#enter(folder, name, parents);
      else if (facts?.isFile() !== true) this.#leave(path, "not-a-regular-file");
      else if (!this.request.accepts(path)) this.#leave(path, "not-accepted");
      else if (this.files.length >= this.request.limits.files) this.#leave(path, "too-many");
      else await this.#take(folder, name, parents);
    }
  }

  async #enter(folder: OpenFolder, name: string, parents: readonly string[]): Promise<void> {
    const inner = parents.length < DEEPEST ? await openFolderIn(folder, name) : undefined;
    if (inner === undefined) return this.#leave([...parents, name].join("/"), "not-accepted");
    try {
      await this.visit(inner, [...parents, name]);
    } finally {
      await inner.handle.close();
    }
  }

  async #take(folder: OpenFolder, name: string, parents: readonly string[]): Promise<void> {
    const path = [...parents, name].join("/");
    const source = await openFileIn(folder, name);
    if (source === undefined) return this.#leave(path, "not-a-regular-file");
    try {
      const target = await this.target.pathOf(parents, name);
      const copied = await copyAtMost(source, target, Math.min(this.request.limits.fileBytes, this.#bytesLeft));
      this.#bytesLeft -= copied.bytes;
      this.files.push(path);
      if (copied.more) this.#leave(path, "too-large");
    } finally {
      await source.close();
    }
  }

  #leave(path: string, reason: LeftOut["reason"]): void {
    if (this.leftOut.length < MOST_LEFT_OUT) this.leftOut.push({ path, reason });
  }
}

/** Replaces what an earlier collection has left at the target. */
async function copyAtMost(source: FileHandle, target: string, most: number): Promise<{ bytes: number; more: boolean }> {
  const draft = `${target}.draft`;
  await rm(draft, { force: true });
  const copied = await copyInto(source, draft, most);
  await rename(draft, target);
  return copied;
}

async function copyInto(source: FileHandle, target: string, most: number): Promise<{ bytes: number; more: boolean }> {
  const file = await open(target, "wx", 0o600);
  try {
    const buffer = Buffer.alloc(CHUNK);
    for (let bytes = 0; ;) {
      const { bytesRead } = await source.read(buffer, 0, CHUNK, bytes);
      if (bytesRead === 0) return { bytes, more: false };
      const wanted = Math.min(bytesRead, most - bytes);
      if (wanted > 0) await file.write(buffer, 0, wanted);
      bytes += Math.max(0, wanted);
      if (wanted < bytesRead) return { bytes, more: true };
    }
  } finally {
    await file.close();
  }
}
