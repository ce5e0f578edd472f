import { readFile } from "node:fs/promises";
import { userInfo } from "node:os";
import { isOrdinaryUser } from "../buildah/user-namespace.js";
import { lastLines } from "../processes/engine-failure.js";
import { findCommand } from "../processes/find-command.js";
import { runTool } from "../processes/run-tool.js";
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
  const { exitCode, stderr } = await runTool({ file: "buildah", arguments: ["info"] });
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
  for (const command of ["newuidmap", "newgidmap"])
    if ((await findCommand(command)) === undefined)
      return unusable(`is installed, but "${command}" is not, which it needs for users other than root`, "apt-get install uidmap");
  const { username, uid } = userInfo();
  for (const path of ["/etc/subuid", "/etc/subgid"]) {
    const text = await readFile(path, "utf8").catch(() => "");
    if (!text.split("\n").some((line) => line.startsWith(`${username}:`) || line.startsWith(`${uid}:`)))
      return unusable(
        `is installed, but ${path} has no ids for the user ${username}`,
        `as root: usermod --add-subuids 100000-165535 --add-subgids 100000-165535 ${username}`,
      );
  }
  const { exitCode, stderr } = await runTool({ file: "buildah", arguments: ["unshare", "true"] });
  if (exitCode !== 0)
    return unusable(`is installed, but cannot make a user namespace (${lastLines(stderr, 1).join("")})`, "check: buildah unshare true");
  return undefined;
}

function unusable(finding: string, fix: string): UnusableEngine {
  return { engine, usable: false, finding, fix };
}
