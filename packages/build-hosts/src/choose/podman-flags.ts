import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { isSurelyDead, scratchOwner, withScratchFolder } from "@imagewright/node-host";
import { lastLines } from "../processes/engine-failure.js";
import { findCommand } from "../processes/find-command.js";
import { runTool, type ToolResult } from "../processes/run-tool.js";
import { trialSeconds } from "../processes/time-limit.js";
import { withTemporaryFiles } from "../engines/temporary-files.js";
import { engineEnvironment } from "./engine-environment.js";

/** The flags with which podman can run a container on this machine, or why it cannot. */
export type PodmanFlags = WorkingFlags | { readonly problem: string };

export interface WorkingFlags {
  readonly global: readonly string[];
  readonly run: readonly string[];
  /** The name of the container runtime that it uses, such as "crun". */
  readonly runtime: string;
}

const RUNC = ["--runtime", "runc", "--cgroup-manager", "cgroupfs"];
// some machines do not allow raising limits, which podman does by default
const LIMITS = ["--ulimit", "nofile=1024:1024", "--ulimit", "nproc=1024:1024"];
// ordinary users may have no way to make a network
const NETWORK = ["--network", "host"];
const RUN_FLAGS = [[], LIMITS, NETWORK, [...NETWORK, ...LIMITS]];

const PROBE_IMAGES = "localhost/imagewright/probe";

let found: Promise<PodmanFlags> | undefined;

/** Tries to run a container with different flags, the fewest first; once per process. */
export function podmanFlags(): Promise<PodmanFlags> {
  found ??= probe();
  return found;
}

async function probe(): Promise<PodmanFlags> {
  const environment = await engineEnvironment("podman");
  const image = `${PROBE_IMAGES}:${await scratchOwner()}`;
  return withScratchFolder({ purpose: "podman" }, (folder) =>
    withTemporaryFiles(folder, async (variables) => {
      const podman = podmanWith({ ...environment, ...variables });
      await removeProbesOfTheDead(podman);
      try {
        return await tryAll(podman, folder, image);
      } finally {
        await podman(["rmi", "--force", image]).catch(() => undefined);
      }
    }),
  );
}

async function tryAll(podman: Podman, folder: string, image: string): Promise<PodmanFlags> {
  const runtimes = (await findCommand("runc")) === undefined ? [[]] : [[], RUNC];
  let problem = "unknown";
  const archive = join(folder, "probe.tar");
  await writeFile(join(folder, "probe"), "");
  await runTool({ file: "tar", arguments: ["--create", "--file", archive, "--directory", folder, "probe"] });
  for (const global of runtimes) {
    const imported = await podman([...global, "import", archive, image]);
    if (imported.exitCode !== 0) {
      problem = lastLines(imported.stderr, 1).join("");
      continue;
    }
    for (const run of RUN_FLAGS) {
      // the image contains no program: an engine that fails only to find it can run containers
      const { stderr } = await podman([...global, "run", "--rm", "--pull", "never", ...run, image, "/probe-program"]);
      if (/probe-program.*(not found|no such file)/i.test(stderr)) return { global, run, runtime: await runtimeOf(podman, global) };
      problem = lastLines(stderr, 1).join("");
    }
  }
  return { problem };
}

async function runtimeOf(podman: Podman, global: readonly string[]): Promise<string> {
  return (await podman([...global, "info", "--format", "{{.Host.OCIRuntime.Name}}"])).stdout.trim();
}

/** A process that was killed while it probed could not remove its image, whose tag names the process. */
async function removeProbesOfTheDead(podman: Podman): Promise<void> {
  const { stdout } = await podman(["images", "--format", "{{.Tag}}", PROBE_IMAGES]);
  for (const tag of stdout.split("\n")) if (await isSurelyDead(tag)) await podman(["rmi", "--force", `${PROBE_IMAGES}:${tag}`]);
}

type Podman = (parameters: readonly string[]) => Promise<ToolResult>;

function podmanWith(environment: Readonly<Record<string, string>>): Podman {
  return (parameters) => runTool({ file: "podman", arguments: parameters, environment, limitSeconds: trialSeconds() });
}
