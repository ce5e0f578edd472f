import { findCommand } from "../processes/find-command.js";
import { runTool } from "../processes/run-tool.js";
import { ENGINES, type EngineName, type EngineReport } from "./engine-report.js";
import { inspectBuildah } from "./inspect-buildah.js";
import { podmanFlags } from "./podman-flags.js";

/** Inspects each engine: whether it is installed and really works. */
export async function inspectEngines(): Promise<readonly EngineReport[]> {
  return Promise.all(ENGINES.map((engine) => inspectEngine(engine)));
}

export function inspectEngine(engine: EngineName): Promise<EngineReport> {
  return { docker: inspectDocker, podman: inspectPodman, buildah: inspectBuildah }[engine]();
}

async function inspectDocker(): Promise<EngineReport> {
  const engine = "docker";
  if ((await findCommand("docker")) === undefined) return { engine, usable: false, finding: "is not installed" };
  const { exitCode, stderr } = await runTool({ file: "docker", arguments: ["info", "--format", "{{.ServerVersion}}"] });
  if (exitCode === 0) return { engine, usable: true, finding: "runs" };
  const denied = /permission denied/i.test(stderr);
  return {
    engine,
    usable: false,
    finding: denied ? "cannot be reached by this user" : "is installed, but no engine answers",
    fix: denied ? "become root, or join the group docker" : "systemctl start docker",
  };
}

async function inspectPodman(): Promise<EngineReport> {
  const engine = "podman";
  if ((await findCommand("podman")) === undefined) return { engine, usable: false, finding: "is not installed" };
  const found = await podmanFlags();
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
  };
}
