import { quoteInFull } from "@imagewright/diagnostics";
import { basename, resolve } from "node:path";
import type { S3Client } from "@aws-sdk/client-s3";
import type { ImagewrightError } from "@imagewright/diagnostics";
import type { AwsSettings } from "../clients/aws-settings.js";
import { awsError } from "../errors.js";
import { serviceFailure } from "../clients/service-failure.js";
import { withLogFiles, type ListedLogFile } from "./log-files.js";
import { openUploadClient, uploadLogFile } from "./upload-file.js";

export interface LogUpload {
  readonly folder: string;
  readonly bucket: string;
  /** The prefix of the keys; slashes at its ends are ignored. */
  readonly prefix?: string | undefined;
  /** The account that must own the bucket. */
  readonly bucketOwner?: string | undefined;
  readonly aws?: AwsSettings | undefined;
  readonly onProgress?: ((progress: UploadProgress) => void) | undefined;
}

export interface UploadProgress {
  readonly file: string;
  /** In bytes. */
  readonly sent: number;
  readonly size: number;
}

export interface UploadedLogs {
  /** The location of the files: `s3://bucket/prefix/folder/`. */
  readonly url: string;
  readonly files: number;
  readonly bytes: number;
}

interface Failure {
  readonly file: string;
  readonly key: string;
  readonly error: ImagewrightError;
}

// every other file would fail in the same way
const PERMANENT = new Set(["aws/no-credentials", "aws/credentials-refused", "aws/no-region", "aws/no-such-bucket"]);

/**
 * Uploads every file below a log folder to `s3://bucket/prefix/<name of the folder>/<file>`, one after the other, each as a stream. After a
 * failure the other files are still uploaded. Rejects at the end with an ImagewrightError that names bucket and key of the first failure,
 * with all failures in its data.
 */
export async function uploadLogFolder(upload: LogUpload): Promise<UploadedLogs> {
  return withLogFiles(upload.folder, async (files) => {
    const prefix = keyPrefix(upload);
    const failures = await uploadAll(files, prefix, upload);
    const first = failures[0]?.error;
    if (first !== undefined) throw failed(failures, files.length, first);
    return { url: `s3://${upload.bucket}/${prefix}`, files: files.length, bytes: files.reduce((sum, file) => sum + file.size, 0) };
  });
}

function keyPrefix({ folder, prefix = "" }: LogUpload): string {
  const trimmed = prefix.replace(/^\/+|\/+$/g, "");
  return `${trimmed === "" ? "" : `${trimmed}/`}${basename(resolve(folder))}/`;
}

async function uploadAll(files: readonly ListedLogFile[], prefix: string, upload: LogUpload): Promise<Failure[]> {
  if (files.length === 0) return [];
  const client = openUploadClient(upload.aws);
  const failures: Failure[] = [];
  let permanent: ImagewrightError | undefined;
  for (const file of files) {
    const key = `${prefix}${file.name}`;
    const error: ImagewrightError | undefined = permanent ?? (await attempt(client, file, key, upload));
    if (error === undefined) continue;
    failures.push({ file: file.name, key, error });
    if (PERMANENT.has(error.code)) permanent = error;
  }
  await client.then((opened) => opened.destroy()).catch(() => undefined);
  return failures;
}

async function attempt(
  client: Promise<S3Client>,
  file: ListedLogFile,
  key: string,
  upload: LogUpload,
): Promise<ImagewrightError | undefined> {
  const { bucket, bucketOwner, onProgress } = upload;
  try {
    await uploadLogFile(await client, file, { bucket, key, bucketOwner }, (sent) =>
      onProgress?.({ file: file.name, sent, size: file.size }),
    );
    return undefined;
  } catch (thrown) {
    return serviceFailure(thrown, { doing: `uploading ${quoteInFull(`s3://${bucket}/${key}`)}`, bucket, bucketOwner });
  }
}

function failed(failures: readonly Failure[], files: number, first: ImagewrightError): ImagewrightError {
  const facts = failures.map(({ file, key, error }) => ({ file, key, code: error.code, message: error.message }));
  return awsError("logs-not-uploaded", { failures: facts, files, first: { message: first.message, hints: first.hints } }, { cause: first });
}
