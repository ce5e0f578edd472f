import type { Stats } from "node:fs";
import type { ActionContext } from "@imagewright/action-contract";
import { actionError } from "../errors.js";
import { attempt } from "../files/attempt.js";
import { refuseOthers } from "../files/file-facts.js";
import { endsWithSeparator, resolvePath, splitPath, withoutSeparatorAtEnd } from "../files/resolve-path.js";
import { expandWildcard, hasWildcard } from "../files/wildcard.js";
import { locationOf } from "../object-store/location.js";
import { filesBelow } from "./files-below.js";
import { keyPart } from "./key-part.js";
import type { PlannedUpload } from "./planned-upload.js";

export interface S3UploadInput {
  readonly source: string;
  readonly destination: string;
  readonly recurse?: boolean | undefined;
  readonly expectedBucketOwner?: string | undefined;
}

const OPERATION = "upload file";

/** Finds the files and their keys; sends nothing. Throws if there are none. */
export async function planUploads(input: S3UploadInput, context: ActionContext): Promise<PlannedUpload[]> {
  const { files, platform } = context.host;
  const { key } = locationOf(input.destination);
  const path = resolvePath(input.source, context);
  if (hasWildcard(path)) return planMatches(path, asPrefix(key), input, context);
  const facts = await attempt(OPERATION, path, () => files.stat(path));
  if (facts.isDirectory()) return planFolder(path, asPrefix(key), input, context);
  refuseOthers(facts, OPERATION, path);
  // a trailing separator requires a folder
  if (endsWithSeparator(input.source, platform))
    throw actionError("file-operation-failed", { operation: OPERATION, path, reason: "a part of the path is not a folder" });
  const name = splitPath(path, platform).name;
  return [{ path, key: key === "" || key.endsWith("/") ? `${key}${keyPart(name, path)}` : key, size: facts.size }];
}

async function planFolder(path: string, prefix: string, { recurse }: S3UploadInput, context: ActionContext): Promise<PlannedUpload[]> {
  const { files, platform } = context.host;
  if (recurse !== true)
    throw actionError("not-a-file", { operation: OPERATION, path, found: "a folder", hint: "set recurse to true to upload a folder" });
  const folder = withoutSeparatorAtEnd(path, platform);
  const uploads: PlannedUpload[] = [];
  for await (const upload of filesBelow(files, Buffer.from(folder), prefix)) uploads.push(upload);
  if (uploads.length === 0) throw actionError("no-file-below", { path });
  return uploads;
}

async function planMatches(path: string, prefix: string, { recurse }: S3UploadInput, { host }: ActionContext): Promise<PlannedUpload[]> {
  const uploads: PlannedUpload[] = [];
  for (const match of await expandWildcard(host.files, path, host.platform)) {
    const facts: Stats = await attempt(OPERATION, match.path, () => host.files.stat(match.path));
    if (!facts.isFile() && !(facts.isDirectory() && recurse === true)) continue;
    const key = `${prefix}${keyPart(match.name, match.path)}`;
    if (facts.isFile()) uploads.push({ path: match.path, key, size: facts.size });
    else for await (const upload of filesBelow(host.files, match.path, `${key}/`)) uploads.push(upload);
  }
  if (uploads.length === 0) throw actionError("no-file-matches", { path });
  return uploads;
}

function asPrefix(key: string): string {
  return key === "" || key.endsWith("/") ? key : `${key}/`;
}
