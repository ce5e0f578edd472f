import { serverError } from "../errors.js";
import { canonicalPath } from "./canonical-request.js";
import type { ReceivedRequest } from "./received-request.js";

/** Where clients reach the server if a proxy is before it. */
export interface PublicAddress {
  /** With the port if it is not that of the protocol, as clients sign it. */
  readonly host: string;
  /** The path that the proxy removes: nothing, or as in `/images`. */
  readonly prefix: string;
}

/** Reads a public URL. Throws `invalid-public-url`. */
export function readPublicUrl(url: string): PublicAddress {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed === undefined || !/^https?:$/.test(parsed.protocol) || `${parsed.search}${parsed.hash}${parsed.username}` !== "")
    throw serverError("invalid-public-url", { url });
  return { host: parsed.host, prefix: parsed.pathname.replace(/\/+$/, "") };
}

/** The host and the canonical path that the client has signed, if it used the public address. */
export function partsAt({ host, prefix }: PublicAddress, { path }: ReceivedRequest): { readonly host: string; readonly path: string } {
  return { host, path: canonicalPath(`${prefix}${path}`) };
}
