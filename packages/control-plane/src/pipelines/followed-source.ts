import { createHash } from "node:crypto";
import { isUrlWithSecrets, withoutSecrets } from "./shown-url.js";

/**
 * Something that a build fetches and that is not in the database: the packages of a Debian suite (`bookworm`), a file at an `http(s)://`
 * address, an object or all objects below a prefix at an `s3://` address, a parameter of Systems Manager by its name or ARN.
 */
export interface FollowedSource {
  readonly kind: "package-sources" | "download" | "object" | "parameter";
  readonly place: string;
}

/**
 * Reads the fingerprint of a source: a text that changes when its content does. Rejects if it cannot be reached, with an error that says
 * why; ends when the signal is aborted.
 */
export type ContentProbe = (source: FollowedSource, signal: AbortSignal) => Promise<string>;

/** What is to be looked at for a pipeline, and what of it cannot be. */
export interface SourcesToProbe {
  readonly sources: readonly FollowedSource[];
  readonly notes: readonly string[];
}

/** The name of a source in the database. Addresses may have secrets in them, so they are not stored. */
export function keyOfSource({ kind, place }: FollowedSource): string {
  return kind === "package-sources" ? `${kind} ${place}` : `${kind} ${createHash("sha256").update(place).digest("base64url").slice(0, 22)}`;
}

/** A source in messages, without secrets. */
export function shownSource({ kind, place }: FollowedSource): string {
  switch (kind) {
    case "package-sources":
      return `the package sources of Debian ${place}`;
    case "parameter":
      return `the parameter ${place}`;
    case "download":
      return isUrlWithSecrets(place) ? withoutSecrets(place) : place;
    case "object":
      return place;
  }
}
