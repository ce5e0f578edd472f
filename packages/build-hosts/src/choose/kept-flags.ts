import { readFile, rm, writeFile, rename } from "node:fs/promises";
import { release } from "node:os";
import { join } from "node:path";
import { makeFolders } from "@imagewright/node-host";
import { bootId, processSuffix } from "../records/process-owner.js";
import { runTool } from "../processes/run-tool.js";
import { podmanFlags, type PodmanFlags, type WorkingFlags } from "./podman-flags.js";

interface KeptFlags extends WorkingFlags {
  readonly madeFor: string;
}

/**
 * The flags that were found by an earlier process for this podman, user and boot of the computer; found and kept if there are none. Finding
 * them takes more than a second, since it starts containers; problems are not kept.
 */
export async function keptPodmanFlags(stateFolder: string): Promise<PodmanFlags> {
  const path = keptFile(stateFolder);
  const madeFor = await describeHere();
  const text = await readFile(path, "utf8").catch(() => "{}");
  const kept = parse(text);
  if (kept?.madeFor === madeFor) return kept;
  const found = await podmanFlags();
  if ("problem" in found) return found;
  await makeFolders(stateFolder, 0o700);
  const draft = `${path}.${await processSuffix()}`;
  await writeFile(draft, JSON.stringify({ madeFor, ...found } satisfies KeptFlags), { mode: 0o600 });
  await rename(draft, path);
  return found;
}

/** For a container that did not start with them. */
export async function forgetPodmanFlags(stateFolder: string): Promise<void> {
  await rm(keptFile(stateFolder), { force: true });
}

function keptFile(stateFolder: string): string {
  return join(stateFolder, "podman-flags.json");
}

async function describeHere(): Promise<string> {
  const { stdout } = await runTool({ file: "podman", arguments: ["--version"] });
  return [stdout.trim(), `kernel ${release()}`, `user ${process.getuid?.() ?? ""}`, `boot ${await bootId()}`].join(", ");
}

function parse(text: string): KeptFlags | undefined {
  try {
    const value = JSON.parse(text) as Partial<KeptFlags>;
    // written by this program only: the one fault to expect is an older form
    return [value.madeFor, value.global, value.run, value.runtime, value.environment].includes(undefined)
      ? undefined
      : (value as KeptFlags);
  } catch {
    return undefined;
  }
}
