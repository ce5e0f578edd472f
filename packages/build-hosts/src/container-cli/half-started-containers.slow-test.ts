import { readdir, mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { inspectEngine } from "../choose/inspect-engines.js";
import { CALLS_OF_MACHINES } from "../contract/kills/calls-of-machines.js";
import { KillBench } from "../contract/kills/killed-call.js";
import { OtherProcess } from "../contract/other-process.js";
import { testImageProblem } from "../contract/test-image.js";
import { runTool } from "../processes/run-tool.js";
import { makePodmanUnderTest, type PodmanUnderTest } from "./testing/podman-under-test.js";

const BUILT = new URL("../../dist/index.js", import.meta.url).href;
/** Where the plugins of podman's networks write which container has which address. */
const ADDRESSES = "/var/lib/cni/networks/podman";
const problem = await findProblem();

async function findProblem(): Promise<string | undefined> {
  const report = await inspectEngine("podman");
  if (!report.usable) return `podman ${report.finding}`;
  const { stdout } = await runTool({ file: "podman", arguments: ["info", "--format", "{{.Host.NetworkBackend}}"] });
  return process.getuid?.() === 0 && stdout.trim() === "cni" ? testImageProblem() : "needs root and podman with networks of CNI";
}

/** The addresses that are given out, with the time of that. */
async function addresses(): Promise<string[]> {
  const names = (await readdir(ADDRESSES).catch(() => [])).filter((name) => /^\d+(\.\d+){3}$/.test(name));
  return Promise.all(names.map(async (name) => `${name} ${(await stat(join(ADDRESSES, name)).catch(() => undefined))?.mtimeMs ?? ""}`));
}

const suite = () => {
  let folder: string;
  let given: PodmanUnderTest;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "imagewright-half-started-"));
    given = await makePodmanUnderTest(BUILT);
  });
  afterAll(async () => {
    await given.cleanUp();
    await rm(folder, { recursive: true, force: true });
  });

  test.each(["launch", "restart"])("%s: its caller is killed when the container has its address and does not run yet", async (name) => {
    const [resources, givenOut] = [await given.listResources(), await addresses()];
    const killed = await CALLS_OF_MACHINES[name]?.(new KillBench(given, folder));
    if (killed === undefined) throw new Error(`no call ${name}`);
    const other = await OtherProcess.start(given.hostModule, folder);
    try {
      const before = await addresses();
      other.send(killed.method, killed.parameters);
      while ((await addresses()).every((address) => before.includes(address))) await sleep(1);
    } finally {
      await other.kill();
    }
    await killed.goOn();
    expect(await given.host.removeOrphans(new Set())).toEqual([]);
    expect([await given.listResources(), await addresses()]).toEqual([resources, givenOut]);
  });
};

if (problem === undefined) describe("containers of podman that are half started", suite);
else describe("containers of podman that are half started", () => test.skip(`skipped: ${problem}`, () => undefined));
