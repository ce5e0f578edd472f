import { once } from "node:events";
import { readFileSync } from "node:fs";
import http, { type IncomingMessage } from "node:http";
import https from "node:https";
import { text as readText } from "node:stream/consumers";
import { signedGet } from "@imagewright/api-server";
import { ibError } from "../errors.js";
import type { ServerRecord } from "../serve/server-record.js";

/** Which events are asked for. */
export interface AskedEvents {
  readonly region: string;
  readonly types: readonly string[];
  readonly image: string | undefined;
  readonly since: Date | undefined;
  readonly follow: boolean;
}

/** How long an answer may take to begin, in milliseconds. */
const LONGEST = 10_000;
/** A stream without events says every 15 seconds that it is there. */
const LONGEST_SILENCE = 60_000;
const LARGEST_FAILURE = 500;

/**
 * Opens a stream of the events of a running server, with the root key of its file. Errors: events-not-answered, for what the server
 * refuses; those of the connection.
 */
export async function openEvents(server: ServerRecord, asked: AskedEvents, lastId: string | undefined, signal: AbortSignal) {
  const url = new URL("/events", server.address);
  const parameters: readonly (readonly [string, string | undefined])[] = [
    ...asked.types.map((type) => ["type", type] as const),
    ["image", asked.image],
    ["since", asked.since?.toISOString()],
    ["follow", asked.follow ? undefined : "false"],
  ];
  for (const [name, value] of parameters) if (value !== undefined) url.searchParams.append(name, value);
  const key = { accessKeyId: server.accessKeyId, secretAccessKey: secretIn(server.credentialsFile), region: asked.region };
  const headers = { ...signedGet(url, key, new Date()), ...(lastId !== undefined && { "last-event-id": lastId }) };
  const options = { headers, signal, agent: false };
  // an address of this computer, which the record in a folder of the user's own has; the certificate is for the names that others know
  const request = url.protocol === "https:" ? https.get(url, { ...options, rejectUnauthorized: false }) : http.get(url, options);
  request.setTimeout(LONGEST_SILENCE, () => request.destroy(new Error("the server says nothing any more")));
  const [response] = (await once(request, "response", { signal: AbortSignal.any([signal, AbortSignal.timeout(LONGEST)]) })) as [
    IncomingMessage,
  ];
  if (response.statusCode === 200) return response;
  const reason = (await readText(response)).slice(0, LARGEST_FAILURE);
  throw ibError("events-not-answered", { endpoint: server.endpoint, status: response.statusCode ?? 0, reason: messageIn(reason) });
}

function secretIn(credentialsFile: string): string {
  return /^aws_secret_access_key = (.*)$/m.exec(readFileSync(credentialsFile, "utf8"))?.[1] ?? "";
}

function messageIn(text: string): string {
  try {
    const { message } = JSON.parse(text) as { readonly message?: unknown };
    return typeof message === "string" ? message : text;
  } catch {
    return text;
  }
}
