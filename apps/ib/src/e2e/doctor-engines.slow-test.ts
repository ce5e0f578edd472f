// What `ib doctor` says of engines that hang, and of a machine without a container runtime.
import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { chmod, writeFile } from "node:fs/promises";
import { createServer, type Socket } from "node:net";
import { join } from "node:path";
import { inspectEngines, type EngineReport } from "@imagewright/build-hosts";
import { isRoot, withTemporaryFolder } from "@imagewright/test-kit";
import { expect, test } from "@jest/globals";
import { ib } from "./ib.js";

const PATH = process.env["PATH"] ?? "";
const CALL = '"docker info --format {{.DefaultRuntime}} {{.SecurityOptions}…"';
// as in a machine, or in a container, where nothing starts services
const restart = (sudo: string) =>
  existsSync("/run/systemd/system")
    ? `${sudo}systemctl restart docker`
    : existsSync("/etc/init.d/docker")
      ? `${sudo}service docker restart`
      : "end dockerd and start it again";
const hangs = (seconds: number, sudo = isRoot ? "" : "sudo ") =>
  `missing docker did not answer within ${seconds} s: ${CALL}\n        fix: its daemon hangs: ${restart(sudo)}\n`;

test("a docker that hangs and ignores SIGTERM is ended after ten seconds, and one line says so", () =>
  withTemporaryFolder(async (folder) => {
    const script = join(folder, "docker");
    const seconds = `1000.${process.pid}`;
    await writeFile(script, `#!/bin/sh\ntrap '' TERM\nexec /bin/sleep ${seconds}\n`);
    await chmod(script, 0o755);
    const environment = { PATH: `${folder}:${PATH}` };
    expect((await ib(["doctor", "--engine", "docker"], { folder, environment })).stderr).toContain(hangs(10));
    expect(execFileSync("ps", ["-eo", "args"], { encoding: "utf8" }).split("\n")).not.toContain(`/bin/sleep ${seconds}`);
    const sooner = { ...environment, IMAGEWRIGHT_ENGINE_TIMEOUT: "1", ...(isRoot ? { SUDO_UID: "65534" } : {}) };
    expect((await ib(["doctor", "--engine", "docker"], { folder, environment: sooner })).stderr).toContain(hangs(1, "sudo "));
  }));

const reports = await inspectEngines();
const hasDocker = reports.some(({ engine, finding }) => engine === "docker" && finding !== "is not installed");
(hasDocker ? test : test.skip)("so does a daemon that takes connections and never answers (needs docker)", () =>
  withTemporaryFolder(async (folder) => {
    const sockets: Socket[] = [];
    const server = createServer((socket) => sockets.push(socket)).listen(join(folder, "socket"));
    await once(server, "listening");
    const environment = { DOCKER_HOST: `unix://${folder}/socket` };
    const { stderr } = await ib(["doctor", "--engine", "docker"], { folder, environment });
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
    expect(stderr).toContain(hangs(10));
  }),
);

const buildah = reports.find(({ engine }) => engine === "buildah");
(buildah?.usable === true && buildah.isolation.kind === "oci" ? test : test.skip)(
  "a buildah that hangs where its isolation is tried is not usable (needs buildah and a runtime)",
  () =>
    withTemporaryFolder(async (folder) => {
      await writeFile(join(folder, "buildah"), '#!/bin/sh\n[ "$1" = from ] && exec sleep 600\nPATH=${PATH#*:} exec buildah "$@"\n');
      await chmod(join(folder, "buildah"), 0o755);
      const environment = { PATH: `${folder}:${PATH}`, IMAGEWRIGHT_ENGINE_TIMEOUT: "3" };
      const { stderr } = await ib(["doctor", "--engine", "buildah"], { folder, environment });
      // the name has numbers of its process, and a long line is cut
      expect(stderr).toMatch(/^missing buildah did not answer within 3 s: "buildah from --name imagewright-trial-[\d-]+(…| scratch)"$/m);
    }),
);

(buildah?.usable === true ? test : test.skip)(
  `without a container runtime the weaker isolation is said, and how to get a stronger one${buildah?.usable === true ? "" : ` (skipped: buildah ${buildah?.finding})`}`,
  () =>
    withTemporaryFolder(async (folder) => {
      const what = isRoot ? "a changed root as this computer's root, with few rights" : "a changed root in a user namespace";
      const environment = { BUILDAH_RUNTIME: "no-such-runtime" };
      const { stderr } = await ib(["doctor", "--engine", "buildah"], { folder, environment });
      const reason = "no container runtime is installed (no-such-runtime)";
      expect(stderr).toContain(`        isolation: ${what} (${reason}); for a stronger one: unset BUILDAH_RUNTIME\n`);
      const { stdout } = await ib(["doctor", "--engine", "buildah", "--json"], { folder, environment });
      expect((JSON.parse(stdout) as { readonly engines: readonly EngineReport[] }).engines).toMatchObject([
        { usable: true, isolation: { kind: isRoot ? "chroot" : "user-namespace", reason, fix: "unset BUILDAH_RUNTIME" } },
      ]);
    }),
);
