import { SourceFile } from "@imagewright/diagnostics";
import { awsError } from "../errors.js";

/** Bytes; far above any real document, since the service allows 64 KB. */
export const LARGEST_DOCUMENT = 10 * 1024 * 1024;

/** Collects the bytes of a document. Throws once there are more than allowed. */
export async function collectDocument(location: string, chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const collected: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.length;
    if (bytes > LARGEST_DOCUMENT) throw awsError("document-too-large", { location, limit: LARGEST_DOCUMENT });
    collected.push(chunk);
  }
  return Buffer.concat(collected);
}

/** Decodes the bytes of a document as UTF-8, without a byte-order mark. Throws if they are not UTF-8. */
export function decodeDocument(location: string, bytes: Uint8Array): SourceFile {
  try {
    return new SourceFile(location, new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    throw awsError("document-not-text", { location });
  }
}
