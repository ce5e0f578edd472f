import type { InputFault, Platform } from "@imagewright/action-contract";
import { hasWildcard } from "../files/wildcard.js";
import { endsWithSeparator } from "../files/resolve-path.js";
import { quotePath } from "../files/show-path.js";
import { locationFaults, parseLocation } from "../object-store/location.js";
import { relativePath } from "./relative-path.js";

/** A parsed source: one object, or all objects whose keys begin with a prefix, which is empty or ends with a slash. */
export type S3Source =
  | { readonly kind: "object"; readonly bucket: string; readonly key: string }
  | { readonly kind: "prefix"; readonly bucket: string; readonly prefix: string };

/** Reads a source that `s3SourceFaults` has found nothing wrong with. */
export function parseSource(source: string): S3Source {
  const { bucket = "", key = "" } = parseLocation(source) ?? {};
  return isPrefix(key) ? { kind: "prefix", bucket, prefix: key.slice(0, -1) } : { kind: "object", bucket, key };
}

/** Faults of a source that is neither an object nor a prefix, and of one whose object has no file name for a folder. */
export function s3SourceFaults(source: string, destination: string, platform: Platform): InputFault[] {
  const location = parseLocation(source);
  if (location === undefined) return locationFaults("source", source);
  const { key } = location;
  if (isPrefix(key) ? hasWildcard(key.slice(0, -1)) : hasWildcard(key)) {
    return [{ path: ["source"], message: `"source" may contain a wildcard only at its end, after a slash; found ${quotePath(source)}` }];
  }
  if (isPrefix(key)) return [];
  if (key === "" || key.endsWith("/")) {
    return [
      {
        path: ["source"],
        message: `"source" must name an object; found ${quotePath(source)}`,
        help: "end it with /* to download all objects below it",
      },
    ];
  }
  if (!endsWithSeparator(destination, platform) || relativePath(lastPart(key), platform) !== undefined) return [];
  return [
    {
      path: ["destination"],
      message: `"destination" must be the path of a file, because ${quotePath(source)} contains no name for a file in the folder`,
    },
  ];
}

/** The part of a key after its last slash. */
export function lastPart(key: string): string {
  return key.slice(key.lastIndexOf("/") + 1);
}

function isPrefix(key: string): boolean {
  return key === "*" || key.endsWith("/*");
}
