import { shellWords } from "../buildah/isolation/shell-script.js";
import { storageEnvironment } from "../buildah/storage-driver.js";
import type { UsableEngine } from "./engine-report.js";
import { keptPodmanFlags } from "./kept-flags.js";

/** What a person adds to the commands of an engine, so that they find the images of builds and run containers here. */
export interface ByHand {
  /** Variables for each command. */
  readonly environment: Readonly<Record<string, string>>;
  /** Flags before each subcommand. */
  readonly global: readonly string[];
  /** Flags of `run`. */
  readonly run: readonly string[];
  /** The words that open a shell in a container, before its name; undefined where `run` isolates a container by itself. */
  readonly shell?: readonly string[];
}

/** What an engine that works here needs when it is used by hand. */
export async function byHand({ engine }: UsableEngine, stateFolder: string): Promise<ByHand> {
  if (engine === "buildah")
    return { environment: await storageEnvironment("buildah"), global: [], run: [], shell: shellWords(stateFolder) };
  const flags = engine === "podman" ? await keptPodmanFlags(stateFolder) : undefined;
  if (flags === undefined || "problem" in flags) return { environment: {}, global: [], run: [] };
  const { global, run } = flags;
  return { environment: await storageEnvironment("podman"), global, run };
}
