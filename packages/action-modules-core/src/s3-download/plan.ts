import type { S3Client } from "@aws-sdk/client-s3";
import type { ActionContext } from "@imagewright/action-contract";
import { quote } from "@imagewright/diagnostics";
import { actionError } from "../errors.js";
import { endsWithSeparator, resolvePath } from "../files/resolve-path.js";
import { quotePath } from "../files/show-path.js";
import { showLocation } from "../object-store/location.js";
import { listObjects } from "./list-objects.js";
import { relativePath } from "./relative-path.js";
import { lastPart, parseSource, type S3Source } from "./source.js";

export interface S3DownloadInput {
  readonly source: string;
  readonly destination: string;
  readonly expectedBucketOwner?: string | undefined;
  readonly overwrite?: boolean | undefined;
}

/** The downloads of one run. */
export interface DownloadPlan {
  /** Folders to create even if no object is in them. */
  readonly folders: readonly string[];
  readonly objects: readonly PlannedObject[];
}

export interface PlannedObject {
  readonly key: string;
  readonly path: string;
  /** In bytes, if known from a listing. */
  readonly size: number | undefined;
}

/**
 * Finds the objects and their destinations; writes nothing. Throws if there are none, or if a key has no valid path below the destination.
 */
export async function planDownloads(client: S3Client, input: S3DownloadInput, context: ActionContext): Promise<DownloadPlan> {
  const source = parseSource(input.source);
  const destination = resolvePath(input.destination, context);
  const intoFolder = endsWithSeparator(input.destination, context.host.platform);
  if (source.kind === "prefix") return planPrefix(client, source, input, destination, context);
  const path = intoFolder ? within(destination, lastPart(source.key), context) : destination;
  return { folders: [], objects: [{ key: source.key, path, size: undefined }] };
}

async function planPrefix(
  client: S3Client,
  source: S3Source & { kind: "prefix" },
  input: S3DownloadInput,
  folder: string,
  context: ActionContext,
): Promise<DownloadPlan> {
  const { bucket, prefix } = source;
  const folders = [folder];
  const objects = new Map<string, PlannedObject>();
  // on Windows names that differ in their case are the same
  const nameOf = (path: string) => (context.host.platform === "windows" ? path.toLowerCase() : path);
  let found = 0;
  for await (const { key, size } of listObjects(client, { bucket, prefix, bucketOwner: input.expectedBucketOwner }, context.signal)) {
    found++;
    if (key === prefix) continue;
    const path = placeOf(key, source, folder, context);
    // created by consoles for an empty folder
    if (key.endsWith("/")) folders.push(path);
    else objects.set(nameOf(path), { key: refuseSame(objects.get(nameOf(path))?.key, key, bucket, path), path, size });
  }
  if (found === 0) throw failed(bucket, `${prefix}*`, `bucket ${quote(bucket)} has no object whose key begins with ${quotePath(prefix)}`);
  return { folders, objects: [...objects.values()] };
}

function placeOf(key: string, { bucket, prefix }: S3Source & { kind: "prefix" }, folder: string, context: ActionContext): string {
  const relative = relativePath(key.slice(prefix.length), context.host.platform);
  if (relative === undefined) throw failed(bucket, key, "its key is not a valid path below the destination");
  return within(folder, relative, context);
}

function refuseSame(other: string | undefined, key: string, bucket: string, path: string): string {
  if (other === undefined) return key;
  throw failed(bucket, key, `${quotePath(showLocation({ bucket, key: other }))} has the same destination ${quotePath(path)}`);
}

function failed(bucket: string, key: string, reason: string) {
  return actionError("object-operation-failed", { operation: "download", location: showLocation({ bucket, key }), reason });
}

function within(folder: string, name: string, context: ActionContext): string {
  const { platform } = context.host;
  return resolvePath(endsWithSeparator(folder, platform) ? `${folder}${name}` : `${folder}/${name}`, context);
}
