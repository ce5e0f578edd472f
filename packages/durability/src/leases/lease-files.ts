import { readdirSync } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { checkedText, readCheckedText, readOwnFile } from "@imagewright/node-host";
import { publishFolder, writeSynced } from "../publish-folder.js";
import type { LeaseRecord } from "./lease-record.js";

const FILE = "lease.json";
/** The version of the file's form. */
const SCHEMA = 1;
const LARGEST_BYTES = 64 << 10;
const GENERATION = /^\d+$/;

/**
 * The leases of one execution: a folder for each generation, of which the last one counts. A generation appears at once with its lease in
 * it, so of several processes one gets the next.
 */
export class LeaseFiles {
  readonly folder: string;

  constructor(leasesFolder: string, execution: string) {
    this.folder = join(leasesFolder, encodeURIComponent(execution).replace(/^\./, "%2E"));
  }

  /** The generation that counts; 0 if there is none. Asked before each record: a folder of one entry is read at once, without a thread. */
  lastGeneration(): number {
    return Math.max(0, ...this.#generations());
  }

  /**
   * The lease that counts; a number alone if it cannot be read, as after damage to the disk, or if others could have written it. A process
   * that works under such a lease renews it, or finds out before its next step that it has lost it.
   */
  async last(): Promise<{ readonly generation: number; readonly lease: LeaseRecord | undefined }> {
    const generation = this.lastGeneration();
    try {
      const text = readOwnFile(join(this.folder, String(generation), FILE), LARGEST_BYTES);
      const read = text && readCheckedText(text, SCHEMA);
      return { generation, lease: read && "value" in read ? (read.value as LeaseRecord) : undefined };
    } catch {
      return { generation, lease: undefined };
    }
  }

  /** Adds the next generation; false if another process has done that. */
  async add(lease: LeaseRecord): Promise<boolean> {
    const target = join(this.folder, String(lease.generation));
    if (!(await publishFolder(target, FILE, checkedText(SCHEMA, lease)))) return false;
    // a process that was slow may have taken a generation which was there and has been removed; the last one is never removed
    if (this.lastGeneration() === lease.generation) return true;
    await rm(target, { recursive: true, force: true });
    return false;
  }

  async replace(lease: LeaseRecord): Promise<void> {
    const path = join(this.folder, String(lease.generation), FILE);
    await writeSynced(`${path}.draft`, checkedText(SCHEMA, lease));
    await rename(`${path}.draft`, path);
  }

  async removeBefore(generation: number): Promise<void> {
    for (const old of this.#generations()) if (old < generation) await rm(join(this.folder, String(old)), { recursive: true, force: true });
  }

  #generations(): number[] {
    return namesIn(this.folder)
      .filter((name) => GENERATION.test(name))
      .map(Number);
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw thrown;
  }
}
