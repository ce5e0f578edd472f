import { createHash } from "node:crypto";
import { createReadStream, existsSync } from "node:fs";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { expect, test } from "@jest/globals";
import { createRegistry } from "@imagewright/action-contract";
import { coreActions } from "@imagewright/action-modules-core";
import { linuxActions } from "@imagewright/action-modules-linux";
import { renderText } from "@imagewright/diagnostics";
import { createNodeHost } from "@imagewright/node-host";
import { withTemporaryFolder } from "@imagewright/test-kit";
import { checkComponents, prepareComponents, runComponents, warningsOf, type ComponentRunRequest } from "./index.js";

const registry = createRegistry(coreActions, linuxActions);

/** A document that runs each line with bash in a separate step. */
function document(...lines: readonly string[]): string {
  const steps = lines.map((line, index) => ({ name: `Step${index + 1}`, action: "ExecuteBash", inputs: { commands: [line] } }));
  return JSON.stringify({ name: "Doc", schemaVersion: 1.0, phases: [{ name: "build", steps }] });
}

/** Writes, checks and runs documents in a folder. */
async function run(folder: string, texts: readonly string[], change: Partial<ComponentRunRequest> = {}) {
  const locations = texts.map((_, index) => join(folder, `${index + 1}.yaml`));
  await Promise.all(locations.map((location, index) => writeFile(location, texts[index] ?? "")));
  const { documents, diagnostics } = await checkComponents({ locations, registry, platforms: ["linux"] });
  expect(renderText(diagnostics)).toBe("");
  const { prepared } = prepareComponents(documents, { parametersOf: () => new Map(), parameters: new Map(), phases: undefined });
  const { outcome, logFolder } = await runComponents({
    ...{
      executionId: "run-1",
      documents: prepared,
      phases: undefined,
      logDirectory: join(folder, "logs"),
      registry,
      host: createNodeHost(),
      workingDirectory: folder,
    },
    ...{ environment: { PATH: process.env["PATH"] ?? "" }, signal: new AbortController().signal, ...change },
  });
  if (outcome.status === "restart") throw new Error("a restart is asked for");
  return { result: outcome, logFolder };
}

const withoutTimes = (text: string) => text.replace(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3} /gm, "");

test("a run writes its log folder: both logs, the documents and the detailed output", () =>
  withTemporaryFolder(async (folder) => {
    const texts = [document("echo one; echo bad >&2", "printf two"), document("exit 3", "echo never")];
    let heard = "";
    const before = Date.now();
    const { result, logFolder } = await run(folder, texts, { onConsole: (bytes) => (heard += Buffer.from(bytes).toString("latin1")) });
    expect(dirname(logFolder)).toBe(join(folder, "logs"));
    // the folder is made just before the run starts
    const secondOf = (time: number) => new Date(time).toISOString().slice(0, 19).replace("T", "_").replaceAll(":", "-");
    const [, second = ""] = /^TOE_(.*)_UTC-0_run-1$/.exec(basename(logFolder)) ?? [];
    expect(second >= secondOf(before) && second <= secondOf(result.startTime)).toBe(true);
    expect((await readdir(logFolder)).sort()).toEqual([
      "application.log",
      "chaining.json",
      "console.log",
      "detailedoutput.json",
      "document-2.yaml",
      "document.yaml",
    ]);
    expect(await readFile(join(logFolder, "document.yaml"), "utf8")).toBe(texts[0]);
    expect(await readFile(join(logFolder, "document-2.yaml"), "utf8")).toBe(texts[1]);
    const console = await readFile(join(logFolder, "console.log"), "utf8");
    expect(heard).toBe(console);
    expect(withoutTimes(console).replaceAll(folder, "F")).toBe(
      [
        ...[
          "Info Document F/1.yaml",
          "Info Phase build",
          "Info Step Step1",
          "Info Stdout: one",
          "Info Command execution completed successfully",
          "Info Stderr: bad",
          "",
          "Info ExitCode 0",
        ],
        ...["Info Step Step2", "Info Stdout: two", "Info Command execution completed successfully", "Info ExitCode 0"],
        ...[
          "Info Document F/2.yaml",
          "Info Phase build",
          "Info Step Step1",
          "Info ExitCode 3",
          "Info Step Step1 attempt 1 failed: the command exited with code 3",
        ],
        ...["Info TOE has completed execution with failure - Execution failed!", ""],
      ].join("\n"),
    );
    expect(
      withoutTimes(await readFile(join(logFolder, "application.log"), "utf8"))
        .replaceAll(folder, "F")
        .replace(/after \d+ ms/g, "after N ms"),
    ).toBe(
      [
        ...[
          "Debug execution run-1 starts with F/1.yaml, F/2.yaml",
          "Debug document F/1.yaml starts",
          "Debug phase build starts with 2 steps",
        ],
        ...[
          "Debug step build.Step1 starts action ExecuteBash",
          "Debug step build.Step1 attempt 1 ended with exit code 0",
          "Debug step build.Step1 is success (succeeded) after N ms",
        ],
        ...[
          "Debug step build.Step2 starts action ExecuteBash",
          "Debug step build.Step2 attempt 1 ended with exit code 0",
          "Debug step build.Step2 is success (succeeded) after N ms",
        ],
        ...[
          "Debug phase build is success",
          "Debug document F/1.yaml is success",
          "Debug document F/2.yaml starts",
          "Debug phase build starts with 2 steps",
        ],
        ...[
          "Debug step build.Step1 starts action ExecuteBash",
          "Debug step build.Step1 attempt 1 ended with exit code 3: the command exited with code 3",
        ],
        ...[
          "Debug step build.Step1 is failed (failed) after N ms",
          "Debug phase build is failed",
          "Debug document F/2.yaml is failed",
          "Debug execution run-1 is failed",
          "",
        ],
      ].join("\n"),
    );
    const detailed = JSON.parse(await readFile(join(logFolder, "detailedoutput.json"), "utf8")) as { documents: unknown[] };
    expect(detailed).toMatchObject({
      executionId: "run-1",
      status: "failed",
      documents: [{ status: "success", phases: [{ steps: [{ outputs: '[{"stdout":"one"}]' }, {}] }] }, { status: "failed" }],
    });
  }));

test.each([
  ["is the working directory", {}, (folder: string) => folder],
  ["is kept if it is set", { WORKING_DIRECTORY: "/set" }, () => "/set"],
])("WORKING_DIRECTORY %s", (_what, environment, expected) =>
  withTemporaryFolder(async (folder) => {
    const { result } = await run(folder, [document("printf %s $WORKING_DIRECTORY")], {
      environment: { PATH: process.env["PATH"] ?? "", ...environment },
    });
    expect(result.documents[0]?.phases[0]?.steps[0]?.outputs).toEqual([{ stdout: expected(folder) }]);
  }),
);

test("the temporary directory exists during the run and is removed after it", () =>
  withTemporaryFolder(async (folder) => {
    const seen: string[] = [];
    const spy = {
      ...(coreActions[0] as (typeof coreActions)[number]),
      ...{
        name: "Spy",
        platforms: ["linux"] as const,
        check: () => [],
        input: {
          shape: "single" as const,
          optional: true,
          schema: { type: "object" as const, properties: {}, additionalProperties: true },
        },
      },
      run: (_input: never, { temporaryDirectory }: { readonly temporaryDirectory: string }) => {
        seen.push(`${temporaryDirectory} ${existsSync(temporaryDirectory)}`);
        return Promise.resolve({ status: "succeeded" as const });
      },
    };
    await writeFile(join(folder, "spy.yaml"), "schemaVersion: 1.0\nphases: [{ name: build, steps: [{ name: S, action: Spy }] }]\n");
    const own = createRegistry([spy]);
    const { documents } = await checkComponents({ locations: [join(folder, "spy.yaml")], registry: own, platforms: ["linux"] });
    await run(folder, [], {
      registry: own,
      documents: documents.flatMap((document) => (document === undefined ? [] : { document, variables: new Map() })),
    });
    const [directory = "", there] = (seen[0] ?? "").split(" ");
    expect(there).toBe("true");
    expect(existsSync(directory)).toBe(false);
  }));

test("a log folder that cannot be made is an error before anything runs", () =>
  withTemporaryFolder(async (folder) => {
    await writeFile(join(folder, "file"), "");
    const failure = run(folder, [document("touch ran")], { logDirectory: join(folder, "file") });
    await expect(failure).rejects.toMatchObject({
      code: "component-runner/log-folder-not-made",
      hints: ["name another folder with --log-directory"],
    });
    await expect(failure).rejects.toThrow(/^the log folder ".*\/file\/TOE_[-_\d]+.*" cannot be made: EEXIST: file already exists, mkdir /);
    expect(existsSync(join(folder, "ran"))).toBe(false);
  }));

test("64 MiB of output: the console log contains all of it, the outputs its beginning", () =>
  withTemporaryFolder(async (folder) => {
    const LINES = 64 * 1024;
    const line = "0123456789abcde\u00e4".repeat(61).slice(0, 960); // with its line ends and the text's own bytes, about 64 MiB
    await writeFile(
      join(folder, "print.mjs"),
      `const line = ${JSON.stringify(line)} + "\\n";\nfor (let n = 0; n < ${LINES / 64}; n++) await new Promise((done) => process.stdout.write(line.repeat(64), done));\n`,
    );
    const { result, logFolder } = await run(folder, [document(`"${process.execPath}" print.mjs`)], { workingDirectory: folder });
    const bytes = (Buffer.byteLength(line) + 1) * LINES;
    expect(bytes).toBeGreaterThan(63 * 1024 * 1024);
    const payload = createHash("sha256");
    let size = 0;
    for await (const text of createInterface({ input: createReadStream(join(logFolder, "console.log"), "latin1") })) {
      const [, printed] = /^.{23} Info Stdout: (.*)$/.exec(text) ?? [];
      if (printed === undefined) continue;
      size += printed.length + 1;
      payload.update(`${printed}\n`, "latin1");
    }
    const expected = createHash("sha256");
    for (let n = 0; n < LINES; n++) expected.update(`${line}\n`);
    expect([size, payload.digest("hex")]).toEqual([bytes, expected.digest("hex")]);
    const stdout = result.documents[0]?.phases[0]?.steps[0]?.outputs[0]?.["stdout"];
    expect(stdout).toMatchObject({ totalBytes: bytes });
    expect(Buffer.byteLength((stdout as { kept: string }).kept)).toBe(1024 * 1024 + Buffer.byteLength("…"));
    expect((await readFile(join(logFolder, "detailedoutput.json"))).length).toBeLessThan(3 * 1024 * 1024);
  }));

const SCRIPTS = `schemaVersion: 1.0
phases:
  - name: build
    steps:
      - name: Survives
        action: ExecuteBash
        inputs:
          commands:
            - no-such-1
            - |
              true
              no-such-2
            - "no-such-3;
              true"
            - >-
              true &&
              no-such-4
            - bash -c 'no-such-5; true' && bash -c 'no-such-5; true'
            - 'true'
      - name: Hidden
        disableLogging: true
        action: ExecuteBash
        inputs:
          commands: [no-such-6, "true"]
`;

test("a command that is missing in the middle is a warning with its line in the document, and a line of console.log", () =>
  withTemporaryFolder(async (folder) => {
    const { result, logFolder } = await run(folder, [SCRIPTS]);
    expect(result.status).toBe("success");
    const lines = warningsOf(result).map(({ warning }) => [warning.line, warning.message.split('"')[1]]);
    expect(lines).toEqual([
      [9, "no-such-1"],
      [12, "no-such-2"],
      [13, "no-such-3"],
      [16, "no-such-4"],
      [18, "no-such-5"],
    ]);
    const log = await readFile(join(logFolder, "console.log"), "utf8");
    expect(log).toContain('Info Warning in line 9: "no-such-1" was not found, and the script went on without it\n');
    expect(log).not.toContain("no-such-6");
  }));
