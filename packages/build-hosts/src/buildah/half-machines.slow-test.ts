import { execFileSync } from "node:child_process";
import { chmod, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { withTemporaryFolder } from "@imagewright/test-kit";
import { inspectEngine } from "../choose/inspect-engines.js";
import { newToken, readWhole, startScript } from "../contract/finished-job.js";
import { RESTLESS } from "../contract/restless-job.js";
import { testImageProblem } from "../contract/test-image.js";
import { jobPaths, machineFolders } from "../machines/machine-folders.js";
import { machineId } from "../names.js";
import { START } from "../port/job.js";
import type { MachineRef } from "../port/refs.js";
import { makeBuildahUnderTest, type BuildahUnderTest } from "./testing/buildah-under-test.js";

const BUILT = new URL("../../dist/index.js", import.meta.url).href;
const report = await inspectEngine("buildah");
const problem = report.usable ? testImageProblem() : `buildah ${report.finding}`;

const suite = () => {
  let given: BuildahUnderTest;
  let atFirst: readonly string[];
  beforeAll(async () => {
    given = await makeBuildahUnderTest(BUILT);
    atFirst = await given.listResources();
  });
  afterAll(() => given.cleanUp());

  const request = () => ({ owner: "half", token: newToken() });
  const run = async (machine: MachineRef, script: string) =>
    (await readWhole(given.host, await startScript(given.host, machine, script, newToken()))).stdout;
  /** As somebody else might. The supervisor of a job that has just ended may be removing a folder in it at the same moment. */
  const removeFolders = ({ id }: MachineRef) =>
    rm(machineFolders(given.stateFolder, id).root, { recursive: true, force: true, maxRetries: 20 });

  test("a container whose folders are gone is made anew, or removed", async () => {
    const asked = request();
    const machine = await given.host.launch(given.spec, asked);
    await run(machine, "touch /earlier");
    await removeFolders(machine);
    await expect(given.host.startJob(machine, { command: ["true"] }, newToken())).rejects.toMatchObject({
      ...{ code: "build-hosts/machine-not-found" },
    });
    expect(await given.host.launch(given.spec, asked)).toEqual(machine);
    expect(await run(machine, "ls /earlier; echo new")).toBe("new\n");
    await removeFolders(machine);
    await given.host.terminate(machine);
    expect(await given.listResources()).toEqual(atFirst);
  });

  test("a machine whose container was removed by somebody else says so, and is made anew", async () => {
    const asked = request();
    const machine = await given.host.launch(given.spec, asked);
    await run(machine, "touch /earlier");
    execFileSync("buildah", ["rm", machine.id], { env: { ...process.env, ...given.environment }, stdio: "ignore" });
    const job = await given.host.startJob(machine, { command: ["true"] }, newToken());
    expect((await readWhole(given.host, job)).state).toMatchObject({
      kind: "lost",
      reason: expect.stringContaining("container not known"),
    });
    expect(await given.host.launch(given.spec, asked)).toEqual(machine);
    expect(await run(machine, "ls /earlier; echo new")).toBe("new\n");
    await given.host.terminate(machine);
    expect(await given.listResources()).toEqual(atFirst);
  });

  test("a mount that hangs, in the launch or the commit, is ended after the time of short calls", () =>
    withTemporaryFolder(async (folder) => {
      const asked = request();
      const machine = await given.host.launch(given.spec, asked);
      const notAnswering = (id: string) => ({
        code: "build-hosts/engine-not-answering",
        message: `buildah did not answer within 5 s: "buildah mount ${id}"`,
      });
      const other = request();
      await writeFile(join(folder, "buildah"), `#!/bin/sh\n[ "$1" = mount ] && exec sleep 600\nPATH=\${PATH#*:} exec buildah "$@"\n`);
      await chmod(join(folder, "buildah"), 0o755);
      const path = process.env["PATH"] ?? "";
      Object.assign(process.env, { PATH: `${folder}:${path}`, IMAGEWRIGHT_ENGINE_TIMEOUT: "5" });
      try {
        await expect(given.host.launch(given.spec, other)).rejects.toMatchObject(notAnswering(machineId(other.owner, other.token)));
        // where a container is mounted is known as long as it is
        execFileSync("buildah", ["umount", machine.id], { env: { ...process.env, ...given.environment }, stdio: "ignore" });
        await expect(given.host.createImage(machine, given.output, request())).rejects.toMatchObject(notAnswering(machine.id));
      } finally {
        process.env["PATH"] = path;
        Reflect.deleteProperty(process.env, "IMAGEWRIGHT_ENGINE_TIMEOUT");
      }
      await given.host.terminate(machine);
      await given.host.terminate(await given.host.launch(given.spec, other));
      expect(await given.listResources()).toEqual(atFirst);
    }));

  test("a job of another boot of the computer is lost", async () => {
    const machine = await given.host.launch(given.spec, request());
    const job = await startScript(given.host, machine, RESTLESS, newToken());
    expect((await given.host.readJob(job, START)).state).toEqual({ kind: "running" });
    const path = `${jobPaths(machineFolders(given.stateFolder, machine.id), job).control}.process`;
    const [facts, boot] = (await readFile(path, "utf8")).split("\n");
    await writeFile(path, `${facts}\n00000000-0000-0000-0000-000000000000\n`);
    expect((await given.host.readJob(job, START)).state).toMatchObject({ kind: "lost" });
    await writeFile(path, `${facts}\n${boot}\n`);
    expect((await given.host.readJob(job, START)).state).toEqual({ kind: "running" });
    await given.host.terminate(machine);
    expect(await given.listResources()).toEqual(atFirst);
  });
};

if (problem === undefined) describe("machines of buildah of which a half is missing", suite);
else describe("machines of buildah of which a half is missing", () => test.skip(`skipped: ${problem}`, () => undefined));
