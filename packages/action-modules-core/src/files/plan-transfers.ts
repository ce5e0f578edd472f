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
  /** Inspects the source of a path without wildcard; throws if it is not of the right kind. */
  readonly named: (files: FileSystem, path: FilePath) => Promise<Stats>;
  /** Inspects a match of a wildcard; returns nothing for entries to skip. */
  readonly matched: (files: FileSystem, path: FilePath) => Promise<Stats | undefined>;
}

/** The transfers of one run. */
export interface TransferPlan {
  /** The destination folder. */
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

/**
 * Finds the entries to copy or move and their destinations; changes nothing. Throws if there are none, or if several have the same
 * destination.
 */
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

/** The path, and the name of a copy in another folder; `.` and `..` are replaced by the real folder. */
async function ownName({ verb, thing }: TransferKind, path: string, name: string, { files, platform }: ActionContext["host"]) {
  if (name !== "." && name !== "..") return { source: path, name };
  const source = await attempt(`${verb} ${thing}`, path, () => files.realpath(path));
  return { source, name: splitPath(source, platform).name };
}

/** A text path stays text, which messages show unchanged. */
function within(folder: string, name: FilePath): FilePath {
  const path = joinPath(folder, name);
  return typeof name === "string" ? path.toString() : path;
}
