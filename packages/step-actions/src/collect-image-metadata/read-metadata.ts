import { escapeControls } from "@imagewright/diagnostics";
import type { ImageMetadata, InstalledPackage } from "./image-metadata.js";

/** How much of the script's output is read, in bytes: more than 50 000 packages. */
export const LARGEST_METADATA = 4 * 1024 * 1024;

/** Reads what the script has printed, which comes from a stranger: what is not in its form is left out. */
export function readMetadata(printed: string): ImageMetadata {
  const parts = new Map(
    printed
      .split(/^== /m)
      .slice(1)
      .map((part) => [part.slice(0, part.indexOf("\n")), part.slice(part.indexOf("\n") + 1).split("\n")] as const),
  );
  const packages = [...dpkg(parts.get("dpkg") ?? []), ...rpm(parts.get("rpm") ?? []), ...apk(parts.get("apk") ?? [])];
  return {
    osVersion: escapeControls(osVersion(parts.get("os-release") ?? [])),
    packages: packages.map(clean).sort(byName),
    isCut: Buffer.byteLength(printed) >= LARGEST_METADATA,
  };
}

function osVersion(lines: readonly string[]): string {
  const values = new Map(lines.flatMap((line) => assignment(line)));
  const name = values.get("NAME");
  const version = values.get("VERSION_ID");
  if (name === undefined) return values.get("PRETTY_NAME") ?? "Linux";
  return version === undefined ? name : `${name} ${version}`;
}

/** `NAME="Debian GNU/Linux"` */
function assignment(line: string): (readonly [string, string])[] {
  const [, name, double, single, plain] = /^([A-Z_]+)=(?:"(.*)"|'(.*)'|(\S*))\s*$/.exec(line) ?? [];
  const value = double?.replace(/\\(["$`\\])/g, "$1") ?? single ?? plain;
  return name === undefined || value === undefined || value === "" ? [] : [[name, value]];
}

/** Removed packages whose configuration is left are not installed. */
function dpkg(lines: readonly string[]): InstalledPackage[] {
  return lines.flatMap((line) => {
    const [status = "", name, version, architecture] = line.split("\t");
    // a name has the architecture behind a colon if several are installed
    return status[1] === "i" ? packageOf(name?.split(":")[0], version, architecture) : [];
  });
}

function rpm(lines: readonly string[]): InstalledPackage[] {
  return lines.flatMap((line) => {
    const [name, epoch, version, architecture] = line.split("\t");
    // the keys with which packages are signed are on the list
    if (name === "gpg-pubkey") return [];
    return packageOf(name, epoch === "0" ? version : `${epoch}:${version}`, architecture);
  });
}

/** Lines `P:`, `V:` and `A:` in this order for each package. */
function apk(lines: readonly string[]): InstalledPackage[] {
  let [name, version]: (string | undefined)[] = [];
  return lines.flatMap((line) => {
    const value = line.slice(2);
    if (line.startsWith("P:")) [name, version] = [value, undefined];
    else if (line.startsWith("V:")) version = value;
    else if (line.startsWith("A:")) return packageOf(name, version, value);
    return [];
  });
}

function packageOf(name: string | undefined, version: string | undefined, architecture: string | undefined): InstalledPackage[] {
  return name && version && architecture ? [{ name, version, architecture }] : [];
}

function clean({ name, version, architecture }: InstalledPackage): InstalledPackage {
  return { name: escapeControls(name), version: escapeControls(version), architecture: escapeControls(architecture) };
}

function byName(a: InstalledPackage, b: InstalledPackage): number {
  return a.name === b.name ? 0 : a.name < b.name ? -1 : 1;
}
