import type { FileHandle } from "node:fs/promises";
import type { IncomingMessage } from "node:http";
import { writePiece } from "../files/write-piece.js";
import { openResponse, type Connection } from "./open-response.js";
import type { KeptPart, PartialFile, Validator } from "./partial-file.js";
import { connectionFailure, TransferFailure } from "./transfer-failure.js";
import { withPatience } from "./with-patience.js";

/** One attempt at a download. */
export interface DownloadAttempt {
  readonly source: URL;
  /** The file name in messages about writing. */
  readonly destination: string;
  readonly partial: PartialFile;
  readonly connection: Connection;
}

// Accept-Encoding: the file itself, not compressed for the transfer
const HEADERS = { accept: "*/*", "accept-encoding": "identity", "user-agent": "imagewright" };

/** Completes the partial file, continuing an earlier attempt if the server allows. Returns whether it continued. */
export async function downloadOnce(attempt: DownloadAttempt): Promise<"whole" | "resumed"> {
  const { source, partial, connection } = attempt;
  const kept = await partial.kept();
  const range = kept === undefined ? {} : { range: `bytes=${kept.length}-`, "if-range": kept.value };
  const response = await openResponse(source, { ...HEADERS, ...range }, connection);
  try {
    if (response.statusCode === 200) {
      await receive(attempt, response, await partial.start(validatorOf(response)), 0);
      return "whole";
    }
    if (kept === undefined || ![206, 416].includes(response.statusCode ?? 0)) throw statusFailure(response);
    if (continues(response, kept)) {
      await receive(attempt, response, await partial.resume(), kept.length);
      return "resumed";
    }
  } finally {
    response.destroy();
  }
  // the partial file is not a prefix of the server's current content
  await partial.discard();
  return downloadOnce(attempt);
}

/** Whether a response contains the rest of exactly the content whose beginning was kept. */
function continues({ statusCode, headers }: IncomingMessage, { length, total, value }: KeptPart): boolean {
  const [, start, , whole] = /^bytes (\d+)-(\d+)\/(\d+|\*)$/.exec(headers["content-range"] ?? "") ?? [];
  if (statusCode !== 206 || Number(start) !== length) return false;
  if (total !== undefined && whole !== "*" && Number(whole) !== total) return false;
  return headers.etag === undefined || !value.startsWith('"') || headers.etag === value;
}

/**
 * The validator of a content: a strong ETag, or a Last-Modified that is at least a second older than the response, since
 * content may change twice within a second. Source: RFC 9110, 13.1.5 and 8.8.2.2.
 */
function validatorOf({ headers }: IncomingMessage): Validator | undefined {
  const { etag, "last-modified": modified = "", date = "" } = headers;
  if (headers["accept-ranges"] === "none") return undefined;
  const total = headers["content-length"] === undefined ? undefined : Number(headers["content-length"]);
  if (etag?.startsWith('"') === true) return { value: etag, total };
  return Date.parse(date) - Date.parse(modified) >= 1000 ? { value: modified, total } : undefined;
}

function statusFailure({ statusCode = 0, statusMessage = "", headers }: IncomingMessage): TransferFailure {
  const again = statusCode >= 500 || [408, 425, 429].includes(statusCode);
  const seconds = Number(headers["retry-after"]);
  const pause = Number.isFinite(seconds) ? seconds * 1000 : undefined;
  return new TransferFailure(`the server answered ${statusCode}${statusMessage === "" ? "" : ` ${statusMessage}`}`, { again, pause });
}

/**
 * Writes a response's content to a file from a position on, chunk by chunk; the next chunk is read only after the previous one is written.
 */
async function receive(
  { destination, connection }: DownloadAttempt,
  response: IncomingMessage,
  file: FileHandle,
  start: number,
): Promise<void> {
  let position = start;
  try {
    const pieces = response[Symbol.asyncIterator]() as AsyncIterator<Buffer, undefined>;
    for (;;) {
      const piece = pieces.next().catch((thrown: unknown) => Promise.reject(connectionFailure(thrown)));
      const { done, value } = await withPatience(piece, connection.patienceMilliseconds);
      if (done === true) break;
      connection.signal.throwIfAborted();
      await writePiece(file, value, position, { operation: "write file", path: destination });
      position += value.length;
    }
  } finally {
    await file.close();
  }
  const length = Number(response.headers["content-length"] ?? position - start);
  if (position - start !== length) throw new TransferFailure("the connection was cut", { again: true });
}
