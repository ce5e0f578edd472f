import { once } from "node:events";
import { chmod, readFile, writeFile } from "node:fs/promises";
import { createServer, type Socket } from "node:net";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { identifyProcess } from "@imagewright/node-host";
import { withTemporaryFolder } from "@imagewright/test-kit";
import { chooseBuildHost } from "../index.js";
import { howToTurn } from "./docker-daemon.js";
import { findCommand } from "../processes/find-command.js";
import { runTool } from "../processes/run-tool.js";
import { inspectEngine } from "./inspect-engines.js";

const VARIABLES = ["PATH", "DOCKER_HOST", "IMAGEWRIGHT_ENGINE_TIMEOUT"] as const;
const before = VARIABLES.map((name) => [name, process.env[name]] as const);

beforeEach(() => {
  process.env["IMAGEWRIGHT_ENGINE_TIMEOUT"] = "1";
});

afterEach(() => {
  for (const [name, value] of before) {
    if (value === undefined) Reflect.deleteProperty(process.env, name);
    else process.env[name] = value;
  }
});

const FIX = `its daemon hangs: ${howToTurn("restart")}`;
const FINDING = 'did not answer within 1 s: "docker info --format {{.DefaultRuntime}} {{.SecurityOptions}…"';

test("an engine that hangs, and ignores SIGTERM, is not usable, and is ended", () =>
  withTemporaryFolder(async (folder) => {
    await writeScript(folder, "docker", `echo $$ > ${folder}/pid`);
    process.env["PATH"] = `${folder}:${process.env["PATH"] ?? ""}`;
    expect(await inspectEngine("docker")).toEqual({ engine: "docker", usable: false, finding: FINDING, fix: FIX });
    expect(await identifyProcess(Number(await readFile(join(folder, "pid"), "utf8")))).toBeUndefined();
    await expect(chooseBuildHost({ preferred: "docker", stateFolder: folder })).rejects.toMatchObject({
      ...{ code: "build-hosts/engine-not-usable", message: `docker was requested, but it ${FINDING}`, hints: [FIX] },
    });
    await expect(runTool({ file: "docker", arguments: ["image", "inspect", "a:1"] })).rejects.toMatchObject({
      code: "build-hosts/engine-not-answering",
      message: 'docker did not answer within 1 s: "docker image inspect a:1"',
      hints: [FIX, "on a slow machine, raise the limit: IMAGEWRIGHT_ENGINE_TIMEOUT=SECONDS"],
    });
  }));

const hasDocker = (await findCommand("docker")) !== undefined;
(hasDocker ? test : test.skip)("a daemon that takes connections and never answers is not usable", () =>
  withTemporaryFolder(async (folder) => {
    const sockets: Socket[] = [];
    const server = createServer((socket) => sockets.push(socket)).listen(join(folder, "socket"));
    await once(server, "listening");
    process.env["DOCKER_HOST"] = `unix://${folder}/socket`;
    expect(await inspectEngine("docker")).toEqual({ engine: "docker", usable: false, finding: FINDING, fix: FIX });
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  }),
);

async function writeScript(folder: string, name: string, line: string): Promise<void> {
  await writeFile(join(folder, name), `#!/bin/sh\n${line}\ntrap '' TERM\nexec /bin/sleep 600\n`);
  await chmod(join(folder, name), 0o755);
}
