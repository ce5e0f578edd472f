import type { Stats } from "node:fs";
import type { ActionContext, FileSystem } from "@imagewright/action-contract";
import { actionError } from "../errors.js";
import { attempt } from "./attempt.js";
import { joinPath } from "./path-bytes.js";
import { endsWithSeparator, parentFolder, resolvePath, splitPath, withoutSeparatorAtEnd } from "./resolve-path.js";
import type { FilePath } from "./show-path.js";
import { expandWildcard, hasWildcard, type FoundEntry } from "./wildcard.js";

/** The inputs of the actions that copy and move. */
export interface TransferInput {
  readonly source: string;
  readonly destination: string;
  readonly overwrite?: boolean | undefined;
}

/** What an action copies or moves. */
export interface TransferKind {
  readonly verb: "copy" | "move";
  readonly thing: "file" | "folder";
  /** Looks at the one source that a path without wildcard names; throws where it is not of this kind. */
  readonly named: (files: FileSystem, path: FilePath) => Promise<Stats>;
  /** Looks at something that a wildcard matches; gives nothing for what is passed over. */
  readonly matched: (files: FileSystem, path: FilePath) => Promise<Stats | undefined>;
}

/** What one run copies or moves. */
export interface TransferPlan {
  /** The folder that it goes to. */
  readonly folder: string;
  readonly transfers: readonly Transfer[];
}

export interface Transfer {
  readonly source: FilePath;
  readonly facts: Stats;
  readonly destination: FilePath;
}

interface Source extends Omit<Transfer, "destination"> {
  readonly name: FilePath;
}

/** Finds what there is to copy or move and where each goes; nothing is changed yet. Throws where there is none, or several go to one place. */
export async function planTransfers(kind: TransferKind, input: TransferInput, context: ActionContext): Promise<TransferPlan> {
  const { platform } = context.host;
  const intoFolder = endsWithSeparator(input.destination, platform);
  const destination = resolvePath(input.destination, context);
  const sources = await findSources(kind, withoutSeparatorAtEnd(resolvePath(input.source, context), platform), context);
  if (sources.length > 1 && !intoFolder) {
    const { verb, thing } = kind;
    throw actionError("destination-not-a-folder", {
      verb,
      things: `${thing}s`,
      source: input.source,
      destination: input.destination,
      matches: sources.length,
    });
  }
  const transfers = sources.map(({ source, facts, name }) => ({
    source,
    facts,
    destination: intoFolder ? within(destination, name) : destination,
  }));
  return { folder: intoFolder ? destination : parentFolder(destination, platform), transfers };
}

async function findSources(kind: TransferKind, path: string, { host }: ActionContext): Promise<Source[]> {
  const { files, platform } = host;
  const { name } = splitPath(path, platform);
  if (!hasWildcard(name)) return [{ facts: await kind.named(files, path), ...(await ownName(kind, path, name, host)) }];
  const sources: Source[] = [];
  for (const entry of await expandWildcard(files, path, platform)) sources.push(...(await matchedSource(kind, entry, files)));
  if (sources.length === 0) throw actionError(kind.thing === "file" ? "no-file-matches" : "no-folder-matches", { path });
  return sources;
}

async function matchedSource({ matched }: TransferKind, { path, name }: FoundEntry, files: FileSystem): Promise<Source[]> {
  const facts = await matched(files, path);
  return facts === undefined ? [] : [{ source: path, facts, name }];
}

/** The path, and the name that a copy in another folder has: of `.` and `..`, those of the folder that they stand for. */
async function ownName({ verb, thing }: TransferKind, path: string, name: string, { files, platform }: ActionContext["host"]) {
  if (name !== "." && name !== "..") return { source: path, name };
  const source = await attempt(`${verb} ${thing}`, path, () => files.realpath(path));
  return { source, name: splitPath(source, platform).name };
}

/** A path of text stays text, which messages show as it is. */
function within(folder: string, name: FilePath): FilePath {
  const path = joinPath(folder, name);
  return typeof name === "string" ? path.toString() : path;
}
