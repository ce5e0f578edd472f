import { link, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { withTemporaryFolder } from "@imagewright/test-kit";
import { ib } from "./ib.js";

const HELLO = `name: hello
schemaVersion: 1.0
parameters:
  - Who:
      type: string
      default: world
phases:
  - name: build
    steps:
      - name: Say
        action: ExecuteBash
        inputs:
          commands:
            - echo "hello {{ Who }}" > said
  - name: validate
    steps:
      - name: Check
        action: Assert
        inputs:
          fileExists: said
`;
const FAILING = HELLO.replace("fileExists: said", "stringEquals: a\n          value: b");

// the check only uses Node's name of the system
const ON_A_MAC = "--import=data:text/javascript,Object.defineProperty(process,'platform',{value:'darwin'})";

function inFolder(body: (folder: string) => Promise<void>): Promise<void> {
  return withTemporaryFolder(async (folder) => {
    await writeFile(join(folder, "hello.yaml"), HELLO);
    await writeFile(join(folder, "failing.yaml"), FAILING);
    await writeFile(join(folder, "broken.yaml"), HELLO.replace("action: Assert", "action: Asert").replace("{{ Who }}", "{{ Whom }}"));
    await body(folder);
  });
}

describe("ib component validate", () => {
  test("reports how many documents are valid", () =>
    inFolder(async (folder) => {
      expect(await ib(["component", "validate", "hello.yaml", "failing.yaml"], { folder })).toEqual({
        code: 0,
        stdout: "",
        stderr: "2 documents valid\n",
      });
    }));

  test("shows every fault with its line", () =>
    inFolder(async (folder) => {
      const { code, stdout, stderr } = await ib(["component", "validate", "broken.yaml"], { folder });
      expect([code, stdout]).toEqual([1, ""]);
      expect(stderr.split("\n")).toEqual([
        'broken.yaml:14:27: unknown parameter or constant "Whom"; allowed: "Who"; did you mean "Who"? [unknown-reference]',
        '              - echo "hello {{ Whom }}" > said',
        "                            ^~~~~~~~~~",
        expect.stringContaining('broken.yaml:18:17: unknown action "Asert"'),
        "          action: Asert",
        "                  ^~~~~",
        "2 errors",
        "",
      ]);
    }));

  test("--json prints the faults as data", () =>
    inFolder(async (folder) => {
      const { code, stdout } = await ib(["component", "validate", "broken.yaml", "--json"], { folder });
      expect([code, JSON.parse(stdout)]).toMatchObject([
        1,
        {
          error: {
            code: "faults-found",
            diagnostics: [
              { file: "broken.yaml", line: 14, column: 27, code: "unknown-reference" },
              { line: 18, code: "unknown-action" },
            ],
          },
        },
      ]);
    }));

  test("a missing document is reported in one sentence", () =>
    inFolder(async (folder) => {
      expect(await ib(["component", "validate", "nowhere.yaml"], { folder })).toEqual({
        code: 1,
        stdout: "",
        stderr: 'error: no component document at "nowhere.yaml"\n  try: check the path; relative paths start at the current folder\n',
      });
    }));

  test("an action of another platform", () =>
    inFolder(async (folder) => {
      const { code, stderr } = await ib(["component", "validate", "hello.yaml", "--os-platforms", "linux,windows"], { folder });
      expect(code).toBe(1);
      expect(stderr).toContain("ExecuteBash does not run on Windows; it runs on Linux and macOS");
    }));

  test("a document for Windows is checked for it, whether that is said or not, and does not run here", () =>
    inFolder(async (folder) => {
      const script = HELLO.replaceAll("ExecuteBash", "ExecutePowerShell");
      await writeFile(join(folder, "windows.yaml"), script);
      await writeFile(join(folder, "slip.yaml"), script.replace("commands:", "comands:"));
      const validate = (...words: readonly string[]) => ib(["component", "validate", ...words], { folder });
      expect(await validate("windows.yaml", "hello.yaml")).toEqual({
        code: 0,
        stdout: "",
        stderr: "windows.yaml is checked for Windows, which has its action modules\n2 documents valid\n",
      });
      expect(await validate("windows.yaml", "--os-platforms", "windows")).toMatchObject({ code: 0, stderr: "1 document valid\n" });
      const { code, stderr } = await validate("slip.yaml");
      expect([code, stderr.split("\n")[1]]).toEqual([
        1,
        'slip.yaml:13:11: the inputs of ExecutePowerShell: unknown key "comands"; allowed: "commands" or "file"; did you mean "commands"? [unknown-key]',
      ]);
      expect(await ib(["component", "run", "windows.yaml"], { folder })).toMatchObject({
        code: 1,
        stderr: expect.stringContaining("ExecutePowerShell does not run on Linux; it runs on Windows [action-not-on-platform]"),
      });
    }));
});

describe("ib component run, on this machine", () => {
  test("runs in the current folder and reports each step", () =>
    inFolder(async (folder) => {
      const { code, stderr } = await ib(["component", "run", "hello.yaml", "--parameter", "Who=you"], { folder });
      expect(code).toBe(0);
      expect(stderr.replace(/\d+\.\d s/g, "N s").replace(/ {2,}/g, "  ")).toMatch(
        /^ {2}hello build\n {2}Say ExecuteBash {2}ok N s\n {2}hello validate\n {2}Check Assert {2}ok, unchanged N s\nsuccess: 2 steps, 0 failed\nlogs: .*\/home\/logs\/TOE_.*\n$/,
      );
      expect(await readFile(join(folder, "said"), "utf8")).toBe("hello you\n");
    }));

  test("a missing parameter is reported with the flag of this command", () =>
    inFolder(async (folder) => {
      await writeFile(join(folder, "asking.yaml"), HELLO.replace("      default: world\n", ""));
      const { code, stderr } = await ib(["component", "run", "asking.yaml"], { folder });
      expect([code, stderr.match(/^ {2}help: .*/m)?.[0]]).toEqual([1, "  help: give it with --parameter Who=VALUE"]);
    }));

  test("a failing step ends with its place and reason", () =>
    inFolder(async (folder) => {
      const { code, stderr } = await ib(["component", "run", "failing.yaml"], { folder });
      expect(code).toBe(1);
      expect(stderr).toContain('failing.yaml:17: failed: step "Check" of phase "validate" (Assert)\n');
      expect(stderr).toContain('"b" is not equal to "a"');
      expect(stderr).toContain("failed: 2 steps, 1 failed\n");
    }));

  test("documents must be valid for this machine", () =>
    inFolder(async (folder) => {
      await writeFile(
        join(folder, "reboot.yaml"),
        "schemaVersion: 1.0\nphases: [{ name: build, steps: [{ name: Again, action: Reboot }] }]\n",
      );
      const { code, stderr } = await ib(["component", "run", "reboot.yaml"], { folder, environment: { NODE_OPTIONS: ON_A_MAC } });
      expect([code, stderr]).toEqual([1, expect.stringContaining("Reboot does not run on macOS; it runs on Linux and Windows")]);
    }));

  test("--json prints the agent's result", () =>
    inFolder(async (folder) => {
      const { code, stdout } = await ib(["component", "run", "hello.yaml", "--phases", "build", "--json"], { folder });
      expect([code, JSON.parse(stdout)]).toMatchObject([0, { status: "success", executedStepCount: 1, failedStepCount: 0 }]);
    }));
});

describe("flags before the files", () => {
  // field case flags-before-file: a flag takes one value, and is given again for more
  test.each([
    [["--parameter", "Who=you", "hello.yaml"], "hello you\n"],
    [["--phases", "build", "--parameter", "Who=you", "hello.yaml"], "hello you\n"],
    [["--phases", "build,validate", "hello.yaml"], "hello world\n"],
    [["hello.yaml", "--phases", "build", "--phases", "validate", "--parameter", "Who=all"], "hello all\n"],
    [["--parameter", "Who=", "hello.yaml"], "hello \n"],
  ])("ib component run %j", (parameters, said) =>
    inFolder(async (folder) => {
      const { code, stderr } = await ib(["component", "run", ...parameters], { folder });
      expect([code, stderr.includes("error")]).toEqual([0, false]);
      expect(await readFile(join(folder, "said"), "utf8")).toBe(said);
    }),
  );

  test.each([
    [["--os-platforms", "linux", "hello.yaml"]],
    [["--os-platforms", "linux", "--os-platforms", "darwin", "hello.yaml"]],
    [["--json", "--os-platforms", "linux,darwin", "hello.yaml"]],
  ])("ib component validate %j", (parameters) =>
    inFolder(async (folder) => {
      const { code } = await ib(["component", "validate", ...parameters], { folder });
      expect(code).toBe(0);
    }),
  );
});

// field case phase-name-typo
test.each([
  [["--phases", "Build"], 'warning: no document has the phase "Build"; they have "build" and "validate"; did you mean "build"?\n', 0],
  [["--phases", "build,test"], 'warning: no document has the phase "test"; they have "build" and "validate"\n', 1],
  [
    ["--phases", "Build", "--plan"],
    'warning: no document has the phase "Build"; they have "build" and "validate"; did you mean "build"?\n',
    undefined,
  ],
])("ib component run %j succeeds with a warning", (flags, warning, steps) =>
  inFolder(async (folder) => {
    const { code, stdout, stderr } = await ib(["component", "run", "hello.yaml", ...flags, "--json"], { folder });
    const { executedStepCount } = JSON.parse(stdout) as { readonly executedStepCount?: number };
    expect([code, stderr.startsWith(warning), executedStepCount]).toEqual([0, true, steps]);
  }),
);

describe("ib component run --plan", () => {
  const STEPS = "schemaVersion: 1.0\nphases:\n  - name: build\n    steps:\n";
  const CHANGES = `schemaVersion: 1.0
phases:
  - name: build
    steps:
      - { name: Make, action: CreateFile, inputs: [{ path: conf/app.ini, content: "a=1\\n", permissions: 0600 }] }
      - { name: Run, action: ExecuteBash, inputs: { commands: ["date > conf/app.ini"] } }
      - { name: Remove, action: DeleteFile, inputs: [{ path: hello.yaml }] }
      - { name: Same, action: CreateFolder, inputs: [{ path: conf }] }
`;

  test("predicts the exact changes, lists what cannot be predicted, and changes nothing", () =>
    inFolder(async (folder) => {
      await writeFile(join(folder, "changes.yaml"), CHANGES);
      const { code, stdout, stderr } = await ib(["component", "run", "changes.yaml", "--plan"], { folder });
      const owner = `${process.getuid?.()}:${process.getgid?.()}`;
      expect({ code, stderr, stdout: stdout.replaceAll(folder, "F").replace(/folder \d+ /, "folder MODE ") }).toEqual({
        code: 0,
        stderr: "",
        stdout: `changes.yaml, phase build
  Make CreateFile: 2 changes
      + F/conf folder MODE ${owner}
      + F/conf/app.ini file 0600 ${owner} 4 bytes "a=1\\n"
  Run ExecuteBash: cannot be predicted without running it
      "commands": [
       "date > conf/app.ini"
      ]
  Remove DeleteFile: 1 change
      - F/hello.yaml file 0644 ${owner} ${HELLO.length} bytes
      as long as "build.Run" does not change these files
  Same CreateFolder: changes nothing
      as long as "build.Run" does not change these files
3 changes in 2 steps, 1 cannot be predicted; nothing has been changed
`,
      });
      expect(await readFile(join(folder, "hello.yaml"), "utf8")).toBe(HELLO);
      await expect(readFile(join(folder, "conf", "app.ini"))).rejects.toMatchObject({ code: "ENOENT" });
    }));

  test("hides nothing in a loop: the values that commands refer to are shown", () =>
    inFolder(async (folder) => {
      const loop = "loop: { forEach: [echo good, rm -rf /data] }";
      const range = "loop: { for: { start: 1, end: 3, updateBy: 1 } }";
      const steps = [
        `      - { name: Each, action: ExecuteBash, ${loop}, inputs: { commands: ["{{ loop.value }}"] } }\n`,
        `      - { name: Count, action: ExecuteBash, ${range}, inputs: { commands: ["echo {{ loop.index }}"] } }\n`,
      ];
      await writeFile(join(folder, "loops.yaml"), STEPS + steps.join(""));
      const { stdout } = await ib(["component", "run", "loops.yaml", "--plan"], { folder });
      expect(stdout).toBe(`loops.yaml, phase build
  Each ExecuteBash: cannot be predicted without running it
      "commands": [
       "{{ loop.value }}"
      ]
      in a loop over
       "echo good"
       "rm -rf /data"
  Count ExecuteBash: cannot be predicted without running it
      "commands": [
       "echo {{ loop.index }}"
      ]
      in a loop: {"for":{"start":"1","end":"3","updateBy":"1"}}
no changes, 2 cannot be predicted; nothing has been changed
`);
    }));

  test("counts other names of a file, continues after failures that are only due to commands that did not run, and shows nested documents by their steps", () =>
    inFolder(async (folder) => {
      await mkdir(join(folder, "d"));
      await writeFile(join(folder, "a"), "x", { mode: 0o644 });
      await link(join(folder, "a"), join(folder, "d", "b"));
      await writeFile(join(folder, "inner.yaml"), STEPS + "      - { name: Add, action: AppendFile, inputs: [{ path: a, content: y }] }\n");
      const steps = [
        "      - { name: Doc, action: ExecuteDocument, inputs: { document: inner.yaml } }\n",
        '      - { name: Install, action: ExecuteBash, inputs: { commands: ["touch installed"] } }\n',
        "      - { name: Read, action: ReadFile, inputs: [{ path: installed }] }\n",
        "      - { name: Again, action: CreateFolder, inputs: [{ path: d }] }\n",
      ];
      await writeFile(join(folder, "outer.yaml"), STEPS + steps.join(""));
      const { code, stdout } = await ib(["component", "run", "outer.yaml", "--plan"], { folder });
      expect({ code, stdout: stdout.replaceAll(folder, "F") }).toEqual({
        code: 0,
        stdout: `inner.yaml, phase build
  Add AppendFile: 1 change
      ~ F/a 1 byte "x" → 2 bytes "xy", also under 1 other name of this file
outer.yaml, phase build
  Doc ExecuteDocument: see its steps above
  Install ExecuteBash: cannot be predicted without running it
      "commands": [
       "touch installed"
      ]
  Read ReadFile: cannot be predicted: in the current state it would fail: cannot read file "F/installed": no such file or folder
  Again CreateFolder: changes nothing
      as long as "build.Install" and "build.Read" do not change these files
1 change in 1 step, 2 cannot be predicted; nothing has been changed
`,
      });
    }));

  test("--json has text if bytes are UTF-8, and base64 if not", () =>
    inFolder(async (folder) => {
      await writeFile(Buffer.concat([Buffer.from(join(folder, "odd-")), Buffer.from([0xff])]), "ä");
      const steps = [
        "      - { name: Text, action: AppendFile, inputs: [{ path: hello.yaml, content: more }] }\n",
        '      - { name: Odd, action: DeleteFile, inputs: [{ path: "odd-*" }] }\n',
        "      - { name: Wide, action: CreateFile, inputs: [{ path: wide, content: ä, encoding: utf-16-LE }] }\n",
        "      - { name: Link, action: CreateSymlink, inputs: [{ path: link, target: wide }] }\n",
      ];
      await writeFile(join(folder, "bytes.yaml"), STEPS + steps.join(""));
      const { code, stdout } = await ib(["component", "run", "bytes.yaml", "--plan", "--json"], { folder });
      const planned = (JSON.parse(stdout) as { readonly steps: readonly { readonly changes: readonly object[] }[] }).steps.flatMap(
        ({ changes }) => changes,
      );
      expect(code).toBe(0);
      expect(planned).toMatchObject([
        { path: join(folder, "hello.yaml"), kind: "changed", before: { type: "file", content: HELLO }, after: { content: `${HELLO}more` } },
        {
          pathBase64: Buffer.concat([Buffer.from(join(folder, "odd-")), Buffer.from([0xff])]).toString("base64"),
          kind: "deleted",
          before: { content: "ä" },
        },
        { path: join(folder, "wide"), kind: "created", after: { contentBase64: "5AA=" } },
        { path: join(folder, "link"), kind: "created", after: { type: "link", target: "wide" } },
      ]);
      expect(stdout).not.toContain('"Buffer"');
    }));

  test("a step that would fail ends the plan with exit code 1", () =>
    inFolder(async (folder) => {
      const { code, stdout } = await ib(["component", "run", "failing.yaml", "--plan", "--phases", "validate"], { folder });
      expect([code, stdout]).toEqual([1, expect.stringContaining("Check Assert: would fail: ")]);
    }));

  test("a second run of an idempotent component reports no changes", () =>
    inFolder(async (folder) => {
      await writeFile(join(folder, "changes.yaml"), CHANGES.replace(/^.*(Run|Remove).*\n/gm, ""));
      expect((await ib(["component", "run", "changes.yaml"], { folder })).stderr).toMatch(/Make CreateFile +ok \d/);
      expect((await ib(["component", "run", "changes.yaml"], { folder })).stderr).toMatch(/Make CreateFile +ok, unchanged \d/);
    }));
});
