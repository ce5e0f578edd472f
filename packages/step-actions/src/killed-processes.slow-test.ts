import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { agentExecutable } from "@imagewright/agent";
import { chooseBuildHost, type ContainerHost } from "@imagewright/build-hosts";
import { importSmallImage } from "@imagewright/build-hosts/small-image";
import type { WorkflowExecution } from "@imagewright/workflow-engine";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { IN, LAUNCH } from "./testing/checked-text.js";
import { findHostProblem } from "./testing/host-problem.js";
import { outputsOf } from "./testing/test-build.js";

const problem = await findHostProblem();
const program = fileURLToPath(new URL("../dist/testing/kill-program.js", import.meta.url));
const STEPS = [
  LAUNCH,
  `{ name: Components, action: ExecuteComponents, inputs: { ${IN} } }`,
  `{ name: Clean, action: SanitizeInstance, inputs: { ${IN} } }`,
  `{ name: Create, action: CreateImage, inputs: { ${IN} } }`,
  `{ name: End, action: TerminateInstance, inputs: { ${IN} } }`,
];
const COMMANDS = [["echo begun >> /made; sleep 1", "echo ended >> /made"]];
const KILLS = 6;

(problem === undefined ? describe : describe.skip)(`killed builds${problem === undefined ? "" : ` (skipped: ${problem})`}`, () => {
  const image = `localhost/imagewright-test/killed-steps:${process.pid}`;
  let folder: string;
  let host: ContainerHost;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "imagewright-killed-"));
    ({ host } = await chooseBuildHost({ preferred: "buildah", stateFolder: join(folder, "state") }));
    await importSmallImage(host, image, [agentExecutable()]);
  });
  afterAll(async () => {
    await host.removeImage(image);
    rmSync(folder, { recursive: true, force: true });
  });

  /** What the program has printed; undefined if it was killed. */
  function run(root: string, killAt: number | "cancel"): { readonly execution: WorkflowExecution; readonly points: number } | undefined {
    const parameters = [program, root, image, agentExecutable(), String(killAt), JSON.stringify(STEPS), JSON.stringify(COMMANDS)];
    const { stdout, stderr, signal } = spawnSync(process.execPath, parameters, { encoding: "utf8" });
    if (signal === null && stdout === "") throw new Error(stderr);
    return signal === "SIGKILL" ? undefined : (JSON.parse(stdout) as ReturnType<typeof run>);
  }

  test("a process killed anywhere, and continued, has run the components once, made one image, and left no instance", async () => {
    const whole = run(join(folder, "whole"), 0);
    await expectWhole(join(folder, "whole"), whole?.execution);
    // the golden ratio spreads the points over the run
    for (let kill = 1; kill <= KILLS; kill++) {
      const killAt = 1 + Math.floor(((kill * 0.618034) % 1) * (whole?.points ?? 0));
      const root = join(folder, `killed-at-${killAt}`);
      expect([killAt, run(root, killAt)]).toEqual([killAt, undefined]);
      await expectWhole(root, run(root, 0)?.execution);
    }
  });

  test("a process killed anywhere, and cancelled by another, has left no instance", async () => {
    // all before the image: the launch, the components, the clean-up
    for (const killAt of [5, 6, 8, 11, 14, 30]) {
      const root = join(folder, `cancelled-at-${killAt}`);
      expect([killAt, run(root, killAt)]).toEqual([killAt, undefined]);
      expect([killAt, run(root, "cancel")?.execution.status]).toEqual([killAt, "CANCELLED"]);
      const { host: own } = await chooseBuildHost({ preferred: "buildah", stateFolder: join(root, "state") });
      expect([killAt, await own.removeOrphans(new Set())]).toEqual([killAt, []]);
    }
  });

  async function expectWhole(root: string, execution: WorkflowExecution | undefined): Promise<void> {
    if (execution === undefined) throw new Error("killed without a point");
    expect([root, execution.status, execution.message]).toEqual([root, "COMPLETED", undefined]);
    const reference = String(outputsOf(execution, "Create")["imageId"]);
    const { host: own } = await chooseBuildHost({ preferred: "buildah", stateFolder: join(root, "state") });
    const look = { owner: "look", token: "look" };
    const machine = await own.launch({ kind: "container", image: reference }, look);
    const job = await own.startJob(machine, { command: ["cat", "/made"] }, "made");
    let reading = await own.readJob(job, { events: 0, stdout: 0, stderr: 0 });
    while (reading.state.kind === "running") reading = await own.readJob(job, { events: 0, stdout: 0, stderr: 0 });
    expect(Buffer.from(reading.stdout).toString()).toBe("begun\nended\n");
    await own.terminate(machine);
    const left = await own.removeOrphans(new Set());
    expect(left.map(({ kind, name }) => [kind, name])).toEqual([["image", reference]]);
  }
});
