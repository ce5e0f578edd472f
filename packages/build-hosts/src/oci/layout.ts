import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { listOf, quote } from "@imagewright/diagnostics";
import { buildHostError } from "../errors.js";

const TAG = "org.opencontainers.image.ref.name";

interface Entry {
  readonly digest?: string;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** The digest of the manifest in a layout's index: of the one with the tag, or of the only one. Throws layout-invalid. */
export async function layoutDigest(folder: string, tag?: string): Promise<string> {
  const fail = (reason: string) => buildHostError("layout-invalid", { folder, reason });
  const text = await readFile(join(folder, "index.json"), "utf8").catch(() => undefined);
  if (text === undefined) throw fail("it has no index.json");
  const entries = readEntries(text);
  if (entries === undefined) throw fail("its index.json has no list of manifests");
  const wanted = tag === undefined ? entries : entries.filter(({ annotations }) => annotations?.[TAG] === tag);
  const digest = wanted[0]?.digest;
  if (digest !== undefined && wanted.length === 1) return digest;
  if (tag === undefined) throw fail(`it lists ${entries.length} images; expected one`);
  throw fail(
    `${wanted.length} of its images have the tag ${quote(tag)}; tags: ${listOf(entries.flatMap(({ annotations }) => annotations?.[TAG] ?? []))}`,
  );
}

function readEntries(text: string): readonly Entry[] | undefined {
  try {
    const { manifests } = JSON.parse(text) as { readonly manifests?: unknown };
    return Array.isArray(manifests) ? (manifests as Entry[]) : undefined;
  } catch {
    return undefined;
  }
}

/** Throws folder-not-empty unless the folder is new or empty. */
export async function requireEmpty(folder: string): Promise<void> {
  const entries = await readdir(folder).catch(() => []);
  if (entries.length > 0) throw buildHostError("folder-not-empty", { folder });
}
