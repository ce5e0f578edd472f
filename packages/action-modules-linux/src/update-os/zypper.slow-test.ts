import { spawn, spawnSync } from "node:child_process";
import { mkdir, rm, writeFile } from "node:fs/promises";
import type { HostPorts, ProcessCommand } from "@imagewright/action-contract";
import { createNodeHost } from "@imagewright/node-host";
import { runAction, withTemporaryFolder } from "@imagewright/test-kit";
import { describe, expect, test } from "@jest/globals";
import { ZypperRoot } from "../testing/zypper-root.js";
import { updateOs } from "./index.js";

const hasZypper =
  process.getuid?.() === 0 && ["zypper", "rpm", "rpmbuild", "createrepo_c"].every((tool) => spawnSync(tool, ["--version"]).status === 0);
const describeWithZypper = hasZypper ? describe : describe.skip;

const OLD = [
  { name: "editor", version: "1.0" },
  { name: "libdraw", version: "1.0" },
  { name: "painter", version: "1.0" },
];
const NEW = [
  { name: "editor", version: "2.0" },
  { name: "libdraw", version: "2.0" },
  { name: "painter", version: "2.0", requires: "libdraw >= 2.0" },
];

/** Runs the body with a root with the old packages and a source with the new ones. */
const withOutdated = (body: (root: ZypperRoot) => Promise<void>) =>
  withTemporaryFolder(async (folder) => body(await ZypperRoot.make(folder, OLD, NEW)));

/** This machine, but something happens just before the first command with this parameter. */
function hostWith(parameter: string, happening: () => Promise<void>): HostPorts {
  const host = createNodeHost();
  let waitsForIt = true;
  const happen = async (command: ProcessCommand) => {
    if (!waitsForIt || !command.arguments.includes(parameter)) return;
    waitsForIt = false;
    await happening();
  };
  return { ...host, processes: { run: async (command, streams) => (await happen(command), host.processes.run(command, streams)) } };
}

function update(root: ZypperRoot, host: HostPorts, log: (line: string) => void = () => undefined) {
  return runAction(updateOs, { exclude: ["libdraw"] }, { workingDirectory: "/", environment: root.environment, host, log });
}

describeWithZypper("chapter 19: UpdateOS with zypper, exclude (needs root, zypper and rpm)", () => {
  test.each(["list-updates", "--dry-run"])("waits for another package manager that holds the lock before %s", (parameter) =>
    withOutdated(async (root) => {
      const other = spawn("sleep", ["1000"], { stdio: "ignore" });
      const lines: string[] = [];
      const log = (line: string) => {
        lines.push(line);
        if (line.startsWith("waiting")) other.kill();
      };
      const { result } = await update(
        root,
        hostWith(parameter, () => writeFile(root.lockFile, `${other.pid}\n`)),
        log,
      ).finally(() => other.kill());
      expect([result, lines]).toEqual([
        { status: "succeeded", changed: true },
        [
          "updating with zypper",
          `waiting for another program to release the package manager's lock: System management is locked by the application with pid ${other.pid} (sleep).`,
          "updated editor from 0:1.0-1.noarch to 0:2.0-1.noarch",
        ],
      ]);
    }),
  );

  test.each([
    ["list-updates", "list-updates"],
    ["--dry-run", "update"],
  ])("fails if zypper fails to %s", (parameter, command) =>
    withOutdated(async (root) => {
      const breakLock = async () => {
        await rm(root.lockFile);
        await mkdir(root.lockFile);
      };
      const { result } = await update(root, hostWith(parameter, breakLock));
      expect(result).toEqual({ status: "failed", reason: `"zypper ${command}" exited with code 4: Cant open ${root.lockFile}` });
    }),
  );

  test("packages that cannot be updated together with the others are left out", () =>
    withTemporaryFolder(async (folder) => {
      const root = await ZypperRoot.make(folder, OLD, [...NEW, { name: "painter", version: "3.0", requires: "canvas" }]);
      expect((await update(root, createNodeHost())).result).toEqual({ status: "succeeded", changed: true });
      expect((await root.run("rpm", "-qa", "--qf", "%{NAME} %{VERSION}\\n")).split("\n").sort()).toEqual([
        "",
        "editor 2.0",
        "libdraw 1.0",
        "painter 1.0",
      ]);
    }));
});
