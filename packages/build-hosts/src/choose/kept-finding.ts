import { readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { release } from "node:os";
import { join } from "node:path";
import { makeFolders } from "@imagewright/node-host";
import { bootId, isLivingProcess, processSuffix } from "../records/process-owner.js";
import { findCommand } from "../processes/find-command.js";
import { programFacts } from "../processes/program-facts.js";

/** Something about an engine that is found by trying, which takes half a second or more, and is kept in a file of the state folder. */
export class KeptFinding<Found extends object> {
  constructor(
    private readonly options: {
      readonly engine: string;
      readonly fileName: string;
      /** What it depends on besides the engine's program, kernel, user and boot. */
      readonly alsoFor?: () => Promise<string>;
      readonly find: () => Promise<Found | { readonly problem: string }>;
      /** Members without which a file is of an older version of this program. */
      readonly members: readonly (keyof Found & string)[];
    },
  ) {}

  /** What an earlier process has found for this engine, user and boot; found and kept if there is nothing. Problems are not kept. */
  async get(stateFolder: string): Promise<Found | { readonly problem: string }> {
    const path = join(stateFolder, this.options.fileName);
    const madeFor = await this.#describeHere();
    const kept = this.#parse(await readFile(path, "utf8").catch(() => "{}"));
    if (kept?.madeFor === madeFor) return kept.found;
    const found = await this.options.find();
    if ("problem" in found) return found;
    await makeFolders(stateFolder, 0o700);
    await this.#removeDrafts(stateFolder);
    const draft = `${path}.${await processSuffix()}`;
    await writeFile(draft, JSON.stringify({ madeFor, found }), { mode: 0o600 });
    await rename(draft, path);
    return found;
  }

  /** For when it has turned out to be wrong. */
  async forget(stateFolder: string): Promise<void> {
    await rm(join(stateFolder, this.options.fileName), { force: true });
  }

  /** Of processes that were killed while they wrote. */
  async #removeDrafts(stateFolder: string): Promise<void> {
    const prefix = `${this.options.fileName}.`;
    for (const name of await readdir(stateFolder))
      if (name.startsWith(prefix) && !(await isLivingProcess(name.slice(prefix.length))))
        await rm(join(stateFolder, name), { force: true });
  }

  async #describeHere(): Promise<string> {
    const { engine, alsoFor } = this.options;
    const program = await programFacts(engine, await findCommand(engine));
    const facts = [program, `kernel ${release()}`, `user ${process.getuid?.() ?? ""}`, `boot ${await bootId()}`];
    return [...facts, ...(alsoFor === undefined ? [] : [await alsoFor()])].join(", ");
  }

  #parse(text: string): { readonly madeFor: string; readonly found: Found } | undefined {
    try {
      const { madeFor, found } = JSON.parse(text) as { madeFor?: string; found?: Found };
      // written by this program only: the one fault to expect is an older form
      if (madeFor === undefined || found === undefined || this.options.members.some((name) => found[name] === undefined)) return undefined;
      return { madeFor, found };
    } catch {
      return undefined;
    }
  }
}
