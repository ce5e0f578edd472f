import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import { modelError } from "../errors.js";
import type { OperationName } from "../operations/operation-table.js";

/** The list that a page belongs to. A token is valid for the same operation and request only. */
export interface PagedList {
  readonly operation: OperationName;
  /** The input of the operation; its `nextToken` and `maxResults` do not count. */
  readonly input: Readonly<Record<string, unknown>>;
}

/**
 * Makes the `nextToken` of a page, signed with the secret of the server. `position` is where the server continues, such as the sort key of
 * the last entry.
 */
export function createPageToken(list: PagedList, position: string, secret: string | Uint8Array): string {
  const payload = Buffer.from(JSON.stringify([fingerprintOf(list), position])).toString("base64url");
  return `${payload}.${signatureOf(payload, secret).toString("base64url")}`;
}

/**
 * The position that a `nextToken` was made from. Throws `invalid-page-token` for a token that this server did not make, or made for
 * another list.
 */
export function readPageToken(list: PagedList, token: string, secret: string | Uint8Array): string {
  const [payload = "", signature = "", ...rest] = token.split(".");
  const expected = signatureOf(payload, secret);
  const given = Buffer.from(signature, "base64url");
  if (rest.length > 0 || given.length !== expected.length || !timingSafeEqual(given, expected))
    throw modelError("invalid-page-token", { reason: "it was not given by this server" });
  const [fingerprint, position] = JSON.parse(Buffer.from(payload, "base64url").toString("utf8")) as [string, string];
  if (fingerprint !== fingerprintOf(list)) throw modelError("invalid-page-token", { reason: "it was given for another request" });
  return position;
}

function signatureOf(payload: string, secret: string | Uint8Array): Buffer {
  return createHmac("sha256", secret).update(payload).digest().subarray(0, 16);
}

function fingerprintOf({ operation, input }: PagedList): string {
  const asked = Object.entries(input).filter(([member]) => member !== "nextToken" && member !== "maxResults");
  const text = JSON.stringify([operation, sorted(Object.fromEntries(asked))]);
  return createHash("sha256").update(text).digest("base64url").slice(0, 16);
}

/** The same data with the keys of all objects sorted. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, item]) => [key, sorted(item)]));
}
