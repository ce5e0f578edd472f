import type { Stats } from "node:fs";
import type { ActionContext, FileSystem } from "@imagewright/action-contract";
import { createError } from "../errors.js";
import { attempt } from "../files/attempt.js";
import { factsOfFile } from "../files/file-facts.js";
import { endsWithSeparator, parentFolder, resolvePath, splitPath } from "../files/resolve-path.js";
import type { FilePath } from "../files/show-path.js";
import { expandWildcard, hasWildcard } from "../files/wildcard.js";

export interface CopyFileInput {
  readonly source: string;
  readonly destination: string;
  readonly overwrite?: boolean | undefined;
}

/** What one run copies. */
export interface CopyPlan {
  /** The folder that the copies go to. */
  readonly folder: string;
  readonly copies: readonly Copy[];
}

export interface Copy {
  readonly source: FilePath;
  readonly facts: Stats;
  readonly destination: FilePath;
}

const OPERATION = "copy file";

/** Finds the files to copy and where each goes; nothing is changed yet. Throws where there is none, or several go to one file. */
export async function planCopies(input: CopyFileInput, context: ActionContext): Promise<CopyPlan> {
  const { platform } = context.host;
  const destination = resolvePath(input.destination, context);
  const intoFolder = endsWithSeparator(input.destination, platform);
  const sources = await findSources(resolvePath(input.source, context), context);
  if (sources.length > 1 && !intoFolder) {
    throw createError("destination-not-a-folder", { source: input.source, destination: input.destination, matches: sources.length });
  }
  const copies = sources.map(({ path, name, facts }) => ({ source: path, facts, destination: intoFolder ? within(destination, name) : destination }));
  return { folder: intoFolder ? destination : parentFolder(destination, platform), copies };
}

interface Source {
  readonly path: FilePath;
  readonly name: FilePath;
  readonly facts: Stats;
}

async function findSources(path: string, { host }: ActionContext): Promise<Source[]> {
  const { files, platform } = host;
  if (!hasWildcard(path)) return [{ path, name: splitPath(path, platform).name, facts: await factsOfFile(files, OPERATION, path) }];
  const sources = await regularFiles(await expandWildcard(files, path, platform), files);
  if (sources.length === 0) throw createError("no-file-matches", { path });
  return sources;
}

/** Folders, pipes and devices among the matches are passed over; a link that leads nowhere is an error, since a file is missing. */
async function regularFiles(found: readonly Omit<Source, "facts">[], files: FileSystem): Promise<Source[]> {
  const sources: Source[] = [];
  for (const entry of found) {
    const facts = await attempt(OPERATION, entry.path, () => files.stat(entry.path));
    if (facts.isFile()) sources.push({ ...entry, facts });
  }
  return sources;
}

function within(folder: string, name: FilePath): FilePath {
  const separated = /[\\/]$/.test(folder) ? folder : `${folder}/`;
  return typeof name === "string" ? `${separated}${name}` : Buffer.concat([Buffer.from(separated), name]);
}
