import { createHash } from "node:crypto";
import { join } from "node:path";
import { isImagewrightError } from "@imagewright/diagnostics";
import { readOwnFile, type RefusedPath } from "@imagewright/node-host";
import { buildError } from "../errors.js";
import type { BuildPlan } from "../plan/build-plan.js";
import type { MadeImage } from "../workflow/made-image.js";
import { writeWhole } from "../store/write-whole.js";

/** All that a build was started with, so that another process can go on with it. */
export interface StoredBuild {
  readonly id: string;
  /** ISO 8601. */
  readonly startedAt: string;
  readonly plan: BuildPlan;
  readonly settings: BuildSettings;
}

export interface BuildSettings {
  /** The name of the build host. */
  readonly host: string;
  /** Whether the parent image is made or pulled again even if it exists. */
  readonly pull: boolean;
  /**
   * When a build takes its number: at its end, so that only finished images have one; or at its start, so that a failed build keeps its
   * number, as in the service.
   */
  readonly numbering: "at-end" | "at-start";
  /** What the image is called, if that is decided elsewhere: the build has this number from its start. */
  readonly identity?: ImageIdentity;
  /** The image that is tested and distributed, which an earlier build has made; without it the build makes one. */
  readonly made?: MadeImage;
  /** Whether the machine in which the build fails is kept until somebody removes it; it is not if this is left out. */
  readonly keepOnFailure?: boolean;
  /** Whether the phase `container-host-test` of components runs on this computer; it does not if this is left out. */
  readonly allowHostTests?: boolean;
  /** Whether documents may download from addresses that are not public; they may if it is left out. */
  readonly privateAddresses?: "allowed" | "forbidden";
  /** Whether workflows are told to collect what the image has; they are if this is left out. */
  readonly collectMetadata?: boolean;
}

/** The name that an image gets in the store of the engine: `<repository>:<version>-<build number>`. */
export interface ImageIdentity {
  readonly repository: string;
  readonly buildVersion: number;
}

/** The version of the file's form. */
const SCHEMA_VERSION = 2;
const FILE = "build.json";
const LARGEST_BYTES = 256 << 20;

interface BuildFile {
  readonly schemaVersion: number;
  /** As in the settings, for `readHostName`. */
  readonly host: string;
  readonly checksum: string;
  readonly build: StoredBuild;
}

/** Writes `build.json` in the folder of the build. It may have secret parameter values: only its owner can read it. */
export async function writeStoredBuild(folder: string, build: StoredBuild): Promise<void> {
  const head = { schemaVersion: SCHEMA_VERSION, host: build.settings.host, checksum: checksumOf(build) };
  await writeWhole(join(folder, FILE), { ...head, build } satisfies BuildFile, 0o600);
}

/**
 * The stored build of a folder; undefined if it has none: it has ended. Errors: build-not-readable if the file is damaged, of another
 * version, or one that somebody else could have written.
 */
export function readStoredBuild(folder: string): StoredBuild | undefined {
  const path = join(folder, FILE);
  const text = readText(path);
  if (text === undefined) return undefined;
  const file = parse(text);
  if (file === undefined) throw buildError("build-not-readable", { path, cause: "it is not JSON" });
  if (file.schemaVersion !== SCHEMA_VERSION) {
    const cause = `its form has version ${String(file.schemaVersion)}, and this program reads version ${SCHEMA_VERSION}`;
    throw buildError("build-not-readable", { path, cause });
  }
  if (file.build === undefined || file.checksum !== checksumOf(file.build))
    throw buildError("build-not-readable", { path, cause: "its content does not fit its checksum" });
  return file.build;
}

/** The name of the build's host, as far as it can be told from a file that is damaged. */
export function readHostName(folder: string): string | undefined {
  try {
    return /"host": "([a-z0-9-]+)"/.exec(readText(join(folder, FILE)) ?? "")?.[1];
  } catch {
    return undefined;
  }
}

function checksumOf(build: StoredBuild): string {
  return `sha256:${createHash("sha256").update(JSON.stringify(build)).digest("hex")}`;
}

function parse(text: string): Partial<BuildFile> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

/** What is read is run as this user, so it is refused if others could have written it. */
function readText(path: string): string | undefined {
  try {
    return readOwnFile(path, LARGEST_BYTES)?.toString("utf8");
  } catch (thrown) {
    const cause = isImagewrightError(thrown, "node-host/path-refused") ? (thrown.data as RefusedPath).reason : (thrown as Error).message;
    throw buildError("build-not-readable", { path, cause }, { cause: thrown });
  }
}
