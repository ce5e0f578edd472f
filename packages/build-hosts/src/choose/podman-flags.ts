import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { lastLines } from "../processes/engine-failure.js";
import { runTool } from "../processes/run-tool.js";
import { findCommand } from "../processes/find-command.js";

/** The flags with which podman can run a container on this machine, or why it cannot. */
export type PodmanFlags = { readonly global: readonly string[]; readonly run: readonly string[] } | { readonly problem: string };

// some machines do not allow raising limits, which podman does by default
const LIMITS = ["--ulimit", "nofile=1024:1024", "--ulimit", "nproc=1024:1024"];
const RUNC = ["--runtime", "runc", "--cgroup-manager", "cgroupfs"];

let found: Promise<PodmanFlags> | undefined;

/** Tries to run a container with different flags, the fewest first; once per process. */
export function podmanFlags(): Promise<PodmanFlags> {
  found ??= probe();
  return found;
}

async function probe(): Promise<PodmanFlags> {
  const folder = await mkdtemp(join(tmpdir(), "imagewright-podman-"));
  try {
    return await tryAll(folder);
  } finally {
    await runTool({ file: "podman", arguments: ["rmi", "--force", PROBE_IMAGE] }).catch(() => undefined);
    await rm(folder, { recursive: true, force: true });
  }
}

const PROBE_IMAGE = `localhost/imagewright/probe:${process.pid}`;

async function tryAll(folder: string): Promise<PodmanFlags> {
  const runtimes = (await findCommand("runc")) === undefined ? [[]] : [[], RUNC];
  let problem = "unknown";
  const archive = join(folder, "probe.tar");
  await writeFile(join(folder, "probe"), "");
  await runTool({ file: "tar", arguments: ["--create", "--file", archive, "--directory", folder, "probe"] });
  for (const global of runtimes) {
    const imported = await runTool({ file: "podman", arguments: [...global, "import", archive, PROBE_IMAGE] });
    if (imported.exitCode !== 0) {
      problem = lastLines(imported.stderr, 1).join("");
      continue;
    }
    for (const run of [[], LIMITS]) {
      // the image contains no program: an engine that fails only to find it can run containers
      const { stderr } = await runTool({
        file: "podman",
        arguments: [...global, "run", "--rm", "--pull", "never", ...run, PROBE_IMAGE, "/probe-program"],
      });
      if (/probe-program.*(not found|no such file)/i.test(stderr)) return { global, run };
      problem = lastLines(stderr, 1).join("");
    }
  }
  return { problem };
}
