import { lstat, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { identifyProcess, isAlive } from "@imagewright/node-host";
import type { Engine } from "../../engines/engine.js";
import { trialSeconds } from "../../processes/time-limit.js";
import { removeControlGroups } from "./run-folders.js";

const PREFIX = "imagewright-trial";

/** The name of this process's container for a trial, with which its folder begins. */
export async function trialName(): Promise<string> {
  return `${PREFIX}-${process.pid}-${(await identifyProcess(process.pid))?.startTime ?? ""}`;
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

async function isOfTheDead(name: string): Promise<boolean> {
  const [, pid, startTime = ""] = new RegExp(`^${PREFIX}-(\\d+)-(\\d*)(?:-|$)`).exec(name) ?? [];
  return pid !== undefined && !(await isAlive({ pid: Number(pid), startTime }));
}
