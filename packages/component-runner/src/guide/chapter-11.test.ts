import { standardRegistry } from "@imagewright/action-modules";
import { describe, expect, test } from "@jest/globals";
import { ExampleRunner, steps } from "./testing/run-example.js";

const runner = new ExampleRunner(standardRegistry);

/** The diagnostics for PowerShell, for which there is no module here. */
const NOT_ON_LINUX = "error: ExecutePowerShell does not run on Linux; it runs on Windows - use ExecuteBash";

describe("chapter 11, input and output chaining", () => {
  const TWO_DOWNLOADS = `
- name: Fetch
  action: S3Download
  timeoutSeconds: 60
  onFailure: Abort
  maxAttempts: 3
  inputs:
    - source: 's3://bucket/first.ps1'
      destination: 'C:\\first.ps1'
    - source: 's3://bucket/second.ps1'
      destination: 'C:\\second.ps1'
- name: Use
  action: DeleteFile
  inputs:
    - path: '{{ build.Fetch.inputs[INDEX].source }}'`;

  test("the source in the second input of a step", () => {
    expect(runner.check(steps(TWO_DOWNLOADS.replace("INDEX", "1")), "windows")).toEqual([]);
    expect(runner.check(steps(TWO_DOWNLOADS.replace("INDEX", "2")), "windows")).toEqual([
      'error: step "Fetch" has 2 items; there is no inputs[2]',
    ]);
  });

  test("the same for files, when run", async () => {
    const text = steps(`
- name: Write
  action: CreateFile
  inputs:
    - path: one
      content: first
    - path: two
      content: second
- name: Tell
  action: ExecuteBash
  inputs:
    commands:
      - 'echo "{{ build.Write.inputs[1].content }} in {{ build.Write.inputs[1].path }}"'`);
    expect(await runner.run(text)).toMatchObject({ status: "success", printed: ["second in two"] });
  });

  test("the output of a step (PowerShell)", () => {
    const text = `
- name: Say
  action: ExecutePowerShell
  timeoutSeconds: 120
  onFailure: Abort
  maxAttempts: 3
  inputs:
    commands:
      - 'Write-Host "Good morning"'
- name: Assert
  action: Assert
  inputs:
    stringEquals: Good morning
    value: '{{ build.Say.outputs.stdout }}'`;
    expect(runner.check(steps(text), "windows")).toEqual([]);
  });

  test("the output of a step, with bash", async () => {
    const text = `
- name: Say
  action: ExecuteBash
  inputs:
    commands:
      - 'echo "Good morning"'
- name: Same
  action: Assert
  inputs:
    stringEquals: Good morning
    value: '{{ build.Say.outputs.stdout }}'`;
    expect(await runner.run(steps(text))).toMatchObject({ status: "success", outputs: { Say: { stdout: "Good morning" } } });
  });

  // the guide asks for quotes in every case; YAML needs them only where a plain scalar would begin with a brace
  test.each([
    ["single quotes", "'echo {{ build.Say.outputs.stdout }}'"],
    ["double quotes", '"echo {{ build.Say.outputs.stdout }}"'],
    ["no quotes, which the guide calls invalid", "echo {{ build.Say.outputs.stdout }}"],
  ])("statements with references: %s", async (_title, command) => {
    const text = steps(
      `- name: Say\n  action: ExecuteBash\n  inputs:\n    commands: [echo hi]\n- name: Again\n  action: ExecuteBash\n  inputs:\n    commands:\n      - ${command}`,
    );
    expect(await runner.run(text)).toMatchObject({ status: "success", printed: ["hi", "hi"] });
  });
});

test("chapter 11, document schema and definitions: every key in its place, and the defaults of the table", async () => {
  const text = `name: Every key
description: All of the schema.
schemaVersion: "1.0"
phases:
  - name: "build"
    steps:
      - name: "Given"
        action: "ExecuteBash"
        timeoutSeconds: -1
        onFailure: "Continue"
        maxAttempts: 2
        inputs:
          commands: ["exit 7"]
      - name: "Default"
        action: "ExecuteBash"
        inputs:
          commands: ["true"]
`;
  const { result } = await runner.run(text);
  expect(result).toMatchObject({ status: "failed", documents: [{ name: "Every key", description: "All of the schema." }] });
  expect(result?.documents[0]?.phases[0]?.steps).toMatchObject([
    { timeoutSeconds: -1, onFailure: "Continue", maxAttempts: 2, attempts: 2, exitCode: 7, status: "failed" },
    { timeoutSeconds: 7200, onFailure: "Abort", maxAttempts: 1, attempts: 1, status: "success" },
  ]);
});

/** Fetches a program, makes it executable, runs it, and deletes it. */
const program = (get: string) => `name: RunAProgram
description: Gets a program and runs it.
schemaVersion: 1.0
phases:
  - name: build
    steps:
      - name: Get
${get}
      - name: Enable
        action: ExecuteBash
        onFailure: Continue
        inputs:
          commands:
            - 'chmod u+x {{ build.Get.inputs[0].destination }}'
      - name: Install
        action: ExecuteBinary
        onFailure: Continue
        inputs:
          path: '{{ build.Get.inputs[0].destination }}'
          arguments:
            - '--install'
      - name: Delete
        action: DeleteFile
        inputs:
          - path: '{{ build.Get.inputs[0].destination }}'
`;
const FROM_S3 =
  "        action: S3Download\n        inputs:\n          - source: s3://bucket/program\n            destination: /here/program";
const FROM_FILE = "        action: CopyFile\n        inputs:\n          - source: /here/source\n            destination: /here/program";

describe("chapter 11, document examples: run a custom binary file", () => {
  test.each([
    ["Linux", "linux"],
    ["macOS", "darwin"],
  ] as const)("%s: no faults", (_title, platform) => {
    expect(runner.check(program(FROM_S3), platform)).toEqual([]);
  });

  // S3Download is tested against a server in its own package; a local file replaces the object here
  test("what it does", async () => {
    expect(await runner.run(program(FROM_FILE), { files: { source: '#!/bin/sh\necho "got $1"' } })).toMatchObject({
      ...{ status: "success", steps: ["Get success", "Enable success", "Install success", "Delete success"] },
      ...{ outputs: { Install: { stdout: "got --install" } }, changes: [] },
    });
  });

  test("if the program fails, the document fails, and the program is still deleted", async () => {
    expect(await runner.run(program(FROM_FILE), { files: { source: "#!/bin/sh\nexit 5" } })).toMatchObject({
      ...{ status: "failed", changes: [] },
      steps: ["Get success", "Enable success", "Install failed: the command exited with code 5", "Delete success"],
    });
  });
});

/** The steps that get, run and delete a PowerShell script, as used in three phases. */
const script = (phase: string, place: string) => `
      - name: Get
        action: S3Download
        timeoutSeconds: 60
        onFailure: Abort
        maxAttempts: 3
        inputs:
          - source: 's3://bucket/${place}.ps1'
            destination: 'C:\\${place}.ps1'
      - name: Run
        action: ExecutePowerShell
        timeoutSeconds: 120
        onFailure: Abort
        maxAttempts: 3
        inputs:
          file: '{{${phase}.Get.inputs[0].destination}}'
      - name: Cleanup
        action: DeleteFile
        onFailure: Abort
        maxAttempts: 3
        inputs:
          - path: '{{${phase}.Get.inputs[0].destination}}'`;

const WINDOWS_UPDATES = `name: UpdateAndConfigure
description: 'Configures, restarts, updates,
  and proves all of it.'
schemaVersion: 1.0
phases:
  - name: build
    steps:${script("build", "settings")}
      - name: Restart
        action: Reboot
        inputs:
          delaySeconds: 60
      - name: Updates
        action: UpdateOS
  - name: validate
    steps:${script("validate", "proof")}
  - name: test
    steps:${script("test", "proof")}
`;

const setup = (name: string, path: string, parameters: readonly string[]) => `name: ${name}
description: Sets &CLI; up
schemaVersion: 1.0
phases:
  - name: build
    steps:
      - name: Get
        action: S3Download
        inputs:
          - source: s3://bucket/setup.exe
            destination: C:\\Windows\\temp\\setup.exe
      - name: Install
        action: ExecuteBinary
        onFailure: Continue
        inputs:
          path: '${path}'
          arguments:${parameters.map((parameter) => `\n            - '${parameter}'`).join("")}
      - name: Delete
        action: DeleteFile
        inputs:
          - path: '{{ build.Get.inputs[0].destination }}'
`;
const FETCHED = "{{ build.Get.inputs[0].destination }}";

describe("chapter 11, document examples for Windows", () => {
  test("install Windows updates: no faults", () => {
    expect(runner.check(WINDOWS_UPDATES, "windows")).toEqual([]);
  });

  test("install Windows updates, checked for Linux: PowerShell is rejected in every phase", () => {
    expect(runner.check(WINDOWS_UPDATES, "linux")).toEqual(Array(3).fill(NOT_ON_LINUX));
  });

  test.each([
    ["install the AWS CLI on a Windows instance", setup("SetUp", FETCHED, ["/install", "/quiet", "/norestart"])],
    [
      "install the AWS CLI with the MSI installer",
      setup("Msi", "C:\\Windows\\System32\\msiexec.exe", ["/i", FETCHED, "/quiet", "/norestart"]),
    ],
  ])("%s: no faults", (_title, text) => {
    expect(runner.check(text, "windows")).toEqual([]);
  });
});
