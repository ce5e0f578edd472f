import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { listOf, quote } from "@imagewright/diagnostics";
import { describeTextFault, readTextFile } from "@imagewright/node-host";
import { buildHostError } from "../errors.js";

const TAG = "org.opencontainers.image.ref.name";
const DIGEST = /^sha(256:[0-9a-f]{64}|512:[0-9a-f]{128})$/;
const LARGEST_JSON = 4 << 20;

/** An entry of the index of a layout. What else it has is for engines. */
export interface LayoutEntry {
  readonly digest: string;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** One in a list of images for several platforms. */
interface PlatformEntry extends LayoutEntry {
  readonly platform?: { readonly os?: string; readonly architecture?: string };
}

// the others have the same names
const ARCHITECTURES: Readonly<Partial<Record<string, string>>> = { x64: "amd64", ia32: "386", ppc64: "ppc64le" };

/** The digest of the manifest in a layout's index: of the one with the tag, or of the only one. Throws layout-invalid. */
export async function layoutDigest(folder: string, tag?: string): Promise<string> {
  return (await layoutEntry(folder, tag)).digest;
}

/** The entry of that manifest. A layout comes from a stranger: what is not as it should be is the error layout-invalid. */
export async function layoutEntry(folder: string, tag?: string): Promise<LayoutEntry> {
  const fail = failureOf(folder);
  const { manifests } = (await readJson(folder, "index.json")) as { readonly manifests?: unknown };
  if (!Array.isArray(manifests)) throw fail("its index.json has no list of manifests");
  const wrong = manifests.findIndex((entry) => !isEntry(entry));
  if (wrong >= 0) throw fail(`entry ${wrong + 1} of its index.json is no image with a digest`);
  const entries = manifests as readonly LayoutEntry[];
  const wanted = tag === undefined ? entries : entries.filter(({ annotations }) => annotations?.[TAG] === tag);
  const [entry] = wanted;
  if (entry !== undefined && wanted.length === 1) return entry;
  if (tag === undefined) throw fail(`it lists ${entries.length} images; expected one`);
  throw fail(
    `${wanted.length} of its images have the tag ${quote(tag)}; tags: ${listOf(entries.flatMap(({ annotations }) => annotations?.[TAG] ?? []))}`,
  );
}

/**
 * The entry of the image for this computer, if that of the index is a list of images for several platforms; else the same entry. Throws
 * layout-invalid.
 */
export async function entryForPlatform(folder: string, entry: LayoutEntry): Promise<LayoutEntry> {
  const { manifests } = (await readJson(folder, blobPath(entry.digest))) as { readonly manifests?: unknown };
  if (!Array.isArray(manifests)) return entry;
  const architecture = ARCHITECTURES[process.arch] ?? process.arch;
  const isMeant = ({ platform }: PlatformEntry) => platform?.os === "linux" && platform.architecture === architecture;
  const found = manifests.find((one): one is PlatformEntry => isEntry(one) && isMeant(one));
  if (found === undefined) throw failureOf(folder)(`the list ${entry.digest} has no image for linux/${architecture}`);
  return found;
}

/**
 * The digests of all that an image is made of, its manifest the first. All are there, as files: an engine that opens a pipe waits for ever,
 * and one that copies a device never ends. Links to files are followed. Throws layout-invalid.
 */
export async function requireBlobs(folder: string, digest: string): Promise<readonly string[]> {
  const fail = failureOf(folder);
  const { config, layers } = (await readJson(folder, blobPath(digest))) as { readonly config?: unknown; readonly layers?: unknown };
  const parts: unknown[] = [config, ...(Array.isArray(layers) ? (layers as unknown[]) : [undefined])];
  const digests = [digest];
  for (const part of parts) {
    if (!isEntry(part)) throw fail(`the manifest ${digest} has no configuration or layers with digests`);
    if ((await stat(join(folder, blobPath(part.digest))).catch(() => undefined))?.isFile() !== true)
      throw fail(`it has no file ${blobPath(part.digest)}`);
    digests.push(part.digest);
  }
  return digests;
}

/** The path of a blob in a layout. */
export function blobPath(digest: string): string {
  return `blobs/${digest.replace(":", "/")}`;
}

function isEntry(value: unknown): value is LayoutEntry {
  const { digest, annotations = {} } = (value ?? {}) as { readonly digest?: unknown; readonly annotations?: unknown };
  if (typeof digest !== "string" || !DIGEST.test(digest)) return false;
  return typeof annotations === "object" && annotations !== null && Object.values(annotations).every((text) => typeof text === "string");
}

/** An object that a file of the layout has as JSON. */
async function readJson(folder: string, name: string): Promise<object> {
  const fail = failureOf(folder);
  const read = await readTextFile(join(folder, name), { largest: LARGEST_JSON });
  if ("fault" in read) throw fail(read.fault.kind === "not-found" ? `it has no ${name}` : `${name}: ${describeTextFault(read.fault)}`);
  try {
    const value: unknown = JSON.parse(read.text);
    if (typeof value === "object" && value !== null) return value;
  } catch {
    // said below
  }
  throw fail(`its ${name} is not JSON of an object`);
}

function failureOf(folder: string): (reason: string) => Error {
  return (reason) => buildHostError("layout-invalid", { folder, reason });
}

/** Throws folder-not-empty unless the folder is new or empty. */
export async function requireEmpty(folder: string): Promise<void> {
  const entries = await readdir(folder).catch(() => []);
  if (entries.length > 0) throw buildHostError("folder-not-empty", { folder });
}
