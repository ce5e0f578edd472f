import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, writeFileSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ActionContext } from "@imagewright/action-contract";
import { runAction, withTemporaryFolder } from "@imagewright/test-kit";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { AptRoot } from "../testing/apt-root.js";
import type { TestPackage } from "../testing/debian-repository.js";
import { prefixedHost } from "../testing/prefixed-host.js";
import { updateOs } from "./index.js";

const isRoot = process.getuid?.() === 0;
const hasApt = isRoot && spawnSync("apt-get", ["--version"]).status === 0 && spawnSync("dpkg-deb", ["--version"]).status === 0;
const testWithApt = hasApt ? test : test.skip;
const needs = "(needs root and apt)";

interface Inputs {
  readonly include?: readonly string[];
  readonly exclude?: readonly string[];
}

const OLD: readonly TestPackage[] = [
  { name: "editor", version: "1.0", settings: { "/etc/editor.conf": "color=no\n" } },
  { name: "editor-plugin", version: "1.0", depends: "editor" },
  { name: "libdraw", version: "1.0" },
  { name: "painter", version: "1.0", depends: "libdraw" },
];
const NEW: readonly TestPackage[] = [
  { name: "editor", version: "2.0", settings: { "/etc/editor.conf": "color=yes\n" } },
  { name: "editor-plugin", version: "2.0", depends: "editor" },
  { name: "fonts", version: "1.0" },
  { name: "libdraw", version: "2.0" },
  { name: "painter", version: "2.0", depends: "libdraw (>= 2.0), fonts" },
];

let outdated: AptRoot;
beforeAll(async () => {
  if (!hasApt) return;
  outdated = await AptRoot.make(await mkdtemp(join(tmpdir(), "imagewright-test-")));
  await outdated.repository.publish(...OLD);
  await outdated.install(...OLD.map(({ name }) => name));
  await outdated.repository.publish(...NEW);
});
afterAll(async () => {
  if (hasApt) await rm(outdated.folder, { recursive: true });
});

/** Runs the body with a root with the old packages and a source with the new ones. */
async function withOutdated(body: (root: AptRoot) => Promise<void>): Promise<void> {
  await withTemporaryFolder(async (folder) => body(await outdated.copyTo(folder)));
}

function update(root: AptRoot, inputs: Inputs, context: Partial<ActionContext> = {}) {
  return runAction(updateOs, inputs, { workingDirectory: root.folder, environment: root.environment, ...context });
}

/** Starts another apt-get, which holds the lock when this returns and until it is released. */
async function startOther({ folder, environment }: AptRoot, ...parameters: readonly string[]) {
  const [held, go] = [join(folder, "held"), join(folder, "go")];
  const hook = `DPkg::Pre-Invoke::=touch ${held}; until [ -e ${go} ]; do sleep 0.05; done`;
  const child = spawn("apt-get", ["-y", "-o", hook, ...parameters], { env: environment, stdio: "ignore" });
  const ended = once(child, "exit");
  while (!existsSync(held) && child.exitCode === null) await new Promise((resolve) => setTimeout(resolve, 20));
  return { pid: child.pid, ended, letGo: () => writeFileSync(go, "") };
}

describe("chapter 19: UpdateOS with apt", () => {
  const at = (editor: string, plugin: string, libdraw: string, painter: string, fonts = painter === "2.0") => [
    `editor ${editor}`,
    `editor-plugin ${plugin}`,
    ...(fonts ? ["fonts 1.0"] : []),
    `libdraw ${libdraw}`,
    `painter ${painter}`,
  ];
  const rows: [string, Inputs, string[]][] = [
    ["installs all updates, with new packages that they need", {}, at("2.0", "2.0", "2.0", "2.0")],
    ["empty lists count as absent", { include: [], exclude: [] }, at("2.0", "2.0", "2.0", "2.0")],
    ["include: only these", { include: ["editor"] }, at("2.0", "1.0", "1.0", "1.0")],
    ["include: and the dependencies of their new versions", { include: ["painter"] }, at("1.0", "1.0", "2.0", "2.0")],
    ["include: * matches any characters", { include: ["edit*"] }, at("2.0", "2.0", "1.0", "1.0")],
    ["exclude: all but these", { exclude: ["editor"] }, at("1.0", "2.0", "2.0", "2.0")],
    ["exclude: nor packages that need a newer version of them", { exclude: ["libdraw"] }, at("2.0", "2.0", "1.0", "1.0")],
    ["exclude: nor packages that need a new package that is excluded", { exclude: ["font*"] }, at("2.0", "2.0", "2.0", "1.0")],
    [
      "both: those in include that are not in exclude",
      { include: ["edit*", "painter"], exclude: ["editor"] },
      at("1.0", "2.0", "2.0", "2.0"),
    ],
    ["naming a package does not install it", { include: ["fonts", "editor"] }, at("2.0", "1.0", "1.0", "1.0")],
  ];
  for (const [name, inputs, installed] of rows) {
    testWithApt(`${name} ${needs}`, () =>
      withOutdated(async (root) => {
        const { result, stderr } = await update(root, inputs);
        expect([result, stderr]).toEqual([{ status: "succeeded", changed: true }, ""]);
        expect(await root.installed()).toEqual(installed);
      }),
    );
  }

  testWithApt(`logs which versions have changed, and that nothing has in the second run ${needs}`, () =>
    withOutdated(async (root) => {
      expect((await update(root, { include: ["painter"] })).log).toEqual([
        "updating with apt-get",
        "installed fonts 1.0",
        "updated libdraw from 1.0 to 2.0",
        "updated painter from 1.0 to 2.0",
      ]);
      const second = await update(root, { include: ["painter", "no-such"] });
      expect([second.result, second.log]).toEqual([
        { status: "succeeded", changed: false },
        ["updating with apt-get", 'no installed package matches "no-such"', "nothing was updated"],
      ]);
    }),
  );

  testWithApt(`held packages stay, included or not ${needs}`, () =>
    withOutdated(async (root) => {
      await root.run("apt-mark", "hold", "editor", "libdraw");
      await update(root, { include: ["editor", "painter"] });
      expect(await root.installed()).toEqual(at("1.0", "1.0", "1.0", "1.0"));
      await update(root, {});
      expect(await root.installed()).toEqual(at("1.0", "2.0", "1.0", "1.0"));
    }),
  );

  testWithApt(`dependencies stay marked as such ${needs}`, () =>
    withOutdated(async (root) => {
      await root.run("apt-mark", "auto", "libdraw");
      await update(root, { include: ["libdraw", "painter"] });
      expect((await root.run("apt-mark", "showauto")).split("\n")).toEqual(["fonts", "libdraw", ""]);
    }),
  );

  testWithApt(`prompts for nothing: a configuration file that was changed here stays ${needs}`, () =>
    withOutdated(async (root) => {
      await writeFile(join(root.folder, "etc/editor.conf"), "color=mine\n");
      expect((await update(root, {})).result).toEqual({ status: "succeeded", changed: true });
      expect(await readFile(join(root.folder, "etc/editor.conf"), "utf8")).toBe("color=mine\n");
    }),
  );

  testWithApt(`waits for another package manager and logs it ${needs}`, () =>
    withOutdated(async (root) => {
      await root.repository.publish({ name: "other", version: "1.0" });
      await root.run("apt-get", "-q", "update");
      const other = await startOther(root, "install", "other");
      const log: string[] = [];
      const { result } = await update(
        root,
        { include: ["editor"] },
        {
          log: (line) => {
            log.push(line);
            if (line.startsWith("waiting")) other.letGo();
          },
        },
      );
      expect([result, await other.ended]).toEqual([{ status: "succeeded", changed: true }, [0, null]]);
      expect(log).toContain(
        `waiting for another program to release the package manager's lock: Could not get lock ${root.folder}/var/lib/dpkg/lock-frontend. It is held by process ${other.pid} (apt-get)`,
      );
      expect(await root.installed()).toContain("editor 2.0");
    }),
  );

  testWithApt(`the step's timeout ends the wait ${needs}`, () =>
    withOutdated(async (root) => {
      const other = await startOther(root, "reinstall", "editor");
      const time = new AbortController();
      const log = (line: string) => line.startsWith("waiting") && time.abort(new Error("the time is over"));
      const { result } = await update(root, { include: ["editor"] }, { log, signal: time.signal });
      other.letGo();
      await other.ended;
      expect(result).toEqual({ status: "failed", reason: "the time is over" });
    }),
  );

  testWithApt(`continues after an interrupted update ${needs}`, () =>
    withOutdated(async (root) => {
      await root.run("dpkg", `--root=${root.folder}`, "--unpack", join(root.repository.folder, "editor_2.0_all.deb"));
      // dpkg leaves its journal behind when it is killed; apt looks for that
      await writeFile(join(root.folder, "var/lib/dpkg/updates/0001"), await root.run("dpkg-query", "--status", "editor"));
      expect((await update(root, {})).result).toEqual({ status: "succeeded", changed: true });
      expect(await root.installed()).toEqual(at("2.0", "2.0", "2.0", "2.0"));
    }),
  );
});

describe("chapter 19: UpdateOS returns an error when", () => {
  // these need root and apt, too
  testWithApt("a package source cannot be read", () =>
    withOutdated(async (root) => {
      await writeFile(join(root.folder, "etc/apt/sources.list"), `deb [trusted=yes] file:${root.folder}/nowhere ./\n`);
      const { result } = await update(root, {});
      expect(result).toMatchObject({ status: "failed", reason: expect.stringMatching(/^"apt-get update" exited with code 100: E: /) });
    }),
  );

  testWithApt("the package manager fails", () =>
    withOutdated(async (root) => {
      await root.repository.publish({ name: "libdraw", version: "3.0" });
      await writeFile(join(root.repository.folder, "libdraw_3.0_all.deb"), "broken");
      const { result } = await update(root, {});
      expect(result).toMatchObject({ status: "failed", reason: expect.stringMatching(/^"apt-get upgrade" exited with code 100: E: /) });
      expect(await root.installed()).toContain("libdraw 1.0");
    }),
  );

  (isRoot ? test : test.skip)("the system has no supported package manager", async () => {
    await withTemporaryFolder(async (folder) => {
      await mkdir(join(folder, "bin"));
      await symlink("/usr/bin/id", join(folder, "bin", "id"));
      const { result } = await runAction(updateOs, {}, { workingDirectory: folder, environment: { PATH: join(folder, "bin") } });
      expect(result).toEqual({
        status: "failed",
        reason: 'no supported package manager was found on this system; supported: "apt-get", "dnf", "yum" or "zypper"',
      });
    });
  });

  test("the step does not run as root", async () => {
    const context = isRoot ? { host: prefixedHost(["setpriv", "--reuid=65534", "--clear-groups"]) } : {};
    const { result } = await runAction(updateOs, {}, { workingDirectory: "/", ...context });
    expect(result).toMatchObject({
      status: "failed",
      reason: expect.stringMatching(/^updating the system needs root; this process runs as user id [1-9]\d*$/),
    });
  });
});
