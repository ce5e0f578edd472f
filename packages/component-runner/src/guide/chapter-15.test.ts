import { standardRegistry } from "@imagewright/action-modules";
import type { RunResult } from "@imagewright/document-engine";
import { describe, expect, test } from "@jest/globals";
import { ExampleRunner, steps } from "./testing/run-example.js";

const runner = new ExampleRunner(standardRegistry);

describe("chapter 15, Assert", () => {
  const facts = (version: string, machine: string) => `
- name: Version
  action: ExecuteBash
  inputs: { commands: [echo ${version}] }
- name: Machine
  action: ExecuteBash
  inputs: { commands: [echo ${machine}] }`;

  const SIMPLE = `
- name: SameVersion
  action: Assert
  inputs:
    stringEquals: '3.4.5'
    value: '{{ validate.Version.outputs.stdout }}'`;

  test("a simple comparison using the stringEquals comparison operator", async () => {
    expect(await runner.run(steps(facts("3.4.5", "any") + SIMPLE, "validate"))).toMatchObject({ status: "success" });
    expect(await runner.run(steps(facts("3.4.6", "any") + SIMPLE, "validate"))).toMatchObject({
      status: "failed",
      steps: ["Version success", "Machine success", 'SameVersion failed: the condition is false: "3.4.6" is not equal to "3.4.5"'],
    });
  });

  // the guide gives these steps names with blanks, which are not allowed
  const patterns = (separator: string) => `
- name: Only${separator}letters
  action: Assert
  inputs:
    patternMatches: '^[a-zA-Z]+$'
    value: 'NothingButLetters'
- name: Letters${separator}and${separator}blanks
  action: Assert
  inputs:
    patternMatches: '^[a-zA-Z\\s]+$'
    value: 'Words with blanks'
- name: Only${separator}digits
  action: Assert
  inputs:
    patternMatches: '^[0-9]+$'
    value: '9876543210'`;

  test("regex comparisons using the patternMatches comparison operator", async () => {
    expect(await runner.run(steps(patterns("-")))).toMatchObject({
      status: "success",
      steps: ["Only-letters success", "Letters-and-blanks success", "Only-digits success"],
    });
  });

  test("regex comparisons using the patternMatches comparison operator: names with blanks", () => {
    expect(runner.check(steps(patterns(" ")))).toEqual(
      ["Only letters", "Letters and blanks", "Only digits"].map(
        (name) => `error: the step name "${name}" is not allowed; a name has the characters 0-9, a-z, A-Z, "-" and "_"`,
      ),
    );
  });

  const NESTED = `
- name: Nested
  action: Assert
  inputs:
    or: # one level
      - and: # two levels
          - numberGreaterThan: 3.0 # three levels
            value: '{{ validate.Version.outputs.stdout }}'
          - stringEquals: 'riscv64'
            value: '{{ validate.Machine.outputs.stdout }}'
      - stringEquals: 'x86_64'
        value: '{{ validate.Machine.outputs.stdout }}'`;

  test.each([
    ["3.1", "riscv64", "success"],
    ["2.9", "riscv64", "failed"],
    ["2.9", "x86_64", "success"],
    ["3.1", "sparc", "failed"],
  ])("nested comparisons with logical operators and chained variables: %s on %s is %s", async (version, machine, status) => {
    expect(await runner.run(steps(facts(version, machine) + NESTED, "validate"))).toMatchObject({ status });
  });
});

describe("chapter 15, ExecuteBash", () => {
  test("before and after a reboot", async () => {
    const text = `name: RestartOnce
description: This asks for a restart with
  the exit code of a command
schemaVersion: 1.0
phases:
  - name: build
    steps:
      - name: Restart
        action: ExecuteBash
        inputs:
          commands:
            - |
              MARK=/here/restarted
              if [ -f "\${MARK}" ]; then
                echo 'The mark is there. It is removed, and that is all.'
                rm "\${MARK}"
                exit 0
              fi
              echo 'There is no mark. It is made, and a restart is asked for.'
              touch "\${MARK}"
              exit 194
`;
    const [before, after] = await runner.runAcrossRestart(text);
    expect(before).toMatchObject({
      status: "restart",
      changes: ['+ restarted file ""'],
      printed: ["There is no mark. It is made, and a restart is asked for."],
    });
    expect(after).toMatchObject({
      ...{ status: "success", steps: ["Restart success"], changes: ['- restarted file ""'] },
      outputs: { Restart: { stdout: "The mark is there. It is removed, and that is all." } },
    });
  });
});

describe("chapter 15, ExecuteBinary", () => {
  const binary = (path: string) =>
    steps(`
- name: "Install"
  action: ExecuteBinary
  inputs:
    path: ${path}
    arguments:
      - /qb
      - /norestart`);

  test("install .NET: no faults for Windows, and on Linux the arguments arrive unchanged", async () => {
    expect(runner.check(binary("C:\\Programs\\installer.exe"), "windows")).toEqual([]);
    expect(await runner.run(binary("/bin/echo"))).toMatchObject({ outputs: { Install: { stdout: "/qb /norestart" } } });
  });
});

/** A document that prints its parameters in each of its phases. */
const INNER = `schemaVersion: 1.0
parameters:
  - colour: { type: string, default: none }
  - size: { type: string, default: none }
phases:
${["build", "validate", "test"].map((phase) => `  - name: ${phase}\n    steps:\n      - { name: Tell, action: ExecuteBash, inputs: { commands: ["echo ${phase} {{ colour }} {{ size }}"] } }\n`).join("")}`;

const outer = (document: string, more = "", loop = "") => `# outer.yaml
schemaVersion: 1.0

phases:
  - name: build
    steps:
      - name: RunInner
        action: ExecuteDocument${loop}
        inputs:
          document: ${document}${more}
          parameters:
            - name: colour
              value: red
            - name: size
              value: large
`;
/** The failure of the innermost step. */
function innermostFailure(result: RunResult | undefined): string | undefined {
  const step = result?.documents[0]?.phases[0]?.steps[0];
  return step?.nested[0] === undefined ? step?.failureMessage : innermostFailure(step.nested[0]);
}

const FILES = { "Inner-1.yaml": INNER, "Inner-2.yaml": INNER };

describe("chapter 15, ExecuteDocument", () => {
  test("local document path", async () => {
    const { status, printed, result } = await runner.run(outer("Inner-1.yaml", "\n          phases: build"), { files: FILES });
    expect([status, printed]).toEqual(["success", ["build red large"]]);
    const [step] = result?.documents[0]?.phases[0]?.steps ?? [];
    expect(step).toMatchObject({
      timeoutSeconds: -1,
      maxAttempts: 1,
      nested: [{ status: "success", documents: [{ phases: [{ name: "build" }] }] }],
    });
    const summary = {
      executedStepCount: 1,
      failedStepCount: 0,
      failureMessage: "",
      ignoredFailedStepCount: 0,
      logUrl: "",
      status: "success",
    };
    expect(step?.outputs).toEqual([{ ...summary, executionId: expect.any(String) }]);
  });

  test.each([
    [
      "S3 URI as a document path",
      outer("s3://bucket/Inner-1.yaml", "\n          document-s3-bucket-owner: 123456789000\n          phases: build,validate"),
    ],
    [
      "EC2 Image Builder component ARN as a document path",
      outer("arn:aws:imagebuilder:eu-west-3:aws:component/Inner-Test/1.0.0", "\n          phases: test"),
    ],
  ])("%s: no faults on any platform", (_heading, text) => {
    for (const platform of ["linux", "darwin", "windows"] as const) expect(runner.check(text, platform)).toEqual([]);
  });

  const PHASES = "\n          phases: test";
  test.each([
    [
      "using a ForEach loop to run documents",
      outer(
        '"{{eachDocument.value}}"',
        PHASES,
        "\n        loop:\n          name: 'eachDocument'\n          forEach:\n            - Inner-1.yaml\n            - Inner-2.yaml",
      ),
    ],
    [
      "using a For loop to run documents",
      outer(
        '"Inner-{{eachNumber.value}}.yaml"',
        PHASES,
        "\n        loop:\n          name: 'eachNumber'\n          for:\n            start: 1\n            end: 2\n            updateBy: 1",
      ),
    ],
  ])("%s", async (_heading, text) => {
    const { status, printed, result } = await runner.run(text, { files: FILES });
    expect([status, printed]).toEqual(["success", ["test red large", "test red large"]]);
    const paths = result?.documents[0]?.phases[0]?.steps[0]?.nested.flatMap(({ documents }) =>
      documents.map(({ filePath }) => filePath.replace(/.*\//, "")),
    );
    expect(paths).toEqual(["Inner-1.yaml", "Inner-2.yaml"]);
  });

  const call = (document: string) => steps(`- { name: Call, action: ExecuteDocument, inputs: { document: ${document} } }`);

  test("restrictions: at most three levels of nesting", async () => {
    const files = {
      "1.yaml": call("2.yaml"),
      "2.yaml": call("3.yaml"),
      "3.yaml": call("4.yaml"),
      "4.yaml": steps("- { name: End, action: ExecuteBash, inputs: { commands: [echo end] } }"),
    };
    expect(await runner.run(call("2.yaml"), { files })).toMatchObject({ status: "success", printed: ["end"] });
    const run = await runner.run(call("1.yaml"), { files });
    expect(run).toMatchObject({ status: "failed", printed: [] });
    expect(innermostFailure(run.result)).toBe('the document "4.yaml" is nested more than 3 levels deep');
  });

  test("restrictions: a document that calls one above it is a cycle", async () => {
    const run = await runner.run(call("1.yaml"), { files: { "1.yaml": call("2.yaml"), "2.yaml": call("1.yaml") } });
    const circle = ["example", "1", "2", "1"].map((name) => `"${name}.yaml"`).join(" runs ");
    expect(innermostFailure(run.result)?.replace(/"[^"]*\//g, '"')).toBe(`the documents run each other in a cycle: ${circle}`);
  });

  test("restrictions: time limit and attempts are fixed", () => {
    const text = (field: string) => steps(`- { name: Call, action: ExecuteDocument, ${field}, inputs: { document: a.yaml } }`);
    expect(runner.check(text("timeoutSeconds: 60"))).toEqual([
      'error: "timeoutSeconds" of ExecuteDocument is always -1; found "60" - leave "timeoutSeconds" out',
    ]);
    expect(runner.check(text("maxAttempts: 2"))).toEqual([
      'error: "maxAttempts" of ExecuteDocument is always 1; found "2" - leave "maxAttempts" out',
    ]);
    expect(runner.check(text("timeoutSeconds: -1, maxAttempts: 1"))).toEqual([]);
  });
});

describe("chapter 15, ExecutePowerShell", () => {
  const RESTART = `name: RestartOnce
description: This asks for a restart with
  the exit code of PowerShell
schemaVersion: 1.0
phases:
  - name: build
    steps:
      - name: Restart
        action: ExecutePowerShell
        inputs:
          commands:
            - |
              $mark = Join-Path -Path $env:SystemDrive -ChildPath 'restarted'
              if (Test-Path -Path $mark) {
                Write-Host 'The mark is there.'
                [System.Environment]::Exit(0)
              }
              New-Item -Path $mark -ItemType File | Out-Null
              [System.Environment]::Exit(3010)
`;

  test.each([
    ["windows"],
    ["linux", "error: ExecutePowerShell does not run on Linux; it runs on Windows - use ExecuteBash"],
    ["darwin", "error: ExecutePowerShell does not run on macOS; it runs on Windows - use ExecuteBash"],
  ] as const)("before and after a reboot, checked for %s", (platform, ...told) => {
    expect(runner.check(RESTART, platform)).toEqual(told);
  });
});
