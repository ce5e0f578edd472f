import { once } from "node:events";
import http, { type IncomingMessage } from "node:http";
import https from "node:https";
import { text as readText } from "node:stream/consumers";
import { describeCause } from "@imagewright/diagnostics";
import type { ServerRecord } from "./server-record.js";

const LONGEST_ANSWER_MILLISECONDS = 10_000;

/** Why a running server cannot answer requests, as it says itself; undefined if it can. */
export async function whyNotReady({ address }: Pick<ServerRecord, "address">): Promise<string | undefined> {
  try {
    const { status, text } = await get(new URL("/readyz", address));
    return status === 200 ? undefined : text.slice(0, 500);
  } catch (thrown) {
    return describeCause(thrown);
  }
}

async function get(url: URL): Promise<{ readonly status: number | undefined; readonly text: string }> {
  const signal = AbortSignal.timeout(LONGEST_ANSWER_MILLISECONDS);
  // nothing secret is sent, and the certificate is for the names by which other computers know the server
  const request = url.protocol === "https:" ? https.get(url, { signal, rejectUnauthorized: false }) : http.get(url, { signal });
  const [response] = (await once(request, "response")) as [IncomingMessage];
  return { status: response.statusCode, text: await readText(response) };
}
