import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { START, type JobRef } from "@imagewright/build-hosts";
import { importTestImage } from "@imagewright/build-hosts/contract";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { WorkflowExecution } from "@imagewright/workflow-engine";
import { readImageMetadata } from "./collect-image-metadata/run.js";
import { instanceIdOf, type CommandDocument, type CommandStep } from "./index.js";
import { runJob } from "./jobs/run-job.js";
import { IN, LAUNCH, TERMINATE } from "./testing/checked-text.js";
import { findHostProblem } from "./testing/host-problem.js";
import { messageOf, outputsOf, TestBuild } from "./testing/test-build.js";

const problem = await findHostProblem();

(problem === undefined ? describe : describe.skip)(
  `failing and leaving instances${problem === undefined ? "" : ` (skipped: ${problem})`}`,
  () => {
    const image = `localhost/imagewright-test/step-actions:${process.pid}`;
    let root: string;
    let build: TestBuild;
    beforeAll(async () => {
      root = mkdtempSync(join(tmpdir(), "imagewright-step-actions-"));
      build = await TestBuild.open({ root, image });
      await importTestImage(build.host, image);
    });
    afterAll(async () => {
      await build.close();
      await build.host.removeImage(image);
      rmSync(root, { recursive: true, force: true });
    });

    test("a step that fails has its reason, and the rollback terminates the instance", async () => {
      const execution = await build.run([
        LAUNCH,
        `{ name: Fail, action: RunCommand, inputs: { ${IN}, documentName: AWS-RunShellScript, parameters: { commands: ["echo said; echo why >&2; exit 3"] } } }`,
      ]);
      expect(execution.status).toBe("ROLLBACK_COMPLETED");
      expect(messageOf(execution, "Fail")).toBe('the script "script" of "AWS-RunShellScript" ended with exit code 3: said | why');
      expect(await machineOf(execution.steps[0]?.stepExecutionId)).toBeUndefined();
    });

    test("an unknown command document, version or parameter fails the step before a job runs", async () => {
      const command = (name: string, document: string) =>
        `{ name: ${name}, action: RunCommand, onFailure: Continue, inputs: { ${IN}, ${document}, parameters: { commands: [true] } } }`;
      const execution = await build.run([
        LAUNCH,
        command("Document", "documentName: AWS-RunShellScrip"),
        command("Version", 'documentName: AWS-RunShellScript, documentVersion: "7"'),
        command("Parameter", "documentName: AWS-RunShellScript").replace("commands", "command"),
        TERMINATE,
      ]);
      expect(["Document", "Version", "Parameter"].map((name) => messageOf(execution, name))).toEqual([
        'unknown command document "AWS-RunShellScrip"; allowed: "AWS-RunPowerShellScript" or "AWS-RunShellScript"; did you mean "AWS-RunShellScript"?',
        '"AWS-RunShellScript" has no version "7"; allowed: "$DEFAULT", "$LATEST" or "1"',
        'command document "AWS-RunShellScript": unknown parameter "command"; allowed: "commands", "executionTimeout" or "workingDirectory"; did you mean "commands"?; the parameter "commands" is required',
      ]);
    });

    test("a script with a first line #! is run by what that names; documents of one's own run, and stop at a script that fails", async () => {
      const step = (name: string, ...runCommand: string[]): CommandStep => ({ action: "aws:runShellScript", name, inputs: { runCommand } });
      const [one, two] = ["one", "two"].map((name) => step(name, "#!/bin/cat", `${name} {{ Text }}`)) as [CommandStep, CommandStep];
      const own: CommandDocument = {
        ...{ schemaVersion: "2.2", parameters: { Text: { type: "String", default: "words" } } },
        mainSteps: [one, step("bad", "exit 4"), two],
      };
      const owning = await TestBuild.open({
        root,
        image,
        name: "own",
        parts: {
          commandDocuments: new Map([
            ["Own", own],
            ["Good", { ...own, mainSteps: [one, two] }],
          ]),
        },
      });
      const run = (name: string) => `{ name: ${name}, action: RunCommand, onFailure: Continue, inputs: { ${IN}, documentName: ${name} } }`;
      const execution = await owning.run([LAUNCH, run("Good"), run("Own"), TERMINATE]);
      expect(outputsOf(execution, "Good")["output"]).toEqual(["#!/bin/cat\none words", "#!/bin/cat\ntwo words"]);
      expect(messageOf(execution, "Own")).toBe('the script "bad" of "Own" ended with exit code 4');
    });

    test("a PowerShell script is run by pwsh, and where there is none, the message says so", async () => {
      const lines = ["Write-Output 'a b'", "exit 0"];
      const script = (name: string) =>
        `{ name: ${name}, action: RunCommand, onFailure: Continue, inputs: { ${IN}, documentName: AWS-RunPowerShellScript, parameters: { commands: ${JSON.stringify(lines)}, workingDirectory: [/srv/here] } } }`;
      // prints what PowerShell would be given
      const install = ["cat > /bin/pwsh << 'END'", "#!/bin/sh", 'while [ $# -gt 1 ]; do echo "$1"; shift; done', 'pwd; cat "$1"', "END"];
      const commands = JSON.stringify([...install, "chmod 755 /bin/pwsh"]);
      const execution = await build.run([
        LAUNCH,
        script("Without"),
        `{ name: Install, action: RunCommand, inputs: { ${IN}, documentName: AWS-RunShellScript, parameters: { commands: ${commands} } } }`,
        script("With"),
        TERMINATE,
      ]);
      expect(messageOf(execution, "Without")).toMatch(
        /^the script "script" of "AWS-RunPowerShellScript" ended with exit code 127: .*pwsh.*: No such file or directory$/,
      );
      const flags = ["-NoProfile", "-NonInteractive", "-ExecutionPolicy", "Unrestricted", "-File"];
      expect(outputsOf(execution, "With")["output"]).toEqual([[...flags, "/srv/here", ...lines].join("\n")]);
    });

    test("a script ends with its executionTimeout, and a step with its timeoutSeconds", async () => {
      const script = (name: string, settings: string, rest = "") =>
        `{ name: ${name}, action: RunCommand, onFailure: Continue, ${rest} inputs: { ${IN}, documentName: AWS-RunShellScript, parameters: { commands: [sleep 60], ${settings} } } }`;
      const execution = await build.run([
        LAUNCH,
        script("Script", 'executionTimeout: ["1"]'),
        script("Step", 'workingDirectory: ["/made for it"]', "timeoutSeconds: 2,"),
        TERMINATE,
      ]);
      expect(messageOf(execution, "Script")).toBe(
        'the script "script" of "AWS-RunShellScript" did not end within 1 second, its executionTimeout',
      );
      expect(messageOf(execution, "Step")).toBe("the step did not end within 2 seconds");
      // nothing runs in it any more
      expect(execution.status).toBe("COMPLETED");
    });

    test("a step whose action throws while its job runs fails with the cause, and the job is ended", async () => {
      const { host } = build;
      let job: JobRef | undefined;
      const faulty = {
        startJob: async (...parameters: Parameters<typeof host.startJob>) => (job = await host.startJob(...parameters)),
        cancelJob: host.cancelJob.bind(host),
        readJob: async (...parameters: Parameters<typeof host.readJob>) => {
          const reading = await host.readJob(...parameters);
          if (reading.stdout.length > 0) throw new Error("the disk has a bad sector");
          return reading;
        },
      };
      const command = ["sh", "-c", "echo begun; sleep 4242"];
      const scanning = await TestBuild.open({
        ...{ root, image, name: "throwing" },
        parts: {
          scanFindings: async (machine, context) =>
            (await runJob(faulty, { machine, spec: { command }, what: "the scan", mostBytes: 1000 }, context)).stdout,
        },
      });
      const scan = `{ name: Scan, action: CollectImageScanFindings, onFailure: Continue, inputs: { ${IN} } }`;
      const execution = await scanning.run([LAUNCH, scan], "TEST");
      expect([execution.status, messageOf(execution, "Scan")]).toEqual(["COMPLETED", "the disk has a bad sector"]);
      expect(job && (await host.readJob(job, START)).state).toEqual({ kind: "cancelled" });
      await scanning.instances.endAll([execution]);
    });

    test("a scanner that is given scans the instance, and what it found is the output", async () => {
      const scanning = await TestBuild.open({
        ...{ root, image, name: "scanning" },
        parts: { scanFindings: (machine) => Promise.resolve(`nothing found in ${machine.id}`) },
      });
      const execution = await scanning.run(
        [LAUNCH, `{ name: Scan, action: CollectImageScanFindings, inputs: { ${IN} } }`, TERMINATE],
        "TEST",
      );
      const machine = instanceIdOf(execution.steps[0]?.stepExecutionId ?? "");
      expect(outputsOf(execution, "Scan")).toMatchObject({ status: "Success", output: expect.stringMatching(/^nothing found in \S+$/) });
      expect(machine).toBe(outputsOf(execution, "Launch")["instanceId"]);
    });

    test("the rollback of CollectImageMetadata removes what was collected", async () => {
      const steps = [LAUNCH, `{ name: Collect, action: CollectImageMetadata, inputs: { ${IN} } }`];
      const collected = async (execution: WorkflowExecution) => {
        const metadata = await readImageMetadata(build.folder, execution.steps[1]?.stepExecutionId ?? "");
        return [execution.status, execution.steps[1]?.rollbackStatus, metadata?.osVersion];
      };
      expect(await collected(await build.run([...steps, TERMINATE]))).toEqual(["COMPLETED", undefined, "Linux"]);
      const fail = `{ name: Fail, action: TerminateInstance, inputs: { instanceId: i-0123 } }`;
      expect(await collected(await build.run([...steps, fail]))).toEqual(["ROLLBACK_COMPLETED", "COMPLETED", undefined]);
    });

    test("an action of another host, whose condition is met in the run, fails with the reason", async () => {
      const execution = await build.run([
        LAUNCH,
        `{ name: Sysprep, action: RunSysPrep, onFailure: Continue, inputs: { ${IN} }, if: { stringEquals: met, value: met } }`,
        TERMINATE,
      ]);
      expect(messageOf(execution, "Sysprep")).toBe(
        "RunSysPrep cannot run here: Sysprep is a program of Windows, and instances are Linux containers",
      );
    });

    test("a termination that nobody waits for has happened when all instances are ended; so have those that were left", async () => {
      const execution = await build.run([
        LAUNCH,
        `{ name: Early, action: TerminateInstance, inputs: { ${IN} } }`,
        `{ name: Late, action: RunCommand, onFailure: Continue, inputs: { ${IN}, documentName: AWS-RunShellScript, parameters: { commands: [true] } } }`,
        `{ name: Other, action: LaunchInstance, inputs: { waitFor: ssmAgent } }`,
        `{ name: Nobody, action: TerminateInstance, onFailure: Continue, inputs: { instanceId: i-0123 } }`,
      ]);
      const gone = String(outputsOf(execution, "Launch")["instanceId"]);
      const unknown = (id: string) => `there is no instance "${id}": no step of this build has launched it, or it was terminated`;
      expect([messageOf(execution, "Late"), messageOf(execution, "Nobody")]).toEqual([unknown(gone), unknown("i-0123")]);
      await build.instances.endAll([execution]);
      for (const index of [0, 3]) expect(await machineOf(execution.steps[index]?.stepExecutionId)).toBeUndefined();
    });

    test("an instance whose workflow has failed is kept if that is wanted", async () => {
      const keeping = await TestBuild.open({ root, image, keeps: true, name: "kept" });
      const execution = await keeping.run([LAUNCH, `{ name: Scan, action: CollectImageScanFindings, inputs: { ${IN} } }`], "TEST");
      expect(execution.message).toBe('step "Scan" failed: CollectImageScanFindings cannot run here: no scanner is configured');
      await keeping.instances.endAll([execution]);
      const machine = await machineOf(execution.steps[0]?.stepExecutionId);
      expect(machine).toBeDefined();
      await build.instances.endAll([execution]);
      expect(await machineOf(execution.steps[0]?.stepExecutionId)).toBeUndefined();
    });

    test.each([
      [
        "an AMI",
        'imageIdOverride: "ami-0123456789abcdef0"',
        '"ami-0123456789abcdef0" is an image of EC2; buildah launches container images',
      ],
      [
        "an image that is not there",
        'imageIdOverride: "localhost/none:1"',
        'no parent image "localhost/none:1": buildah does not have it, and names that start with localhost/ are never pulled',
      ],
    ])("%s cannot be launched", async (_, override, message) => {
      const execution = await build.run([`{ name: Launch, action: LaunchInstance, inputs: { waitFor: ssmAgent, ${override} } }`]);
      expect(messageOf(execution, "Launch")).toBe(message);
    });

    function machineOf(stepExecutionId = "") {
      return build.host.findMachine({ owner: "test-build", token: instanceIdOf(stepExecutionId) });
    }
  },
);
