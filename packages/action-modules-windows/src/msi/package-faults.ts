import type { InputFault } from "@imagewright/action-contract";
import { fileNameFaults, noWildcardFaults, parseLocation, quoteUrl, webAddressFaults } from "@imagewright/action-modules-core";

// two or more letters, since one is the letter of a drive
const SCHEME = /^([a-z][a-z0-9+.-]+):\/\//i;

/** Faults of the location of an MSI file: a path on the machine, an object in S3 or a web address. */
export function packageFaults(path: string): InputFault[] {
  const scheme = SCHEME.exec(path)?.[1]?.toLowerCase();
  if (scheme === undefined) return [...fileNameFaults("path", path, "windows"), ...noWildcardFaults("path", path)];
  if (scheme === "http" || scheme === "https") return webAddressFaults("path", path);
  const key = scheme === "s3" ? (parseLocation(path)?.key ?? "") : undefined;
  if (key === undefined)
    return [
      { path: ["path"], message: `"path" must be a path, s3://BUCKET/KEY, or an http:// or https:// address; found ${quoteUrl(path)}` },
    ];
  return key === "" || key.endsWith("/") || key.includes("*")
    ? [{ path: ["path"], message: `"path" must be s3://BUCKET/KEY of one object; found ${quoteUrl(path)}` }]
    : [];
}
