import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { open, readdir, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { isLivingProcess, processSuffix } from "./process-owner.js";
import { makeFolders } from "@imagewright/node-host";
import type { Leftover, OwnerSet } from "../port/build-host.js";
import { orDiskFull } from "../processes/or-disk-full.js";

/** A machine, image or folder that exists, or is about to be made, in an engine. */
export interface ResourceRecord extends Leftover {
  readonly engine: string;
}

const KINDS: readonly unknown[] = ["machine", "image", "folder"];

function isRecord(value: unknown): value is ResourceRecord {
  const { kind, engine, name, owner, startedAt } = (value ?? {}) as Partial<ResourceRecord>;
  return KINDS.includes(kind) && [engine, name, owner, startedAt].every((text) => typeof text === "string");
}

/** Records of what owners have, one file each, written before the thing is made and removed once it is gone or kept. */
export class ResourceRecords {
  constructor(private readonly folder: string) {}

  /** Records something that is about to be made. Synced to disk when the promise resolves. */
  async add(kind: Leftover["kind"], engine: string, name: string, owner: string): Promise<void> {
    const record: ResourceRecord = { kind, engine, name, owner, startedAt: new Date().toISOString() };
    await orDiskFull(`record the ${kind} that it is about to make`, () => this.#write(this.#path(kind, name), JSON.stringify(record)));
  }

  /** Whether there is a record, and so perhaps the thing. */
  has(kind: Leftover["kind"], name: string): boolean {
    return existsSync(this.#path(kind, name));
  }

  /** Removes the record of something that is gone, or that is kept. */
  async remove(kind: Leftover["kind"], name: string): Promise<void> {
    await rm(this.#path(kind, name), { force: true });
  }

  /** What owners other than these, and than living processes, have in an engine: machines first, since a machine may use an image. */
  async ofOthers(engine: string, owners: OwnerSet): Promise<ResourceRecord[]> {
    const entries = await readdir(this.folder).catch(() => []);
    await this.#removeDrafts(entries.filter((name) => !name.endsWith(".json")));
    const names = entries.filter((name) => name.endsWith(".json"));
    const records = (await Promise.all(names.map((name) => this.#read(name)))).filter((record) => record !== undefined);
    const isLive = await Promise.all(records.map(async ({ owner }) => owners.has(owner) || (await isLivingProcess(owner))));
    return records
      .filter((record, index) => record.engine === engine && isLive[index] === false)
      .sort((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind) || a.startedAt.localeCompare(b.startedAt));
  }

  /** Of processes that were killed before they had written a record, and so before they made anything. */
  async #removeDrafts(names: readonly string[]): Promise<void> {
    for (const name of names)
      if (!(await isLivingProcess(name.slice(name.lastIndexOf(".") + 1)))) await rm(join(this.folder, name), { force: true });
  }

  /** All at once, or nothing. */
  async #write(path: string, text: string): Promise<void> {
    await makeFolders(this.folder, 0o700);
    const draft = `${path}.${randomUUID()}.${await processSuffix()}`;
    const file = await open(draft, "wx", 0o600);
    try {
      await file.writeFile(text);
      await file.sync();
      await rename(draft, path);
    } finally {
      await file.close();
      await rm(draft, { force: true });
    }
  }

  async #read(name: string): Promise<ResourceRecord | undefined> {
    const text = await readFile(join(this.folder, name), "utf8").catch(() => "");
    try {
      const value: unknown = JSON.parse(text);
      return isRecord(value) ? value : undefined;
    } catch {
      return undefined; // another process has just removed it
    }
  }

  #path(kind: string, name: string): string {
    return join(this.folder, `${kind}-${name.replace(/[^A-Za-z0-9._-]/g, "_")}.json`);
  }
}

const ORDER: readonly Leftover["kind"][] = ["machine", "image", "folder"];
