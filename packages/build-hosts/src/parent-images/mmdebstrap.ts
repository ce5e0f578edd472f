import { quote } from "@imagewright/diagnostics";
import { chmod, statfs, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ContainerHost } from "../port/container-host.js";
import type { OciImageRef } from "../port/refs.js";
import { buildHostError } from "../errors.js";
import { lastLines } from "../processes/engine-failure.js";
import { requireCommand } from "../processes/find-command.js";
import { runTool } from "../processes/run-tool.js";
import { debianSources } from "./debian-sources.js";
import { PACKAGES_OF_VARIANTS, type DebianVariant } from "./debian-variants.js";

/** A Debian to make. */
export interface DebianRequest {
  readonly suite: string;
  readonly variant: DebianVariant;
}

export interface MmdebstrapOptions {
  readonly host: ContainerHost;
  readonly debian: DebianRequest;
  readonly reference: string;
  /** The name of the new image. */
  readonly name: string;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((text: string) => void) | undefined;
}

const ROOM_NEEDED = 1 << 30;

/**
 * Makes a Debian root file system from the machine's configured mirror and imports it into the engine's store. Errors: command-missing,
 * parent-image-failed, disk-full.
 */
export async function makeWithMmdebstrap({ host, debian, reference, name, signal, onProgress }: MmdebstrapOptions): Promise<OciImageRef> {
  // what starts it for root would say in its place that it is missing
  await requireCommand("mmdebstrap");
  return host.withTemporaryFolder(await workFolder(), async (folder) => {
    // mmdebstrap's root is one of an ordinary user's sub-ids, which must find the way to its files
    if (!isRoot()) await chmod(folder, 0o711);
    const tar = join(folder, "root.tar");
    const sources = await debianSources(debian.suite);
    await writeFile(join(folder, "mirror.sources"), sources);
    onProgress?.(
      `making ${reference} with mmdebstrap from ${sources === "" ? "its default mirror, since no apt source of this machine provides the suite" : "the Debian mirror of this machine"}; this takes a minute or so`,
    );
    const words = [
      ...prefix(),
      "mmdebstrap",
      ...OPTIONS,
      ...included(debian),
      debian.suite,
      tar,
      ...(sources === "" ? [] : [join(folder, "mirror.sources")]),
    ];
    const [file = "", ...parameters] = words;
    const result = await runTool({
      ...{ file, arguments: parameters, environment: { TMPDIR: folder }, signal },
      onOutput: (_, chunk) => tellSteps(chunk, onProgress),
    });
    if (result.exitCode !== 0) {
      if (/no space left/i.test(result.stderr))
        throw buildHostError("disk-full", { engine: host.name, operation: `make parent image ${quote(reference)}` });
      throw buildHostError("parent-image-failed", { image: reference, exitCode: result.exitCode, lines: lastLines(result.stderr, 8) });
    }
    return host.importImage({ source: { tar }, name, signal });
  });
}

/** For root: its mounts and processes end with it, however it ends. An ordinary user's mmdebstrap makes namespaces of its own. */
function prefix(): readonly string[] {
  return isRoot() ? ["unshare", "--mount", "--pid", "--fork", "--kill-child"] : [];
}

function isRoot(): boolean {
  return process.getuid?.() === 0;
}

const OPTIONS = [
  `--mode=${isRoot() ? "root" : "unshare"}`,
  // apt and its dependencies; the variant adds packages, and components install the rest
  "--variant=apt",
  "--format=tar",
  // both are copied from this machine
  '--customize-hook=rm -f "$1/etc/hostname" "$1/etc/resolv.conf"',
];

function included({ variant }: DebianRequest): readonly string[] {
  const packages = PACKAGES_OF_VARIANTS[variant];
  return packages.length === 0 ? [] : [`--include=${packages.join(",")}`];
}

// the long steps in mmdebstrap's messages
const STEPS =
  /^I: (running apt-get update|downloading packages|extracting archives|installing essential packages|installing remaining packages inside the chroot|creating tarball)/gm;

function tellSteps(chunk: Uint8Array, onProgress: ((text: string) => void) | undefined): void {
  for (const [, step] of Buffer.from(chunk).toString().matchAll(STEPS)) onProgress?.(`mmdebstrap: ${step}`);
}

/** In memory if there is enough: unpacking took 25 s there and 55 s on a disk. */
async function workFolder(): Promise<string> {
  const facts = await statfs("/dev/shm").catch(() => undefined);
  return facts !== undefined && facts.bavail * facts.bsize > ROOM_NEEDED ? "/dev/shm" : tmpdir();
}
