import { createHash } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { ActionContext } from "@imagewright/action-contract";
import { requiresPublicAddresses } from "../network/public-addresses.js";
import { trustedCertificates } from "../network/trusted-certificates.js";
import { openResponse, type Connection } from "./open-response.js";
import { TransferFailure } from "./transfer-failure.js";

const PATIENCE_MILLISECONDS = 10_000;
const MOST_BYTES = 64 * 1024 * 1024;

/**
 * A text that changes when the file at an address does, reached as WebDownload reaches it: what the server says of it by HEAD, or, if it
 * says nothing, a digest of its content, at most 64 MiB. Rejects with a `TransferFailure`.
 */
export async function webFingerprint(address: string, { environment, host, signal }: FingerprintContext): Promise<string> {
  const connection: Connection = {
    ...{ environment, signal, log: () => undefined, ignoreCertificateErrors: false, patienceMilliseconds: PATIENCE_MILLISECONDS },
    certificates: await trustedCertificates({ environment, host }),
    publicOnly: requiresPublicAddresses(environment),
  };
  const url = new URL(address);
  const head = await openResponse(url, {}, { ...connection, method: "HEAD" });
  head.destroy();
  return (isFound(head) ? saidOf(head) : undefined) ?? digestOf(await openResponse(url, {}, connection));
}

export type FingerprintContext = Pick<ActionContext, "environment" | "host" | "signal">;

function isFound({ statusCode = 0 }: IncomingMessage): boolean {
  return statusCode >= 200 && statusCode < 300;
}

function saidOf({ headers }: IncomingMessage): string | undefined {
  const { etag, "last-modified": date, "content-length": length = "" } = headers;
  // a weak ETag is that of the same content in another form
  if (etag !== undefined && etag !== "") return `etag ${etag.replace(/^W\//, "")}`;
  return date === undefined ? undefined : `date ${date} ${length}`;
}

async function digestOf(response: IncomingMessage): Promise<string> {
  try {
    if (!isFound(response)) throw new TransferFailure(`the server answers ${response.statusCode ?? 0}`, { again: true });
    const hash = createHash("sha256");
    let bytes = 0;
    for await (const chunk of response as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > MOST_BYTES)
        throw new TransferFailure(`it has more than ${MOST_BYTES} bytes, and the server says no ETag`, { again: false });
      hash.update(chunk);
    }
    return `sha256 ${hash.digest("hex")} ${bytes}`;
  } finally {
    response.destroy();
  }
}
