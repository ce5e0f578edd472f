import { isImagewrightError } from "@imagewright/diagnostics";
import { findCommand } from "../processes/find-command.js";
import { lackingForUser } from "../rootless/inspect-rootless.js";
import { isOrdinaryUser } from "../buildah/user-namespace.js";
import type { Isolation } from "../port/isolation.js";
import { runTool } from "../processes/run-tool.js";
import { trialSeconds } from "../processes/time-limit.js";
import { howToTurn } from "./docker-daemon.js";
import { ENGINES, type EngineName, type EngineReport } from "./engine-report.js";
import { inspectBuildah } from "./inspect-buildah.js";
import { keptPodmanFlags } from "./kept-flags.js";
import { podmanFlags } from "./podman-flags.js";

/** Inspects each engine: whether it is installed and really works. */
export async function inspectEngines(): Promise<readonly EngineReport[]> {
  return Promise.all(ENGINES.map((engine) => inspectEngine(engine)));
}

/** With a state folder, what was found before is believed. */
export async function inspectEngine(engine: EngineName, stateFolder?: string): Promise<EngineReport> {
  try {
    return await { docker: inspectDocker, podman: () => inspectPodman(stateFolder), buildah: () => inspectBuildah(stateFolder) }[engine]();
  } catch (thrown) {
    if (!isImagewrightError(thrown, "build-hosts/engine-not-answering")) throw thrown;
    const { message, hints } = thrown;
    // the message begins with the engine's name
    return { engine, usable: false, finding: message.slice(engine.length + 1), fix: hints[0] ?? "" };
  }
}

async function inspectDocker(): Promise<EngineReport> {
  const engine = "docker";
  if ((await findCommand("docker")) === undefined)
    return { engine, usable: false, finding: "is not installed", fix: "apt-get install docker.io" };
  const { exitCode, stdout, stderr } = await runTool({
    file: "docker",
    arguments: ["info", "--format", "{{.DefaultRuntime}} {{.SecurityOptions}}"],
    limitSeconds: trialSeconds(),
  });
  if (exitCode === 0) return reportOfDocker(stdout, isOrdinaryUser());
  const denied = /permission denied/i.test(stderr);
  return {
    engine,
    usable: false,
    finding: denied ? "cannot be reached by this user" : "is installed, but no engine answers",
    fix: denied ? "become root, or use podman or buildah" : howToTurn("start"),
  };
}

/**
 * What can be told of a docker that answers. Root of its containers has to be the user of this process: the folder of a job is that user's,
 * and the agent in the container takes no folder of another one.
 */
export function reportOfDocker(line: string, isOrdinary: boolean): EngineReport {
  const engine = "docker";
  if (!isOrdinary || /name=rootless\b/.test(line)) return { engine, usable: true, finding: "runs", isolation: isolationOfDocker(line) };
  const finding = "has a daemon that runs as root, so the agent in its containers refuses the folders of this user";
  return { engine, usable: false, finding, fix: "become root, or use podman, buildah or rootless docker" };
}

/** From a line such as "runc [name=seccomp,profile=builtin name=rootless]". */
function isolationOfDocker(line: string): Isolation {
  const [runtime = ""] = line.split(" ");
  // with `userns-remap`, root of a container is no root here either
  const rootless = /name=(rootless|userns)\b/.test(line);
  return { kind: "oci", ...(runtime === "" ? {} : { runtime }), rootless, reason: "docker runs containers" };
}

async function inspectPodman(stateFolder: string | undefined): Promise<EngineReport> {
  const engine = "podman";
  if ((await findCommand("podman")) === undefined)
    return { engine, usable: false, finding: "is not installed", fix: "apt-get install podman" };
  const found = stateFolder === undefined ? await podmanFlags() : await keptPodmanFlags(stateFolder);
  const lacking = "problem" in found && isOrdinaryUser() ? await lackingForUser() : undefined;
  if (lacking?.fix !== undefined)
    return { engine, usable: false, finding: `is installed, but ${lacking.name} ${lacking.finding}`, fix: lacking.fix };
  if ("problem" in found)
    return {
      engine,
      usable: false,
      finding: `cannot run a container (${found.problem})`,
      fix: "use another engine, or check: podman info",
    };
  return {
    engine,
    usable: true,
    finding: found.global.length === 0 ? "runs containers" : `runs containers with ${found.global.join(" ")}`,
    isolation: { kind: "oci", runtime: found.runtime, rootless: isOrdinaryUser(), reason: "podman runs containers" },
  };
}
