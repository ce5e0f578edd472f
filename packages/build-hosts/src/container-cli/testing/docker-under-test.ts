import { execFileSync, spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { BuildHostUnderTest } from "../../contract/build-host-under-test.js";
import { containerHostUnderTest } from "../../contract/container-host-under-test.js";
import { chooseBuildHost } from "../../index.js";
import { runTool } from "../../processes/run-tool.js";
import { killJobOfContainer } from "./kill-job.js";

/** A docker engine of the test's own: no network is changed, and nothing is seen of another engine of this computer. */
export interface OwnDocker {
  readonly folder: string;
  readonly address: string;
  readonly end: () => Promise<void>;
}

/** Starts an engine; returns why there is none if it does not answer within 30 s. */
export async function startDocker(): Promise<OwnDocker | { readonly problem: string }> {
  if (process.getuid?.() !== 0) return { problem: "dockerd needs root" };
  const folder = await mkdtemp(join(tmpdir(), "imagewright-docker-"));
  const address = `unix://${folder}/socket`;
  const places = ["--data-root", join(folder, "root"), "--exec-root", join(folder, "exec"), "--pidfile", join(folder, "pid")];
  const flags = [...places, "--host", address, "--iptables=false", "--ip6tables=false", "--bridge=none", "--log-level", "error"];
  const engine = spawn("dockerd", flags, { stdio: ["ignore", "ignore", "pipe"] });
  let said = "";
  engine.stderr.setEncoding("utf8").on("data", (text: string) => (said = (said + text).slice(-500)));
  const ended = new Promise<string>((resolve) => {
    engine.once("error", (error) => resolve(error.message));
    engine.once("exit", () => resolve(said.trim()));
  });
  const end = async (): Promise<void> => {
    engine.kill();
    await ended;
    await rm(folder, { recursive: true, force: true, maxRetries: 10 });
  };
  const look = ["--host", address, "version", "--format", "{{.Server.Version}}"];
  for (
    const until = performance.now() + 30_000;
    performance.now() < until && engine.exitCode === null;
    await Promise.race([ended, sleep(200)])
  )
    if ((await runTool({ file: "docker", arguments: look })).exitCode === 0) return { folder, address, end };
  if (engine.exitCode === null && engine.pid !== undefined) engine.kill();
  const problem = await ended;
  await rm(folder, { recursive: true, force: true, maxRetries: 10 });
  return { problem: `dockerd does not run: ${problem}` };
}

export async function makeDockerUnderTest({ folder, address, end }: OwnDocker, built: string): Promise<BuildHostUnderTest> {
  const stateFolder = join(folder, "state");
  process.env["DOCKER_HOST"] = address;
  const { host } = await chooseBuildHost({ preferred: "docker", stateFolder });
  return containerHostUnderTest({
    host,
    stateFolder,
    hostModule: `process.env.DOCKER_HOST = ${JSON.stringify(address)};
      const { chooseBuildHost } = await import(${JSON.stringify(built)});
      export const { host } = await chooseBuildHost({ preferred: "docker", stateFolder: ${JSON.stringify(stateFolder)} });`,
    killJob: killJobOfContainer,
    listEngine: () => listEngine(folder),
    cleanUp: async () => {
      Reflect.deleteProperty(process.env, "DOCKER_HOST");
      await end();
    },
  });
}

async function listEngine(folder: string): Promise<string[]> {
  const print = (...parameters: string[]) =>
    execFileSync("docker", ["--host", `unix://${folder}/socket`, ...parameters], { encoding: "utf8" })
      .split("\n")
      .filter((line) => line !== "");
  const mounts = (await readFile("/proc/self/mounts", "utf8")).split("\n").filter((line) => line.includes(`${folder}/root/`));
  return [
    ...print("ps", "--all", "--format", "container {{.Names}}"),
    ...print("images", "--all", "--format", "image {{.ID}} {{.Repository}}:{{.Tag}}"),
    ...print("volume", "ls", "--format", "volume {{.Name}}"),
    ...mounts.map((line) => `mount ${line}`),
  ];
}
