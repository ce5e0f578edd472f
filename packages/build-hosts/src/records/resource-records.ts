import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { open, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { checkedText, makeFolders, readCheckedFile } from "@imagewright/node-host";
import { buildHostError } from "../errors.js";
import { isLivingProcess, processSuffix } from "./process-owner.js";
import type { Leftover, OwnerSet } from "../port/build-host.js";
import { orDiskFull } from "../processes/or-disk-full.js";

/** A machine, image or folder that exists, or is about to be made, in an engine. */
export interface ResourceRecord extends Leftover {
  readonly engine: string;
}

const FORM = { schema: 1, largest: 64 << 10 };
/** The name of a record's file: what it is of, and what has become of the thing's name. */
const FILE = /^(machine|image|folder)-(.+)\.json$/;

/** What others have, and why records say nothing: what they are of must not be forgotten. */
export interface ForeignRecords {
  readonly records: readonly ResourceRecord[];
  readonly faults: readonly Error[];
}

/**
 * Records of what owners have, one file each with a checksum, written before the thing is made and removed once it is gone or kept.
 */
export class ResourceRecords {
  constructor(private readonly folder: string) {}

  /** Records something that is about to be made. Synced to disk when the promise resolves. */
  async add(kind: Leftover["kind"], engine: string, name: string, owner: string): Promise<void> {
    const record: ResourceRecord = { kind, engine, name, owner, startedAt: new Date().toISOString() };
    await orDiskFull(`record the ${kind} that it is about to make`, () =>
      this.#write(this.#path(kind, name), checkedText(FORM.schema, record)),
    );
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
  async ofOthers(engine: string, owners: OwnerSet): Promise<ForeignRecords> {
    const entries = await readdir(this.folder).catch(() => []);
    await this.#removeDrafts(entries.filter((name) => !name.endsWith(".json")));
    const read = entries.filter((name) => FILE.test(name)).map((name) => this.#read(name));
    const records = read.filter((one): one is ResourceRecord => one !== undefined && !(one instanceof Error));
    const isLive = await Promise.all(records.map(async ({ owner }) => owners.has(owner) || (await isLivingProcess(owner))));
    return {
      records: records
        .filter((record, index) => record.engine === engine && isLive[index] === false)
        .sort((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind) || a.startedAt.localeCompare(b.startedAt)),
      faults: read.filter((one) => one instanceof Error),
    };
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

  /** Undefined if another process has just removed it. */
  #read(file: string): ResourceRecord | Error | undefined {
    const path = join(this.folder, file);
    const read = readCheckedFile(path, FORM);
    if (read === undefined) return undefined;
    if ("value" in read) return read.value as ResourceRecord;
    const [, kind = "", name = ""] = FILE.exec(file) ?? [];
    return buildHostError("record-not-readable", { path, kind, name, cause: read.reason });
  }

  #path(kind: string, name: string): string {
    return join(this.folder, `${kind}-${name.replace(/[^A-Za-z0-9._-]/g, "_")}.json`);
  }
}

const ORDER: readonly Leftover["kind"][] = ["machine", "image", "folder"];
