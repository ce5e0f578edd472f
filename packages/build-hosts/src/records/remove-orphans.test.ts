import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { ContainerHost } from "../build-host.js";
import { inspectEngine } from "../choose/inspect-engines.js";
import { importTestImage, testImageProblem } from "../contract/test-image.js";
import { chooseBuildHost } from "../index.js";
import { ResourceRecords } from "./resource-records.js";

const BUILT = new URL("../../dist/index.js", import.meta.url).href;
const report = await inspectEngine("buildah");
const problem = report.usable ? testImageProblem() : `buildah ${report.finding}`;

// what a child does after `launch`; each prints a line at the point where the test kills it
const MARK = `orphans-mark-${process.pid}`;
const RUNNING = `machine.run({ arguments: ["sh", "-c", "echo running; while :; do sleep 1; : ${MARK}; done"], onOutput: () => console.log(machine.name) }); setInterval(() => undefined, 1000);`;
const COMMITTED = `const image = await machine.commit(); console.log(machine.name + " " + image.reference); setInterval(() => undefined, 1000);`;

const suite = () => {
  const image = `localhost/imagewright-test/orphans:${process.pid}`;
  let host: ContainerHost;
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "imagewright-orphans-"));
    ({ host } = await chooseBuildHost({ preferred: "buildah", stateFolder: folder }));
    await importTestImage(host, image);
  });
  afterAll(async () => {
    await host.removeImage(image);
    await rm(folder, { recursive: true, force: true });
  });

  /** Starts a process that launches a machine; returns it with the names that it printed. */
  const startChild = async (rest: string): Promise<{ child: ChildProcess; names: string[] }> => {
    const script = join(folder, "child.mjs");
    await writeFile(
      script,
      `import { chooseBuildHost } from ${JSON.stringify(BUILT)};
      const { host } = await chooseBuildHost({ preferred: "buildah", stateFolder: ${JSON.stringify(folder)} });
      const machine = await host.launch({ image: ${JSON.stringify(image)} });
      ${rest}`,
    );
    const child = spawn(process.execPath, [script], { stdio: ["ignore", "pipe", "inherit"] });
    const [line] = (await once(createInterface(child.stdout), "line")) as [string];
    return { child, names: line.split(" ") };
  };

  test.each([
    ["while a command runs", RUNNING, ["machine"]],
    ["after a commit", COMMITTED, ["machine", "image"]],
  ])("orphans of a process killed %s are removed, but not while it is alive", async (_, rest, kinds) => {
    const { child, names } = await startChild(rest);
    expect(await host.removeOrphans()).toEqual([]);
    expect(containers()).toContain(names[0]);
    child.kill("SIGKILL");
    await once(child, "close");
    await commandsToEnd();
    expect(await host.removeOrphans()).toEqual(
      kinds.map((kind, index) => ({ kind, name: names[index], startedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT/) })),
    );
    expect(containers()).not.toContain(names[0]);
    if (names[1] !== undefined) expect(images()).not.toContain(names[1]);
    expect(await readdir(join(folder, "started"))).toEqual([]);
    expect(await host.removeOrphans()).toEqual([]);
  });

  test("the record of something that was never started is removed", async () => {
    await noteAsDead("imagewright-never-started");
    expect(await host.removeOrphans()).toEqual([{ kind: "machine", name: "imagewright-never-started", startedAt: expect.any(String) }]);
    expect(await readdir(join(folder, "started"))).toEqual([]);
  });

  test("what cannot be removed keeps its record, and the others are removed", async () => {
    await noteAsDead("--no-such-option");
    await noteAsDead("imagewright-never-started");
    await expect(host.removeOrphans()).rejects.toMatchObject({ code: "build-hosts/engine-failed" });
    expect(await readdir(join(folder, "started"))).toEqual(["machine---no-such-option.json"]);
    await rm(join(folder, "started"), { recursive: true });
  });

  test("a file that is not a record is ignored", async () => {
    await noteAsDead("imagewright-never-started");
    for (const [name, text] of Object.entries({ "empty.json": "", "null.json": "null", "other.json": "{}" }))
      await writeFile(join(folder, "started", name), text);
    expect((await host.removeOrphans()).map(({ name }) => name)).toEqual(["imagewright-never-started"]);
  });

  /** Records a machine as that of an earlier process with this one's id. */
  const noteAsDead = async (name: string): Promise<void> => {
    await new ResourceRecords(join(folder, "started")).add("machine", "buildah", name);
    const path = join(folder, "started", `machine-${name}.json`);
    const entry = JSON.parse(await readFile(path, "utf8")) as { owner: { startTime: string } };
    await writeFile(path, JSON.stringify({ ...entry, owner: { ...entry.owner, startTime: "1" } }));
  };
};

if (problem === undefined) describe("removeOrphans", suite);
else describe("removeOrphans", () => test.skip(`skipped: ${problem}`, () => undefined));

function containers(): string {
  return execFileSync("buildah", ["containers", "--format", "{{.ContainerName}}"], { encoding: "utf8" });
}

function images(): string {
  return execFileSync("buildah", ["images", "--format", "{{.Name}}:{{.Tag}}"], { encoding: "utf8" });
}

/** Waits until no command of the children is running; jest's timeout ends this if one never ends. */
async function commandsToEnd(): Promise<void> {
  for (;;) {
    const lines = await Promise.all(
      (await readdir("/proc")).filter((pid) => /^\d+$/.test(pid)).map((pid) => readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "")),
    );
    if (!lines.some((line) => line.includes(MARK))) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
