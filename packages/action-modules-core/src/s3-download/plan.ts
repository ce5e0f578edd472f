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

/** What one run downloads. */
export interface DownloadPlan {
  /** Folders that are there even if no object goes into them. */
  readonly folders: readonly string[];
  readonly objects: readonly PlannedObject[];
}

export interface PlannedObject {
  readonly key: string;
  readonly path: string;
  /** Bytes, where a listing told. */
  readonly size: number | undefined;
}

/** Finds the objects and where each goes; nothing is written yet. Throws where there is none, or a key has no place below the destination. */
export async function planDownloads(client: S3Client, input: S3DownloadInput, context: ActionContext): Promise<DownloadPlan> {
  const source = parseSource(input.source);
  const destination = resolvePath(input.destination, context);
  const intoFolder = endsWithSeparator(input.destination, context.host.platform);
  if (source.kind === "prefix") return planPrefix(client, source, input, destination, context);
  const path = intoFolder ? within(destination, lastPart(source.key)) : destination;
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
  let found = 0;
  for await (const { key, size } of listObjects(client, { bucket, prefix, bucketOwner: input.expectedBucketOwner }, context.signal)) {
    found++;
    if (key === prefix) continue;
    const path = placeOf(key, source, folder, context);
    // what consoles leave to show an empty folder
    if (key.endsWith("/")) folders.push(path);
    else objects.set(path, { key: refuseSame(objects.get(path)?.key, key, bucket, path), path, size });
  }
  if (found === 0) throw failed(bucket, `${prefix}*`, `bucket ${quote(bucket)} has no object whose key begins with ${quotePath(prefix)}`);
  return { folders, objects: [...objects.values()] };
}

function placeOf(key: string, { bucket, prefix }: S3Source & { kind: "prefix" }, folder: string, { host }: ActionContext): string {
  const relative = relativePath(key.slice(prefix.length), host.platform);
  if (relative === undefined) throw failed(bucket, key, "no file below the destination can have the name that its key asks for");
  return within(folder, relative);
}

function refuseSame(other: string | undefined, key: string, bucket: string, path: string): string {
  if (other === undefined) return key;
  throw failed(bucket, key, `${quotePath(showLocation({ bucket, key: other }))} has the same place at ${quotePath(path)}`);
}

function failed(bucket: string, key: string, reason: string) {
  return actionError("object-operation-failed", { operation: "download", location: showLocation({ bucket, key }), reason });
}

function within(folder: string, name: string): string {
  return /[\\/]$/.test(folder) ? `${folder}${name}` : `${folder}/${name}`;
}
