import { randomUUID } from "node:crypto";
import { mkdir, open, readdir, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { identifyProcess, isAlive, type ProcessIdentity } from "@imagewright/node-host";

/** A machine or image that exists, or is about to be made, in an engine. */
export interface ResourceRecord {
  readonly kind: "machine" | "image";
  readonly engine: string;
  readonly name: string;
  readonly owner: ProcessIdentity;
  /** ISO 8601. */
  readonly startedAt: string;
}

function isEntry(value: unknown): value is ResourceRecord {
  const { kind, engine, name, owner, startedAt } = (value ?? {}) as Partial<ResourceRecord>;
  return (
    (kind === "machine" || kind === "image") &&
    [engine, name, startedAt, owner?.startTime].every((text) => typeof text === "string") &&
    typeof owner?.pid === "number"
  );
}

/** Records of machines and images, one file each, written before they are started and removed once they are gone. */
export class ResourceRecords {
  constructor(private readonly folder: string) {}

  /** Records something that this process is about to start. Synced to disk when the promise resolves. */
  async add(kind: ResourceRecord["kind"], engine: string, name: string): Promise<void> {
    await mkdir(this.folder, { recursive: true });
    const owner = (await identifyProcess(process.pid)) ?? { pid: process.pid, startTime: "" };
    const entry: ResourceRecord = { kind, engine, name, owner, startedAt: new Date().toISOString() };
    const path = this.#path(kind, name);
    const draft = `${path}.${randomUUID()}`;
    const file = await open(draft, "w");
    try {
      await file.writeFile(JSON.stringify(entry));
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, path);
  }

  /** Removes the record of something that is gone, or that is kept. */
  async remove(kind: ResourceRecord["kind"], name: string): Promise<void> {
    await rm(this.#path(kind, name), { force: true });
  }

  /** The orphans of an engine, machines first, since a machine may use an image. */
  async leftovers(engine: string): Promise<ResourceRecord[]> {
    const names = (await readdir(this.folder).catch(() => [])).filter((name) => name.endsWith(".json"));
    const entries = (await Promise.all(names.map((name) => this.#read(name)))).filter((entry) => entry !== undefined);
    const dead: ResourceRecord[] = [];
    for (const entry of entries) if (entry.engine === engine && !(await isAlive(entry.owner))) dead.push(entry);
    return dead.sort((a, b) => Number(a.kind === "image") - Number(b.kind === "image") || a.startedAt.localeCompare(b.startedAt));
  }

  async #read(name: string): Promise<ResourceRecord | undefined> {
    const text = await readFile(join(this.folder, name), "utf8").catch(() => "");
    try {
      const value: unknown = JSON.parse(text);
      return isEntry(value) ? value : undefined;
    } catch {
      return undefined; // another process has just removed it
    }
  }

  #path(kind: string, name: string): string {
    return join(this.folder, `${kind}-${name.replace(/[^A-Za-z0-9._-]/g, "_")}.json`);
  }
}
