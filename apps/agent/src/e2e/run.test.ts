import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { readTree, withTemporaryFolder } from "@imagewright/test-kit";
import { ibAgent } from "./agent.js";

const HELLO = `
name: hello
description: says hello
schemaVersion: 1.0
parameters:
  - Who: { type: string, default: world }
phases:
  - name: build
    steps:
      - name: Say
        action: ExecuteBash
        inputs:
          commands: ['echo "hello {{ Who }}"', "echo oops >&2"]
  - name: test
    steps:
      - name: Check
        action: Assert
        inputs: { fileExists: hello.yaml }
`;

const FAILING = `
schemaVersion: 1.0
phases:
  - name: build
    steps:
      - name: Fail
        action: ExecuteBash
        inputs:
          commands: [seq 30, exit 3]
      - name: Never
        action: ExecuteBash
        inputs:
          commands: [touch never]
`;

/** A folder with hello.yaml and the given files. */
function inFolder(body: (folder: string) => Promise<void>, files: Record<string, string> = {}): Promise<void> {
  return withTemporaryFolder(async (folder) => {
    for (const [name, text] of Object.entries({ "hello.yaml": HELLO, ...files })) await writeFile(join(folder, name), text);
    await mkdir(join(folder, "logs"));
    await body(folder);
  });
}

async function logFile(folder: string, name: string): Promise<string> {
  const [logs] = await readdir(join(folder, "logs"));
  return readFile(join(folder, "logs", logs as string, name), "utf8");
}

const withoutTimes = (log: string) => log.replace(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3} /gm, "");

describe("chapter 09: ib-agent run", () => {
  test("prints the result that awstoe prints, with its keys in its order", () =>
    inFolder(async (folder) => {
      const { code, stdout, stderr } = await ibAgent(["run", "-d", "hello.yaml", "-l", "logs", "-i", "run-1"], { folder });
      const [logs] = await readdir(join(folder, "logs"));
      expect([code, stderr]).toEqual([0, ""]);
      expect(logs).toMatch(/^TOE_\d{4}-\d\d-\d\d_\d\d-\d\d-\d\d_UTC-0_run-1$/);
      expect(stdout).toBe(
        `${JSON.stringify({ executionId: "run-1", status: "success", failedStepCount: 0, executedStepCount: 2, ignoredFailedStepCount: 0, failureMessage: "", logUrl: join(folder, "logs", logs as string) }, null, 2)}\n`,
      );
    }));

  test("writes the log folder of chapter 11", () =>
    inFolder(async (folder) => {
      await ibAgent(["run", "-d", "hello.yaml", "-l", "logs"], { folder });
      const [logs] = await readdir(join(folder, "logs"));
      expect((await readdir(join(folder, "logs", logs as string))).sort()).toEqual([
        "application.log",
        "chaining.json",
        "console.log",
        "detailedoutput.json",
        "document.yaml",
      ]);
      expect(await logFile(folder, "document.yaml")).toBe(HELLO);
      expect(withoutTimes(await logFile(folder, "console.log"))).toBe(
        [
          "Info Document hello.yaml",
          "Info Phase build",
          "Info Step Say",
          "Info Stdout: hello world",
          "Info Command execution completed successfully",
          "Info Stderr: oops",
          "",
          "Info ExitCode 0",
          "Info Phase test",
          "Info Step Check",
          `Info the condition is true: "${join(folder, "hello.yaml")}" is a file`,
          "Info TOE has completed execution successfully",
          "",
        ].join("\n"),
      );
    }));

  test("detailedoutput.json has the form of chapter 15", () =>
    inFolder(async (folder) => {
      await ibAgent(["run", "-d", "hello.yaml", "-l", "logs", "-p", "build", "-i", "run-1"], { folder });
      const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
      const times = { startTime: time, endTime: time };
      expect(JSON.parse(await logFile(folder, "detailedoutput.json"))).toEqual({
        executionId: "run-1",
        status: "success",
        ...times,
        failureMessage: "",
        documents: [
          {
            name: "hello",
            filePath: "hello.yaml",
            status: "success",
            description: "says hello",
            ...times,
            failureMessage: "",
            phases: [
              {
                name: "build",
                status: "success",
                ...times,
                failureMessage: "",
                steps: [
                  {
                    name: "Say",
                    status: "success",
                    failureMessage: "",
                    timeoutSeconds: 7200,
                    onFailure: "Abort",
                    maxAttempts: 1,
                    action: "ExecuteBash",
                    ...times,
                    inputs: '[{"commands":["echo \\"hello world\\"","echo oops >&2"]}]',
                    outputs: '[{"stdout":"hello world"}]',
                    loop: null,
                    detailedOutput: null,
                    // our keys, in addition to awstoe's
                    ...{ attempts: 1, changed: null, condition: null },
                  },
                ],
              },
            ],
          },
        ],
      });
    }));

  test("a failed step ends the run with its place, exit code, last 20 lines and the logs", () =>
    inFolder(
      async (folder) => {
        const { code, stdout, stderr } = await ibAgent(["run", "-d", "failing.yaml,hello.yaml", "-l", "logs"], { folder });
        const { logUrl, ...result } = JSON.parse(stdout) as { logUrl: string };
        expect([code, result]).toEqual([
          1,
          {
            executionId: expect.any(String),
            status: "failed",
            failedStepCount: 1,
            executedStepCount: 1,
            ignoredFailedStepCount: 0,
            failureMessage: "Document failing.yaml failed!",
          },
        ]);
        const lastLines = Array.from({ length: 20 }, (_, line) => `    | ${line + 11}`);
        expect(stderr.split("\n")).toEqual([
          'failing.yaml:6: failed: step "Fail" of phase "build" (ExecuteBash)',
          "  the command exited with code 3",
          "  its last output:",
          ...lastLines,
          `  logs: ${logUrl}`,
          "",
        ]);
        expect(await readdir(folder)).not.toContain("never");
        expect(withoutTimes(await logFile(folder, "console.log"))).toMatch(
          /Info ExitCode 3\nInfo Step Fail attempt 1 failed: the command exited with code 3\nInfo TOE has completed execution with failure - Execution failed!\n$/,
        );
        expect(await logFile(folder, "document-2.yaml")).toBe(HELLO);
      },
      { "failing.yaml": FAILING },
    ));

  test("a failure inside ExecuteDocument names the inner step, its line and its last output", () =>
    inFolder(
      async (folder) => {
        const { code, stdout, stderr } = await ibAgent(["run", "-d", "outer.yaml", "-l", "logs"], { folder });
        expect(code).toBe(1);
        expect(stderr.split("\n").map((line) => line.replace(/\| \d+$/, "| N"))).toEqual([
          'failing.yaml:6: failed: step "Fail" of phase "build" (ExecuteBash)',
          "  the command exited with code 3",
          "  its last output:",
          ...Array.from({ length: 20 }, () => "    | N"),
          "",
          'outer.yaml:1: failed: step "Outer" of phase "build" (ExecuteDocument)',
          expect.stringMatching(/^ {2}\S/),
          ...[`  logs: ${(JSON.parse(stdout) as { logUrl: string }).logUrl}`, ""],
        ]);
      },
      {
        "failing.yaml": FAILING,
        "outer.yaml":
          "{ schemaVersion: 1.0, phases: [{ name: build, steps: [{ name: Outer, action: ExecuteDocument, inputs: { document: failing.yaml } }] }] }",
      },
    ));

  test("an unusable state directory is an error", () =>
    inFolder(async (folder) => {
      const inPlace = (place: string) => ibAgent(["run", "-d", "hello.yaml", "-l", "logs", "-s", place, "-i", "mine"], { folder });
      const nowhere = await inPlace("/proc/nowhere");
      expect([nowhere.code, nowhere.stdout]).toEqual([1, ""]);
      expect(nowhere.stderr).toMatch(
        /^error: the state of the run cannot be written to ".*\/mine": .* \[component-runner\/state-not-written\]\n {2}try: name another folder with --state-directory\n$/,
      );
      const own = "name a folder of your own with --state-directory: nobody else may write to it, nor replace it; a missing one is made";
      expect(await inPlace("hello.yaml")).toEqual({
        code: 1,
        stdout: "",
        stderr: `error: the state of the run is not taken from "${folder}/hello.yaml": it is no folder [component-runner/state-refused]\n  try: ${own}\n`,
      });
    }));

  test("parameters: the command line overrides defaults; quotes keep commas; unknown ones are ignored with a warning", () =>
    inFolder(async (folder) => {
      const { code, stderr } = await ibAgent(["run", "-d", "hello.yaml", "-l", "logs", "--parameters", '"Who=a,b=c",Other=1'], { folder });
      expect([code, stderr]).toEqual([0, 'warning: no document has the parameter "Other"; ignored\n']);
      expect(await logFile(folder, "console.log")).toContain("Stdout: hello a,b=c\n");
    }));

  // field case phase-name-typo
  test.each([
    ["verify", 0, 'warning: no document has the phase "verify"; they have "build" and "test"\n'],
    ["Build", 0, 'warning: no document has the phase "Build"; they have "build" and "test"; did you mean "build"?\n'],
    ["build,tset", 1, 'warning: no document has the phase "tset"; they have "build" and "test"; did you mean "test"?\n'],
    ["build", 1, ""],
  ])("--phases %s: what no document has succeeds with no steps, and a warning", (phases, executedStepCount, warning) =>
    inFolder(async (folder) => {
      const { code, stdout, stderr } = await ibAgent(["run", "-d", "hello.yaml", "-l", "logs", "-p", phases], { folder });
      expect([code, JSON.parse(stdout), stderr]).toMatchObject([0, { status: "success", executedStepCount }, warning]);
    }),
  );

  test("a phase that one of several documents has is no reason to warn", () =>
    inFolder(
      async (folder) => {
        const { code, stderr } = await ibAgent(["run", "-d", "hello.yaml,other.yaml", "-l", "logs", "-p", "install"], { folder });
        expect([code, stderr]).toEqual([0, expect.not.stringContaining("no document has")]);
      },
      {
        "other.yaml":
          "schemaVersion: 1.0\nphases: [{ name: install, steps: [{ name: A, action: ExecuteBash, inputs: { commands: ['true'] } }] }]\n",
      },
    ));

  test("--trace prints console.log on standard error", () =>
    inFolder(async (folder) => {
      const { stderr } = await ibAgent(["run", "-d", "hello.yaml", "-l", "logs", "-t"], { folder });
      expect(stderr).toBe(await logFile(folder, "console.log"));
    }));

  test("--event-stream prints the events of the run, one JSON object a line", () =>
    inFolder(async (folder) => {
      const { stderr } = await ibAgent(["run", "-d", "hello.yaml", "-l", "logs", "-p", "build", "--event-stream"], { folder });
      const events = stderr
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line) as { type: string });
      // what a command prints may come in several pieces
      const types = events.map(({ type }) => type).filter((type, index, all) => type !== all[index - 1]);
      expect(types).toEqual([
        ...["run-started", "document-started", "phase-started", "step-started", "step-output", "attempt-finished", "step-finished"],
        ...["phase-finished", "document-finished", "run-finished"],
      ]);
    }));

  test("faults are all reported, and nothing runs", () =>
    inFolder(
      async (folder) => {
        const before = await readTree(folder);
        const { code, stdout, stderr } = await ibAgent(["run", "-d", "hello.yaml,broken.yaml", "-l", "logs"], { folder });
        expect([code, JSON.parse(stdout)]).toMatchObject([
          1,
          {
            status: "failed",
            executedStepCount: 0,
            failureMessage: "2 documents not run because of faults: hello.yaml, broken.yaml",
            logUrl: "",
          },
        ]);
        expect(stderr).toContain('broken.yaml:1:48: unknown action "Nope"');
        expect(await readTree(folder)).toEqual(before);
      },
      { "broken.yaml": "phases: [{ name: x, steps: [{ name: y, action: Nope }] }]" },
    ));

  test("Ctrl-C ends the step and its children", () =>
    inFolder(
      async (folder) => {
        let sent = false;
        const { code, stdout, stderr } = await ibAgent(["run", "-d", "slow.yaml", "-l", "logs", "-t"], {
          folder,
          onStderr: (text, kill) => {
            if (sent || !text.includes("Stdout: ready")) return;
            sent = true;
            kill("SIGINT");
          },
        });
        expect([code, JSON.parse(stdout)]).toMatchObject([130, { status: "failed", failureMessage: "the run was cancelled" }]);
        expect(stderr).toContain("SIGINT: ending the running step and its processes\n");
        expect(stderr).toContain("the run was cancelled");
        const pid = (await readFile(join(folder, "child"), "utf8")).trim();
        // an ended process has no command line, whether it has been reaped or not
        expect(await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "")).toBe("");
      },
      {
        "slow.yaml": `
schemaVersion: 1.0
phases:
  - name: build
    steps:
      - name: Wait
        action: ExecuteBash
        inputs:
          commands: ["sleep 1000 & echo $! > child", echo ready, wait]
`,
      },
    ));
});

describe("chapter 20: the input configuration file", () => {
  const CONFIG = {
    documents: [{ path: "hello.yaml", parameters: [{ name: "Who", value: "Monday" }] }, { path: "second.yaml" }],
    parameters: [{ name: "Who", value: "everybody" }],
    phases: "build",
    executionId: "from-file",
    logDirectory: "logs",
    trace: true,
  };

  test("a document's own parameters override those for all; a flag overrides the file", () =>
    inFolder(
      async (folder) => {
        const { code, stdout, stderr } = await ibAgent(["run", "--config", "run.json", "--execution-id", "from-flag"], { folder });
        expect([code, JSON.parse(stdout)]).toMatchObject([0, { executionId: "from-flag", executedStepCount: 2 }]);
        expect(stderr.match(/Stdout: .*/g)).toEqual(["Stdout: hello Monday", "Stdout: hello everybody"]);
      },
      { "run.json": JSON.stringify(CONFIG), "second.yaml": HELLO },
    ));

  test("a document listed twice has different parameters each time", () =>
    inFolder(
      async (folder) => {
        const { code, stderr } = await ibAgent(["run", "--config", "run.json"], { folder });
        expect([code, stderr.match(/Stdout: .*/g)]).toEqual([0, ["Stdout: hello one", "Stdout: hello everybody", "Stdout: hello three"]]);
      },
      {
        "run.json": JSON.stringify({
          ...CONFIG,
          documents: [
            { path: "hello.yaml", parameters: [{ name: "Who", value: "one" }] },
            { path: "hello.yaml" },
            { path: "hello.yaml", parameters: [{ name: "Who", value: "three" }] },
          ],
        }),
      },
    ));

  test.each([
    [["run", "--config", "nope.json"], 1, 'error: no configuration file at "nope.json" [component-runner/document-not-found]'],
    [["run", "--config", "empty.json"], 2, 'empty.json:1:72: "value" must not be empty'],
    [["run", "--config", "twice.json"], 2, 'twice.json:1:85: the parameter "a" is given twice'],
    [["run", "--config", "inner.json"], 2, 'inner.json:1:83: the parameter "a" is given twice'],
  ])("%j", (parameters, expected, message) =>
    inFolder(
      async (folder) => {
        const { code, stdout, stderr } = await ibAgent(parameters, { folder });
        expect([code, stdout]).toEqual([expected, ""]);
        expect(stderr).toContain(message);
      },
      {
        "empty.json": '{"documents":[{"path":"hello.yaml"}],"parameters":[{"name":"a","value":""}]}',
        "twice.json": '{"documents":[{"path":"hello.yaml"}],"parameters":[{"name":"a","value":"1"},{"name":"a","value":"2"}]}',
        "inner.json": '{"documents":[{"path":"hello.yaml","parameters":[{"name":"a","value":"1"},{"name":"a","value":"2"}]}]}',
      },
    ),
  );

  test.each([
    [
      ["run", "--config", "run.json", "--documents", "hello.yaml"],
      "--documents cannot be combined with --config; write it into the configuration file",
    ],
    [
      ["run", "--config", "run.json", "--parameters", "a=b"],
      "--parameters cannot be combined with --config; write it into the configuration file",
    ],
    [["run", "--config", "wrong.json"], 'wrong.json:1:17: the configuration file: unknown key "documets"'],
  ])("%j", (parameters, message) =>
    inFolder(
      async (folder) => {
        const { code, stdout, stderr } = await ibAgent(parameters, { folder });
        expect([code, stdout]).toEqual([2, ""]);
        expect(stderr).toContain(message);
      },
      { "run.json": JSON.stringify(CONFIG), "wrong.json": '{"phases":"all","documets":[]}' },
    ),
  );
});

describe("the command line", () => {
  test.each([
    [[], 2, "", "194 the machine has to restart before the run continues"],
    [["run"], 2, "give either --documents or --config", ""],
    [
      ["run", "-d", "hello.yaml", "other.yaml"],
      2,
      'unexpected argument "other.yaml"; lists have commas between their items, and no spaces',
      "",
    ],
    [["run", "--docments", "hello.yaml"], 2, 'did you mean "--documents"?', ""],
    [["run", "-d"], 2, "--documents needs a value: LIST", ""],
    [["run", "-d", "hello.yaml", "--parameters", "ntp-server"], 2, '--parameters: "ntp-server" is not name=value', ""],
    [
      ["run", "-d", "hello.yaml", "--parameters", "Who=a,b"],
      2,
      `--parameters: "b" is not name=value; if it belongs to the value of "Who", the pair needs quotes: '"Who=a,b"'`,
      "",
    ],
    [["run", "-d", "hello.yaml", "-s", "a", "--state-directory", "b"], 2, "--state-directory is given twice", ""],
    [
      ["run", "-d", "hello.yaml", "-d", "nowhere.yaml"],
      1,
      'error: no component document at "nowhere.yaml" [component-runner/document-not-found]',
      "",
    ],
    [["run", "-d", "hello.yaml", "--execution-id", "../up"], 2, "--execution-id must have 1 to 128", ""],
    [["rnu"], 2, 'unknown command "rnu"; allowed: "completion", "run" or "validate"; did you mean "run"?', ""],
    [["run", "-d", "nowhere.yaml"], 1, 'error: no component document at "nowhere.yaml" [component-runner/document-not-found]', ""],
    [
      ["run", "-d", "."],
      1,
      'error: the component document "." cannot be read: it is a folder [component-runner/document-not-readable]',
      "",
    ],
    [["run", "--help"], 0, "", "--document-s3-bucket-owner ACCOUNT"],
    [["validate", "--help"], 0, "", "ib-agent validate --documents LIST"],
    [["--version"], 0, "", "0."],
  ])("%j ends with %d", (parameters, code, stderr, stdout) =>
    inFolder(async (folder) => {
      const ran = await ibAgent(parameters, { folder });
      expect(ran.code).toBe(code);
      expect(ran.stderr).toContain(stderr);
      expect(ran.stdout).toContain(stdout);
    }),
  );

  test("settings in the folder are not loaded: .env and bunfig.toml", () =>
    inFolder(
      async (folder) => {
        const { code, stderr } = await ibAgent(["run", "-d", "env.yaml", "-l", "logs", "-t"], { folder });
        expect([code, stderr.match(/Stdout: .*/g)]).toEqual([0, ["Stdout: unset"]]);
        expect(await readdir(folder)).not.toContain("preloaded");
      },
      {
        ".env": "INTRUDER=yes\n",
        "bunfig.toml": 'preload = ["./preload.ts"]\n',
        "preload.ts": 'require("node:fs").writeFileSync("preloaded", "");\n',
        "env.yaml":
          "schemaVersion: 1.0\nphases: [{ name: build, steps: [{ name: Show, action: ExecuteBash, inputs: { commands: ['echo ${INTRUDER-unset}'] } }] }]\n",
      },
    ));
});

describe("chapter 09: ib-agent validate", () => {
  test.each([
    [
      "name: x\nschemaVersion: 1.0\nsteps:\n  - { name: A, action: LaunchInstance }\n",
      'd.yaml:3:1: this is a workflow document (it has "steps" and no "phases"), not a component document [other-kind-of-file]',
    ],
    [
      "Resources:\n  Tool: { Type: AWS::ImageBuilder::Component, Properties: { Data: !Sub 'phases: []' } }\n",
      'd.yaml:1:1: this is a CloudFormation template (it has "Resources"), not a component document [other-kind-of-file]',
    ],
  ])("says of a file of another kind what it is, and nothing else: %#", (text, message) =>
    withTemporaryFolder(async (folder) => {
      await writeFile(join(folder, "d.yaml"), text);
      for (const command of ["validate", "run"]) {
        const { code, stdout, stderr } = await ibAgent([command, "--documents", "d.yaml"], { folder });
        expect([code, stderr.split("\n")[0], stderr.trimEnd().split("\n").at(-1)]).toEqual([1, message, "1 error"]);
        expect(JSON.parse(stdout)).toMatchObject(command === "validate" ? { validationStatus: "failed", message } : { status: "failed" });
      }
    }),
  );

  test("reports valid documents", () =>
    inFolder(async (folder) => {
      const { code, stdout } = await ibAgent(["validate", "-d", "hello.yaml"], { folder });
      expect([code, JSON.parse(stdout)]).toEqual([0, { validationStatus: "success", message: "Document(s) [hello.yaml] is/are valid." }]);
    }));

  test("lists every fault with its place", () =>
    inFolder(
      async (folder) => {
        const { code, stdout, stderr } = await ibAgent(["validate", "-d", "broken.yaml"], { folder });
        expect([code, JSON.parse(stdout)]).toEqual([
          1,
          {
            validationStatus: "failed",
            message: [
              'broken.yaml:1:1: the document must have "schemaVersion" [missing-key]',
              'broken.yaml:4:11: step "Copy" must have "inputs"; CopyFile needs them [missing-key]',
              'broken.yaml:6:16: "onFailure" must be "Abort", "Continue" or "Ignore"; found "Stop" [value-not-allowed]',
            ].join("\n"),
          },
        ]);
        expect(stderr).toContain("3 errors\n");
      },
      { "broken.yaml": "phases:\n- name: build\n  steps:\n  - name: Copy\n    action: CopyFile\n    onFailure: Stop\n" },
    ));

  test("an empty list is valid", () =>
    inFolder(async (folder) => {
      expect((await ibAgent(["validate", "--documents="], { folder })).code).toBe(0);
    }));
});
