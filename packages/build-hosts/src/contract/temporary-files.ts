import { readdirSync, statSync } from "node:fs";
import { mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect } from "@jest/globals";
import { engineEnvironment } from "../choose/engine-environment.js";
import type { ContainerHost } from "../port/container-host.js";
import type { MachineRef } from "../port/refs.js";
import type { EngineProcesses, LeftOutChapters } from "./build-host-under-test.js";
import { chapterTest } from "./chapter-test.js";
import { newToken } from "./finished-job.js";
import { OtherProcess } from "./other-process.js";
import type { TestBench } from "./test-bench.js";

// takes an engine long enough to be killed while it writes it
const MAKE_LARGE_FILE = "head -c 80000000 /dev/urandom > /large";
const LARGE_BYTES = 1_000_000;

/** The chapter about what engines write on their way, for hosts whose engines do that on this computer. */
export function describeTemporaryFiles(bench: TestBench, leftOut: LeftOutChapters): void {
  const test = chapterTest("temporary files", leftOut);
  let folders = 0;
  const engine = (): EngineProcesses => {
    if (bench.given.engineProcesses === undefined) throw new Error("the host under test does not tell of its engine's processes");
    return bench.given.engineProcesses;
  };
  const host = (): ContainerHost => bench.given.containerHost as ContainerHost;
  const withLargeFile = (body: (machine: MachineRef) => Promise<void>) =>
    bench.withMachine(async (machine) => {
      await bench.sh(machine, MAKE_LARGE_FILE);
      await body(machine);
    });

  /**
   * Kills another process in a call while its engine writes a large temporary file, with the engine if that `isKilled`. Returns what the
   * next run leaves.
   */
  async function killInCall(method: "exportImage" | "createImage", parameters: readonly unknown[], isKilled = false): Promise<string[]> {
    const folder = join(bench.folder, `killed-${++folders}`);
    const files = join(folder, "tmp");
    await mkdir(files, { recursive: true });
    // an ordinary user's engine may have a part of its store in the folder for temporary files
    const store = process.getuid?.() === 0 ? {} : await engineEnvironment(host().name as "buildah" | "podman");
    const module = `Object.assign(process.env, ${JSON.stringify({ ...store, TMPDIR: files })});\n${bench.given.hostModule}`;
    const other = await OtherProcess.start(module, folder);
    const places = [files, join(bench.given.stateFolder ?? "", "tmp")];
    try {
      other.send(method, parameters);
      const isOver = other.result().then(
        () => true,
        () => true,
      );
      while (!places.some(hasLargeFile) && !(await Promise.race([isOver, sleep(1, false)])));
    } finally {
      await other.kill();
    }
    if (isKilled) await engine().kill(places);
    await host().removeOrphans(new Set([OWNER]));
    if (method === "createImage" && !isKilled) expect(engine().writingTo(places)).not.toEqual([]);
    return readdir(files);
  }

  const leftInState = () => readdir(join(bench.given.stateFolder ?? "", "tmp")).catch(() => []);

  describe("temporary files of the engine", () => {
    test("what a call has written that was killed with its process is removed by the next run", () =>
      withLargeFile(async (machine) => {
        const image = await host().createImage(machine, { kind: "oci" }, bench.request());
        try {
          expect(await killInCall("exportImage", [image.reference, join(bench.folder, newToken())])).toEqual([]);
          expect(await leftInState()).toEqual([]);
        } finally {
          await host().removeImage(image.reference);
        }
      }));

    test("a call that outlives its process keeps its own until its end, and removes them", () =>
      withLargeFile(async (machine) => {
        const parameters = [machine, { kind: "oci" }, bench.request(OWNER)] as const;
        expect(await killInCall("createImage", parameters)).toEqual([]);
        const image = await host().createImage(...parameters);
        await host().removeImage(image.reference);
        expect(await leftInState()).toEqual([]);
      }));

    test("if that is killed too, the next run removes them", () =>
      withLargeFile(async (machine) => {
        const parameters = [machine, { kind: "oci" }, bench.request(OWNER)] as const;
        expect(await killInCall("createImage", parameters, true)).toEqual([]);
        expect(await leftInState()).toEqual([]);
        const image = await host().createImage(...parameters);
        await host().removeImage(image.reference);
      }));
  });
}

const OWNER = "contract";

function hasLargeFile(folder: string): boolean {
  try {
    const paths = readdirSync(folder, { recursive: true, encoding: "utf8" });
    return paths.some((path) => (statSync(join(folder, path), { throwIfNoEntry: false })?.size ?? 0) > LARGE_BYTES);
  } catch {
    return false; // it changes meanwhile
  }
}
