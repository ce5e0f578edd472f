import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chooseBuildHost, inspectEngines } from "@imagewright/build-hosts";
import type { WorkflowExecution } from "@imagewright/workflow-engine";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { containersOf, leftInData, running, whenRunning } from "./engine-state.js";
import { ib, type IbRun } from "./ib.js";
import { importSmallImage } from "./small-image.js";

const COMPONENT = (phase: string, command: string) =>
  `schemaVersion: 1.0\nphases: [{ name: ${phase}, steps: [{ name: Only, action: ExecuteBash, inputs: { commands: ["${command}"] } }] }]\n`;
const IN = "instanceId.$: $.stepOutputs.Launch.instanceId";
const LAUNCH = "{ name: Launch, action: LaunchInstance, inputs: { waitFor: ssmAgent } }";
const APPLY = `{ name: Apply, action: ExecuteComponents, inputs: { ${IN} } }`;
const flow = (...steps: readonly string[]) => `schemaVersion: 1.0\nsteps:\n${steps.map((step) => `  - ${step}\n`).join("")}`;
const timeless = (text: string) => text.replace(/\(\d+\.\d s\)/g, "(S)");

const engine = (await inspectEngines()).find((found) => found.engine === "buildah" && found.usable)?.engine;
if (engine === undefined) describe("ib workflow run", () => test.skip("skipped: buildah is not usable", () => undefined));
else describeRun(engine);

function describeRun(usable: string): void {
  describe(`ib workflow run, with ${usable}`, () => {
    const parent = `localhost/imagewright-test/workflow-run:${process.pid}`;
    let folder: string;
    let remove: () => Promise<void>;

    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), "imagewright-workflow-run-"));
      const { host } = await chooseBuildHost({ preferred: usable, stateFolder: join(folder, "state") });
      await importSmallImage(host, parent);
      remove = () => host.removeImage(parent);
      await writeFile(
        join(folder, "recipe.yaml"),
        `name: web\nsemanticVersion: 1.0.0\nparentImage: ${parent}\ncomponents: [{ document: c.yaml }]\n`,
      );
      await writeFile(join(folder, "c.yaml"), COMPONENT("build", "echo made > /made"));
    });
    afterAll(async () => {
      await remove();
      await rm(folder, { recursive: true, force: true });
    });

    const run = async (text: string, ...flags: string[]) => {
      await writeFile(join(folder, "w.yaml"), text);
      return ib(["workflow", "run", "w.yaml", "--recipe", "recipe.yaml", "--engine", usable, ...flags], { folder });
    };

    test("runs the components of the recipe, and leaves nothing but their logs", async () => {
      const shell = "documentName: AWS-RunShellScript, parameters: { commands: [cat /made] }";
      const metadata = "{ name: Image, action: CreateImage, inputs: { instanceId.$: $.stepOutputs.Launch.instanceId } }";
      const look = `{ name: Look, action: RunCommand, inputs: { ${IN}, ${shell} } }`;
      const skip = `{ name: Skip, action: RunSysPrep, if: { stringEquals: Windows, value: $.imagebuilder.platform }, inputs: { ${IN} } }`;
      const { code, stdout, stderr } = await run(flow(LAUNCH, APPLY, look, skip, metadata), "--type", "build", "--json");
      const logs = await readdir(join(folder, "home", "logs"));
      expect([code, timeless(stderr).split("\n")]).toEqual([
        0,
        [
          "w.yaml, a BUILD workflow, with buildah (it was requested)",
          "  Launch, LaunchInstance: COMPLETED (S)",
          "  Apply, ExecuteComponents: COMPLETED (S)",
          "  Look, RunCommand: COMPLETED (S)",
          '  Skip, RunSysPrep: SKIPPED: "Linux" is not equal to "Windows"',
          "  Image, CreateImage: COMPLETED (S)",
          `logs: ${join(folder, "home", "logs", logs.join())}`,
          "COMPLETED",
          "",
        ],
      ]);
      const { status, steps } = JSON.parse(stdout) as WorkflowExecution;
      expect([status, ...steps.map((step) => `${step.name} ${step.status}`)]).toEqual([
        ...["COMPLETED", "Launch COMPLETED", "Apply COMPLETED", "Look COMPLETED", "Skip SKIPPED", "Image COMPLETED"],
      ]);
      expect((JSON.parse(steps[2]?.outputs ?? "{}") as { output: string[] }).output).toEqual(["made"]);
      expect([...containersOf(usable, parent), ...(await leftInData(join(folder, "home")))]).toEqual([]);
    });

    test("a component that fails: what has run is rolled back, and the exit code is 1", async () => {
      await writeFile(join(folder, "c.yaml"), COMPONENT("build", "exit 3"));
      const { code, stderr } = await run(flow(LAUNCH, APPLY), "--type", "build");
      const failed = 'component "c" failed in phase build, step "Only": the command exited with code 3';
      expect([
        code,
        timeless(stderr)
          .split("\n")
          .filter((line) => !line.startsWith("logs: ")),
      ]).toEqual([
        1,
        [
          "w.yaml, a BUILD workflow, with buildah (it was requested)",
          "  Launch, LaunchInstance: COMPLETED (S)",
          `  Apply, ExecuteComponents: FAILED (S): ${failed}`,
          "  Launch: rolled back",
          `ROLLBACK_COMPLETED: step "Apply" failed: ${failed}`,
          "",
        ],
      ]);
      expect([...containersOf(usable, parent), ...(await leftInData(join(folder, "home")))]).toEqual([]);
    });

    test("Ctrl-C while a component runs ends it, rolls back, and leaves nothing but the logs", async () => {
      await writeFile(join(folder, "c.yaml"), COMPONENT("build", "sleep 86399"));
      await writeFile(join(folder, "w.yaml"), flow(LAUNCH, APPLY));
      const { code, stderr } = await ib(["workflow", "run", "w.yaml", "--recipe", "recipe.yaml", "--engine", usable, "--type", "build"], {
        folder,
        onStart: (child) => void whenRunning("86399").then(() => child.kill("SIGINT")),
      });
      expect([code, stderr]).toEqual([130, expect.stringMatching(/\nSIGINT: .*\n(.*\n)*cancelled(; the logs are in \S+)?\n$/)]);
      expect([await running("86399"), containersOf(usable, parent), await leftInData(join(folder, "home"))]).toEqual([[], [], []]);
    });

    test("Ctrl-C while a step waits for an answer leaves nothing that waits", async () => {
      await writeFile(join(folder, "w.yaml"), flow(LAUNCH, "{ name: Approve, action: WaitForAction }"));
      let isSent = false;
      const { code } = await ib(["workflow", "run", "w.yaml", "--recipe", "recipe.yaml", "--engine", usable, "--type", "build"], {
        folder,
        onStderr: (text, kill) => {
          if (isSent || !text.includes("answer it with")) return;
          isSent = true;
          kill("SIGINT");
        },
      });
      expect(code).toBe(130);
      expect([containersOf(usable, parent), await leftInData(join(folder, "home"))]).toEqual([[], []]);
      const answer = await ib(["workflow", "resume", "Approve"], { folder });
      expect([answer.code, answer.stderr]).toEqual([1, 'error: the step "Approve" waits for no answer; no step does\n']);
    });

    test.each([
      ["resume", 0, "COMPLETED", "resumed"],
      ["stop", 1, "FAILED", "stopped"],
    ])("a step waits until ib workflow %s", async (verb, expected, status, done) => {
      const answers: Promise<IbRun>[] = [];
      const wait = "{ name: Approve, action: WaitForAction, inputs: { payload: is it good } }";
      await writeFile(join(folder, "w.yaml"), flow(wait));
      const { code, stdout, stderr } = await ib(
        ["workflow", "run", "w.yaml", "--recipe", "recipe.yaml", "--engine", usable, "--type", "build", "--json"],
        {
          folder,
          onStderr: (text) => {
            if (answers.length === 0 && text.includes("answer it with"))
              answers.push(ib(["workflow", verb, "Approve", "--reason", "seen"], { folder }));
          },
        },
      );
      const [answer] = await Promise.all(answers);
      expect(answer).toEqual({ code: 0, stdout: "", stderr: `${done} step "Approve"\n` });
      expect(stderr).toContain(
        "  Approve waits for an answer: is it good\n  answer it with: ib workflow resume Approve, or ib workflow stop Approve\n",
      );
      const execution = JSON.parse(stdout) as WorkflowExecution;
      expect([code, execution.status]).toEqual([expected, status]);
      expect(execution.steps[0]).toMatchObject(
        verb === "resume" ? { outputs: '{"action":"RESUME","reason":"seen"}' } : { message: "it was stopped: seen" },
      );
    });
  });
}
