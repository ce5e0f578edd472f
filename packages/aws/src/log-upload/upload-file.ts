import { constants, createReadStream, openSync } from "node:fs";
import type { S3Client } from "@aws-sdk/client-s3";
import type { AwsSettings } from "../clients/aws-settings.js";
import { openS3Client } from "../clients/open-client.js";
import type { ListedLogFile } from "./log-files.js";

export interface UploadTarget {
  readonly bucket: string;
  readonly key: string;
  readonly bucketOwner?: string | undefined;
}

// how many parts of 5 MiB are in memory at once; the SDK makes them larger if a file would need more than 10,000
const PARTS_AT_ONCE = 2;

/**
 * Opens a client for uploads. After a failure the SDK deletes the parts that it has sent; if that fails too, it would report only the
 * second failure and hide the first, so the second is ignored.
 */
export async function openUploadClient(aws?: AwsSettings): Promise<S3Client> {
  const client = await openS3Client(aws);
  client.middlewareStack.add(
    (next, { commandName }) =>
      async (request) => {
        const answer = next(request);
        if (commandName !== "AbortMultipartUploadCommand") return answer;
        return answer.catch(() => ({ response: undefined, output: { $metadata: {} } }));
      },
    { step: "initialize", name: "abortQuietly" },
  );
  return client;
}

/** Streams one file to S3, in parts if it is large. `onSent` is called with the number of bytes sent. Rejects with the SDK's error. */
export async function uploadLogFile(
  client: S3Client,
  file: ListedLogFile,
  target: UploadTarget,
  onSent: (bytes: number) => void,
): Promise<void> {
  const { Upload } = await import("@aws-sdk/lib-storage");
  const body = contentOf(file);
  const params = {
    Bucket: target.bucket,
    Key: target.key,
    ExpectedBucketOwner: target.bucketOwner,
    Body: body,
    ContentType: contentType(file.name),
  };
  const upload = new Upload({ client, queueSize: PARTS_AT_ONCE, params });
  upload.on("httpUploadProgress", ({ loaded }) => onSent(loaded ?? 0));
  try {
    await upload.done();
  } finally {
    if (typeof body !== "string") body.destroy();
  }
}

// of a log that still grows, the bytes that it had when it was listed are sent, so that the parts fit together
function contentOf(file: ListedLogFile) {
  if (file.size === 0) return "";
  return createReadStream(file.shown, { fd: openFile(file), start: 0, end: file.size - 1 });
}

/** A link or a pipe that has taken its place since is neither followed nor waited for. */
function openFile({ path, shown }: ListedLogFile): number {
  try {
    return openSync(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
  } catch (thrown) {
    throw new Error((thrown as Error).message.replace(path, shown), { cause: thrown });
  }
}

function contentType(name: string): string {
  return name.endsWith(".json") ? "application/json" : "text/plain; charset=utf-8";
}
