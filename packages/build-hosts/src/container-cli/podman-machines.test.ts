import { execFileSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { inspectEngine } from "../choose/inspect-engines.js";
import { readWhole, startScript } from "../contract/finished-job.js";
import { readOciLayout } from "../contract/oci-layout.js";
import { testImageProblem } from "../contract/test-image.js";
import { START } from "../port/job.js";
import type { MachineRef } from "../port/refs.js";
import { makePodmanUnderTest, type PodmanUnderTest } from "./testing/podman-under-test.js";

const report = await inspectEngine("podman");
const problem = report.usable ? testImageProblem() : `podman ${report.finding}`;
const OWNER = "podman-machines";

(problem === undefined ? describe : describe.skip)(`machines of podman${problem === undefined ? "" : ` (skipped: ${problem})`}`, () => {
  let given: PodmanUnderTest;
  beforeAll(async () => {
    given = await makePodmanUnderTest(new URL("../../dist/index.js", import.meta.url).href);
  }, 60_000);
  afterAll(() => given.cleanUp(), 60_000);

  const launch = (token: string, image?: string): Promise<MachineRef> =>
    given.containerHost.launch(image === undefined ? given.spec : { kind: "container", image }, { owner: OWNER, token });
  const podman = (...words: string[]) => execFileSync("podman", words, { env: { ...process.env, ...given.environment }, stdio: "pipe" });
  const sh = async (machine: MachineRef, script: string, token: string): Promise<string> =>
    (await readWhole(given.host, await startScript(given.host, machine, script, token))).stdout;

  test("a container that was stopped from outside is started again, with its files; its jobs are lost", async () => {
    const machine = await launch("stopped");
    expect(await sh(machine, "echo kept > /kept; cat /kept", "before")).toBe("kept\n");
    const job = await startScript(given.host, machine, "while :; do sleep 1; done", "endless");
    podman("stop", "--time", "0", machine.id);
    expect((await given.host.readJob(job, START)).state).toEqual({ kind: "lost" });
    expect(await sh(machine, "cat /kept", "after")).toBe("kept\n");
    podman("stop", "--time", "0", machine.id);
    expect(await launch("stopped")).toEqual(machine);
    expect(await sh(machine, "cat /kept", "again")).toBe("kept\n");
    podman("stop", "--time", "0", machine.id);
    const image = await given.containerHost.createImage(machine, { kind: "oci" }, { owner: OWNER, token: "image" });
    await given.containerHost.removeImage(image.reference);
    await given.host.terminate(machine);
  }, 60_000);

  test("a container that was removed from outside is not found", async () => {
    const machine = await launch("removed");
    podman("rm", "--force", "--time", "0", machine.id);
    const error = {
      code: "build-hosts/machine-not-found",
      message: `podman has no machine "${machine.id}": it was terminated, or never launched`,
    };
    await expect(startScript(given.host, machine, "true", "any")).rejects.toMatchObject(error);
    await expect(given.containerHost.createImage(machine, { kind: "oci" }, { owner: OWNER, token: "none" })).rejects.toMatchObject(error);
    await given.host.terminate(machine);
  }, 60_000);

  test("what jobs write to a volume of the image is in the new image; its volumes and stop signal are kept", async () => {
    const parent = "localhost/imagewright-contract/volume:1";
    const machine = await launch("parent");
    podman("commit", "--quiet", "--change", "VOLUME /data", "--change", "STOPSIGNAL 10", machine.id, parent);
    const child = await launch("child", parent);
    await sh(child, "mkdir -p /data; echo text > /data/file", "write");
    const image = await given.containerHost.createImage(child, { kind: "oci" }, { owner: OWNER, token: "with-volume" });
    const folder = await mkdtemp(join(tmpdir(), "imagewright-volume-"));
    try {
      const { digest } = await given.containerHost.exportImage(image.reference, join(folder, "layout"));
      const { config, layers } = await readOciLayout(join(folder, "layout"), digest);
      expect(config).toMatchObject({ Volumes: { "/data": {} }, StopSignal: "10" });
      expect(layers.at(-1)).toContain("data/file");
    } finally {
      await rm(folder, { recursive: true });
      for (const used of [machine, child]) await given.host.terminate(used);
      for (const name of [image.reference, parent]) await given.containerHost.removeImage(name);
    }
  }, 60_000);
});
