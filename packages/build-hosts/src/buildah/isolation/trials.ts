import { lstat, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isSurelyDead, scratchOwner } from "@imagewright/node-host";
import type { Engine } from "../../engines/engine.js";
import { trialSeconds } from "../../processes/time-limit.js";
import { removeControlGroups } from "./run-folders.js";

const PREFIX = "imagewright-trial";

/** The name of this process's container for a trial, with which its folder begins. */
export async function trialName(): Promise<string> {
  return `${PREFIX}-${await scratchOwner()}`;
}

export async function removeTrial(engine: Engine, name: string, folder: string): Promise<void> {
  await removeControlGroups(folder);
  await engine.attemptRemoval(["rm", name], { limitSeconds: trialSeconds() });
  await rm(folder, { recursive: true, force: true });
}

/** A process that was killed in a trial could not remove what it had made, whose names name the process. */
export async function removeTrialsOfTheDead(engine: Engine): Promise<void> {
  const { stdout } = await engine.attempt(["containers", "--format", "{{.ContainerName}}"]);
  for (const name of stdout.split("\n"))
    if (await isOfTheDead(name)) await engine.attemptRemoval(["rm", name], { limitSeconds: trialSeconds() });
  for (const name of await readdir(tmpdir()).catch(() => [])) {
    const folder = join(tmpdir(), name);
    if (!(await isOfTheDead(name)) || (await lstat(folder).catch(() => undefined))?.uid !== process.getuid?.()) continue;
    await removeControlGroups(folder);
    await rm(folder, { recursive: true, force: true });
  }
}

/** The folders for temporary files and the store may be shared with containers, whose processes cannot be seen. */
async function isOfTheDead(name: string): Promise<boolean> {
  const [, owner] = new RegExp(`^${PREFIX}-([0-9a-f]+(?:-[0-9a-f]*){4})(?:-|$)`).exec(name) ?? [];
  return owner !== undefined && isSurelyDead(owner);
}
