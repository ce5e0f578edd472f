import { rm } from "node:fs/promises";
import { release } from "node:os";
import { join } from "node:path";
import { checkedText, readCheckedFile } from "@imagewright/node-host";
import { bootId } from "../records/process-owner.js";
import { writeSharedFile } from "../records/write-shared-file.js";
import { findCommand } from "../processes/find-command.js";
import { programFacts } from "../processes/program-facts.js";

const FORM = { schema: 1, largest: 64 << 10 };

/** Something about an engine that is found by trying, which takes half a second or more, and is kept in a file of the state folder. */
export class KeptFinding<Found extends object> {
  constructor(
    private readonly options: {
      readonly engine: string;
      readonly fileName: string;
      /** What it depends on besides the engine's program, kernel, user and boot. */
      readonly alsoFor?: () => Promise<string>;
      readonly find: () => Promise<Found | { readonly problem: string }>;
    },
  ) {}

  /** What an earlier process has found for this engine, user and boot; found and kept if there is nothing. Problems are not kept. */
  async get(stateFolder: string): Promise<Found | { readonly problem: string }> {
    const path = join(stateFolder, this.options.fileName);
    const madeFor = await this.#describeHere();
    const kept = readKept<Found>(path);
    if (kept?.madeFor === madeFor) return kept.found;
    const found = await this.options.find();
    if ("problem" in found) return found;
    await writeSharedFile(stateFolder, this.options.fileName, checkedText(FORM.schema, { madeFor, found }));
    return found;
  }

  /** For when it has turned out to be wrong. */
  async forget(stateFolder: string): Promise<void> {
    await rm(join(stateFolder, this.options.fileName), { force: true });
  }

  async #describeHere(): Promise<string> {
    const { engine, alsoFor } = this.options;
    const program = await programFacts(engine, await findCommand(engine));
    const facts = [program, `kernel ${release()}`, `user ${process.getuid?.() ?? ""}`, `boot ${await bootId()}`];
    return [...facts, ...(alsoFor === undefined ? [] : [await alsoFor()])].join(", ");
  }
}

/** Undefined if there is nothing, or nothing to believe: then it is found again. */
function readKept<Found>(path: string): { readonly madeFor: string; readonly found: Found } | undefined {
  const read = readCheckedFile(path, FORM);
  return read !== undefined && "value" in read ? (read.value as { madeFor: string; found: Found }) : undefined;
}
