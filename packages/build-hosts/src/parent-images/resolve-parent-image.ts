import { quote } from "@imagewright/diagnostics";
import { access } from "node:fs/promises";
import { join } from "node:path";
import type { ContainerHost } from "../port/container-host.js";
import type { OciImageRef } from "../port/refs.js";
import { buildHostError } from "../errors.js";
import { layoutDigest } from "../oci/layout.js";
import { cachedName } from "./debian-variants.js";
import { makeWithMmdebstrap, type DebianRequest } from "./mmdebstrap.js";
import { parseParentReference } from "./parent-reference.js";

export interface ParentImageOptions {
  readonly host: ContainerHost;
  /** `mmdebstrap:SUITE[/VARIANT]`, `oci:FOLDER[:TAG]`, or the name of an image. */
  readonly reference: string;
  /** Whether it is made or pulled again even if it exists. */
  readonly pull: boolean;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((text: string) => void) | undefined;
}

export interface ParentImage {
  readonly image: OciImageRef;
  readonly origin: "cached" | "made" | "pulled" | "imported";
}

/** Finds, makes, imports or pulls the image that a build starts from. Throws parent-image-missing and the engine's failures. */
export async function resolveParentImage(options: ParentImageOptions): Promise<ParentImage> {
  const parsed = parseParentReference(options.reference);
  if ("reason" in parsed) throw missing(options.reference, parsed.reason, parsed.hint);
  if (parsed.kind === "debian") return fromMmdebstrap(parsed, options);
  return parsed.kind === "layout" ? fromLayout(parsed.place, options) : byName(options);
}

async function fromMmdebstrap(
  debian: DebianRequest,
  { host, reference, pull, signal, onProgress }: ParentImageOptions,
): Promise<ParentImage> {
  const name = cachedName(debian.suite, debian.variant);
  const cached = pull ? undefined : await host.resolveImage(name);
  if (cached !== undefined) return { image: cached, origin: "cached" };
  return { image: await makeWithMmdebstrap({ host, debian, reference, name, signal, onProgress }), origin: "made" };
}

async function fromLayout(place: string, { host, reference, signal }: ParentImageOptions): Promise<ParentImage> {
  const [, path = place, tag] = /^(.*?)(?::([A-Za-z0-9_][A-Za-z0-9._-]*))?$/.exec(place) ?? [];
  const hasIndex = await access(join(path, "index.json")).then(
    () => true,
    () => false,
  );
  if (!hasIndex)
    throw missing(reference, `there is no OCI image layout in ${quote(path)}`, "give the folder that contains index.json and blobs");
  // the digest in the name makes a layout that changes on disk a new image
  const digest = (await layoutDigest(path, tag)).replace(/^sha\d+:/, "").slice(0, 16);
  const name = `localhost/imagewright/layout:${digest}`;
  return { image: await host.importImage({ source: { layout: path, tag }, name, signal }), origin: "imported" };
}

async function byName({ host, reference, pull, signal, onProgress }: ParentImageOptions): Promise<ParentImage> {
  const isLocal = reference.startsWith("localhost/");
  const cached = pull && !isLocal ? undefined : await host.resolveImage(reference);
  if (cached !== undefined) return { image: cached, origin: "cached" };
  if (isLocal)
    throw missing(
      reference,
      `${host.name} does not have it, and names that start with localhost/ are never pulled`,
      `list the images with: ${host.name} images`,
    );
  onProgress?.(`pulling ${reference}`);
  return { image: await host.pullImage(reference, { signal }), origin: "pulled" };
}

function missing(image: string, reason: string, hint: string): Error {
  return buildHostError("parent-image-missing", { image, reason, hint });
}
