import { standardRegistry } from "@imagewright/action-modules";
import { describe, expect, test } from "@jest/globals";
import { ExampleRunner, steps } from "./testing/run-example.js";

const runner = new ExampleRunner(standardRegistry);

const COMMANDS_OF_BINARY = [
  'error: the inputs of ExecuteBinary: unknown key "commands"; allowed: "arguments" or "path" - leave out "commands", and write "path" and the other keys below it in its place',
];

describe("chapter 14, for loop", () => {
  const measure = (action: string, commands: string) =>
    steps(`
- name: "Measure"
  action: "${action}"
  loop:
    for:
      start: 100000
      end: 1000000
      updateBy: 100000
  inputs:
    commands:
${commands}`);

  test("for loop input example: no faults", () => {
    const commands = `      - |
        $f = new-object System.IO.FileStream c:\\temp\\probe{{ loop.index }}.bin,
        Create, ReadWrite
        $f.SetLength({{ loop.value }}MB)
      - c:\\tools\\probe.exe --file c:\\temp
        \\probe{{ loop.index }}.bin`;
    expect(runner.check(measure("ExecutePowerShell", commands), "windows")).toEqual([]);
  });

  test("for loop input example, with bash: ten iterations, both ends included", async () => {
    const { outputs } = await runner.run(measure("ExecuteBash", "      - echo {{ loop.index }} {{ loop.value }}"));
    expect(outputs["Measure"]).toEqual({
      stdout: Array.from({ length: 10 }, (_, index) => `${index} ${(index + 1) * 100_000}`).join("\n"),
    });
  });

  test.each([
    [
      "0 never ends",
      "start: 1, end: 2, updateBy: 0",
      ['error: "updateBy" must be a whole number other than 0; references are not allowed here; found "0"'],
    ],
    [
      "the wrong direction never ends",
      "start: 1, end: 2, updateBy: -1",
      ['error: the loop from 1 to 2 would never end with "updateBy" -1 - write "updateBy: 1"'],
    ],
    [
      "a reference is not accepted",
      'start: "{{ build.A.outputs.stdout }}", end: 2, updateBy: 1',
      ['error: "start" must be a whole number; references are not allowed here; found "{{ build.A.outputs.stdout }}"'],
    ],
  ])("for loop schema: %s", (_title, values, faults) => {
    expect(runner.check(steps(`- { name: A, action: ExecuteBash, loop: { for: { ${values} } }, inputs: { commands: [ls] } }`))).toEqual(
      faults,
    );
  });
});

describe("chapter 14, forEach loop with input list", () => {
  const EXAMPLE_1 = steps(`
- name: "RunScripts"
  action: "ExecuteBash"
  loop:
    name: EachScript
    forEach:
      - /here/first.sh
      - /here/second.sh
      - /here/third.sh
  inputs:
    commands:
      - echo "Number {{ EachScript.index }}"
      - sh "{{ loop.value }}"
      - |
        code=$?
        if [ $code -ne 0 ]; then
          echo "Bad"
        else
          echo "Good"
        fi`);

  test("example 1", async () => {
    const files = { "first.sh": "exit 0", "second.sh": "exit 1", "third.sh": "exit 0" };
    expect(await runner.run(EXAMPLE_1, { files })).toMatchObject({
      status: "success",
      outputs: { RunScripts: { stdout: "Number 0\nGood\nNumber 1\nBad\nNumber 2\nGood" } },
    });
  });

  const runWith = (values: readonly string[], inputs: string) =>
    steps(`
- name: "RunWithEach"
  action: "ExecuteBinary"
  loop:
    name: EachArgument
    forEach:
${values.map((value) => `      - ${value}`).join("\n")}
  inputs:
${inputs}`);
  const NESTED = '    commands:\n      path: "/bin/echo"\n      args:\n        - "{{ EachArgument.value }}"';
  const RIGHT = '    path: "/bin/echo"\n    arguments:\n      - "{{ EachArgument.value }}"';

  test("example 2: a backslash in double quotes begins a YAML escape, so Windows paths need single quotes", () => {
    expect(runner.check(runWith(['"A=C:\\Users B=1"', '"A=C:\\Users"'], RIGHT), "windows")).toEqual([
      "error: invalid escape sequence \\Users B=1 - in single quotes a backslash is a backslash",
      'error: invalid escape sequence \\Users" - in single quotes a backslash is a backslash',
    ]);
  });

  test("example 2: path and args below commands are an error", () => {
    expect(runner.check(runWith(["'A=C:\\Users B=1'"], NESTED), "windows")).toEqual(COMMANDS_OF_BINARY);
  });

  test("example 2: the error shows the right form, without commands", () => {
    expect(runner.check(runWith(["'A=C:\\Users B=1'"], NESTED), "windows")).toContainEqual(expect.stringMatching(/"commands".* - .*path/));
  });

  test("examples 2 and 3: the error suggests single quotes for paths", () => {
    expect(runner.check(runWith(['"A=C:\\Users B=1"'], RIGHT), "windows")).toEqual([expect.stringMatching(/ - .*single quotes/)]);
  });

  test("example 2, in the right form", async () => {
    const text = runWith(["'A=C:\\Users B=1'", "'A=C:\\Users'", "'A=C:\\Users C=C:\\Users\\me\\f.txt'"], RIGHT);
    expect(runner.check(text, "windows")).toEqual([]);
    expect(await runner.run(text)).toMatchObject({
      outputs: { RunWithEach: { stdout: "A=C:\\Users B=1\nA=C:\\Users\nA=C:\\Users C=C:\\Users\\me\\f.txt" } },
    });
  });

  const fetchAll = (quote: string) =>
    steps(`
- name: "FetchAll"
  action: "S3Download"
  loop:
    name: EachProgram
    forEach:
      - "one.exe"
      - "ten.exe"
      - "five.exe"
  inputs:
    - source: "s3://bucket/{{ loop.value }}"
      destination: ${quote}c:\\temp\\{{ loop.value }}${quote}`);

  test("example 3: a backslash and a brace in double quotes are not a YAML escape", () => {
    expect(runner.check(fetchAll('"'), "windows")).toEqual([
      "error: invalid escape sequence \\{ - in single quotes a backslash is a backslash",
      // \t is one, so the path has a tab
      expect.stringMatching(/"destination" cannot contain "\\t" on Windows; found .* - in single quotes a backslash is a backslash$/),
    ]);
  });

  test("example 3, in single quotes", () => {
    expect(runner.check(fetchAll("'"), "windows")).toEqual([]);
  });
});

describe("chapter 14, forEach loop with delimited list", () => {
  const INSTALLERS = "- name: Find\n  action: ExecuteBash\n  inputs:\n    commands:\n      - printf '/bin/pwd\\n/bin/pwd'\n";
  const runAll = (inputs: string) =>
    steps(`${INSTALLERS}
- name: "RunAll"
  action: "ExecuteBinary"
  loop:
    forEach:
      list: "{{ build.Find.outputs.stdout }}"
      delimiter: "\\n"
  inputs:
${inputs}`);

  test("example 1: path below commands is an error", () => {
    expect(runner.check(runAll('    commands:\n      path: "{{ loop.value }}"'))).toEqual(COMMANDS_OF_BINARY);
  });

  test("example 1, in the right form", async () => {
    expect(await runner.run(runAll('    path: "{{ loop.value }}"'))).toMatchObject({
      status: "success",
      outputs: { RunAll: { stdout: "/here\n/here" } },
    });
  });

  const upload = (inputs: string) =>
    steps(`
- name: "UploadAll"
  action: "S3Upload"
  loop:
    forEach:
      list: "/tmp/a.txt,/tmp/b.txt,/tmp/c.txt,..."
  inputs:
${inputs}`);
  const ITEM = '- source: "{{ loop.value }}"\n        destination: "s3://bucket/key/{{ loop.value }}"';

  test("example 2: a list below commands is an error", () => {
    expect(runner.check(upload(`    commands:\n      ${ITEM}`))).toEqual([
      'error: the inputs of S3Upload: unknown key "commands"; allowed: "destination", "expectedBucketOwner", "recurse" or "source" - leave out "commands", and write "source" and the other keys below it in its place',
    ]);
  });

  test("example 2: the error shows the right form, without commands", () => {
    expect(runner.check(upload(`    commands:\n      ${ITEM}`))).toContainEqual(expect.stringMatching(/"commands".* - .*source/));
  });

  test("example 2, in the right form", () => {
    expect(runner.check(upload(`      ${ITEM}`))).toEqual([]);
  });

  test.each([".", ",", ";", ":", "\\n", "\\t", " ", "-", "_"])("delimiter %j", async (delimiter) => {
    const text = steps(`
- name: Each
  action: ExecuteBash
  loop:
    name: "Pieces"
    forEach:
      list: "one${delimiter}two"
      delimiter: "${delimiter}"
  inputs:
    commands:
      - echo {{ Pieces.value }}`);
    expect(await runner.run(text)).toMatchObject({ outputs: { Each: { stdout: "one\ntwo" } } });
  });

  test("a delimiter of several characters is an error", () => {
    expect(
      runner.check(
        steps(
          '- { name: A, action: ExecuteBash, loop: { forEach: { list: "a", delimiter: ".,;:\\n\\t -_" } }, inputs: { commands: [ls] } }',
        ),
      ),
    ).toEqual(['error: "delimiter" must be one character of "\\t", "\\n", " ", "_", "-", ",", ";", ":" or "."; found ".,;:\\n\\t -_"']);
  });
});

describe("chapter 14, step and iteration outputs", () => {
  const each = (command: string, fields = "") =>
    steps(
      `- name: Greet\n  action: ExecuteBash${fields}\n  loop:\n    forEach: [Good, morning]\n  inputs:\n    commands:\n      - ${command}`,
    );

  test("outputs of iterations are joined by line ends", async () => {
    expect(await runner.run(each("echo {{ loop.value }}"))).toMatchObject({ outputs: { Greet: { stdout: "Good\nmorning" } } });
  });

  test("outputs of unsuccessful iterations are left out, and the message has the index", async () => {
    expect(await runner.run(each("echo {{ loop.value }}; exit {{ loop.index }}"))).toMatchObject({
      status: "failed",
      outputs: { Greet: { stdout: "Good" } },
      steps: ["Greet failed: the loop failed at index 1: the command exited with code 1"],
    });
  });

  test.each([
    ["Continue", "failed", "Greet failed"],
    ["Ignore", "successWithIgnoredFailure", "Greet ignoredFailure"],
  ])("onFailure %s; every attempt runs all iterations from the first", async (onFailure, status, step) => {
    const run = await runner.run(each("echo {{ loop.value }}; exit {{ loop.index }}", `\n  onFailure: ${onFailure}\n  maxAttempts: 2`));
    expect(run).toMatchObject({ status, printed: ["Good", "morning", "Good", "morning"] });
    expect(run.steps[0]).toMatch(new RegExp(`^${step}: `));
  });
});
