import { isOrdinaryUser } from "../buildah/user-namespace.js";
import { lastLines } from "../processes/engine-failure.js";
import { findCommand } from "../processes/find-command.js";
import { runTool } from "../processes/run-tool.js";
import { lackingForUser } from "../rootless/inspect-rootless.js";
import { trialSeconds } from "../processes/time-limit.js";
import type { EngineReport, UnusableEngine } from "./engine-report.js";
import { buildahIsolation, keptBuildahIsolation } from "./kept-isolation.js";

const engine = "buildah";

/**
 * Buildah needs `unshare`, and for an ordinary user ids of others in its user namespace. With a state folder, the isolation that was found
 * before is believed.
 */
export async function inspectBuildah(stateFolder?: string): Promise<EngineReport> {
  if ((await findCommand("buildah")) === undefined) return unusable("is not installed", "apt-get install buildah");
  for (const command of isOrdinaryUser() ? ["unshare", "nsenter"] : ["unshare"])
    if ((await findCommand(command)) === undefined) return unusable(`is installed, but "${command}" is not`, "apt-get install util-linux");
  const missing = isOrdinaryUser() ? await missingForUser() : undefined;
  if (missing !== undefined) return missing;
  const { exitCode, stderr } = await runTool({ file: "buildah", arguments: ["info"], limitSeconds: trialSeconds() });
  if (exitCode === 0)
    return {
      engine,
      usable: true,
      finding: "works",
      isolation: await (stateFolder === undefined ? buildahIsolation() : keptBuildahIsolation(stateFolder)),
    };
  return unusable(`is installed, but does not work (${lastLines(stderr, 1).join("")})`, "check: buildah info");
}

/** What an ordinary user lacks to use buildah; undefined if nothing. */
async function missingForUser(): Promise<UnusableEngine | undefined> {
  const { name, finding, fix } = (await lackingForUser()) ?? {};
  if (name !== undefined) return unusable(`is installed, but ${name} ${finding}`, fix ?? "check: ib doctor");
  const { exitCode, stderr } = await runTool({ file: "buildah", arguments: ["unshare", "true"], limitSeconds: trialSeconds() });
  if (exitCode !== 0)
    return unusable(`is installed, but cannot make a user namespace (${lastLines(stderr, 1).join("")})`, "check: buildah unshare true");
  return undefined;
}

function unusable(finding: string, fix: string): UnusableEngine {
  return { engine, usable: false, finding, fix };
}
