import { escapeUri } from "./escape-uri.js";
import { headerOf, type QueryParameter, type ReceivedRequest } from "./received-request.js";

/** What of a request was signed, and where the server assumes that it differs from what arrived. */
export interface SignedParts {
  /** The names of the signed headers, in small letters. */
  readonly signedHeaders: readonly string[];
  /** The SHA-256 of the body in hexadecimal. */
  readonly payloadHash: string;
  /** The host that the client used, if it is not the one in the header. */
  readonly host?: string;
  /** The canonical path, if it is not the one of the path that arrived. */
  readonly path?: string;
}

/**
 * The canonical request of Signature Version 4, which client and server make on their own. Header values are in it as bytes of latin1, as
 * Node has them, so it has to be hashed as latin1. Source: AWS, "Create a signed AWS API request".
 */
export function canonicalRequest(request: ReceivedRequest, { signedHeaders, payloadHash, host, path }: SignedParts): string {
  const names = [...signedHeaders].sort();
  const lines = names.map((name) => `${name}:${canonicalValue((name === "host" ? host : undefined) ?? headerOf(request, name) ?? "")}`);
  return [
    request.method,
    path ?? canonicalPath(request.path),
    canonicalQuery(request.query),
    ...lines,
    "",
    names.join(";"),
    payloadHash,
  ].join("\n");
}

/** The path without dot segments and empty ones, with everything that is already escaped escaped once more. */
export function canonicalPath(path: string): string {
  const segments: string[] = [];
  for (const segment of path.split("/")) {
    if (segment === "..") segments.pop();
    else if (segment !== "" && segment !== ".") segments.push(escapeUri(segment));
  }
  return `/${segments.join("/")}${segments.length > 0 && path.endsWith("/") ? "/" : ""}`;
}

function canonicalQuery(query: readonly QueryParameter[]): string {
  return query
    .filter(([name]) => name !== "X-Amz-Signature")
    .map(([name, value]): QueryParameter => [escapeUri(name), escapeUri(value)])
    .sort(([a, x], [b, y]) => compare(a, b) || compare(x, y))
    .map(([name, value]) => `${name}=${value}`)
    .join("&");
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function canonicalValue(text: string): string {
  return text.trim().replace(/\s+/g, " ");
}
