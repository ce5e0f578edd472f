// Commands, flags, results and exit codes are public: a change here affects every script that starts the agent.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { withTemporaryFolder } from "@imagewright/test-kit";
import { ibAgent, type AgentRun } from "./agent.js";

const DOCUMENT = `name: hello
schemaVersion: 1.0
phases:
  - name: build
    steps:
      - name: Say
        action: ExecuteBash
        inputs:
          commands:
            - echo hello
  - name: validate
    steps:
      - name: Check
        action: Assert
        inputs:
          fileExists: hello.yaml
`;
const FILES: Readonly<Record<string, string>> = {
  "hello.yaml": DOCUMENT,
  "failing.yaml": DOCUMENT.replace("fileExists: hello.yaml", "fileExists: nowhere"),
  "broken.yaml": DOCUMENT.replace("action: Assert", "action: Asert"),
  "run.json": JSON.stringify({ documents: [{ path: "hello.yaml" }], phases: "build" }),
};

/** Runs the agent in a folder with the files above; returns the output without values that differ between runs. */
function run(...parameters: readonly string[]): Promise<AgentRun> {
  return withTemporaryFolder(async (folder) => {
    for (const [name, text] of Object.entries(FILES)) await writeFile(join(folder, name), text);
    const { code, stdout, stderr } = await ibAgent(parameters, { folder });
    const sameEachTime = stdout
      .replaceAll(folder, "FOLDER")
      .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, "ID")
      .replace(/TOE_\d{4}(-\d\d){2}_\d\d(-\d\d){2}_UTC-0_/g, "TOE_TIME_");
    return { code, stdout: sameEachTime, stderr };
  });
}

describe("help and version", () => {
  test.each(["--help", "run --help", "validate --help", "completion --help", "--version", "run --version", "validate --version"])(
    "ib-agent %s",
    async (line) => {
      const { code, stdout, stderr } = await run(...line.split(" "));
      expect([code, stderr]).toEqual([0, ""]);
      expect(stdout).toMatchSnapshot();
    },
  );
});

test.each([
  ["--help", ["-h", "help"]],
  ["run --help", ["run -h", "help run", "-h run", "--help run", "run -d hello.yaml -h"]],
  ["validate --help", ["validate -h", "help validate"]],
  ["completion --help", ["completion -h", "help completion"]],
  ["--version", ["-v", "run -v", "run --version", "validate -v"]],
])("ib-agent %s is also %j", async (line, others) => {
  const expected = await run(...line.split(" "));
  for (const other of others) expect(await run(...other.split(" "))).toEqual(expected);
});

test.each([
  ["frob", 'unknown command "frob"; allowed: "completion", "run" or "validate"'],
  ["help frob", 'unknown command "frob"; allowed: "completion", "run" or "validate"'],
  ["vaildate -d hello.yaml", 'unknown command "vaildate"; allowed: "completion", "run" or "validate"; did you mean "validate"?'],
  ["completion", 'give one shell: "bash", "fish" or "zsh"'],
  ["completion tcsh", 'unknown shell "tcsh"; allowed: "bash", "fish" or "zsh"; did you mean "bash"?'],
  ["--trace run", 'give a command first: "completion", "run" or "validate"'],
  ["validate hello.yaml", 'unexpected argument "hello.yaml"; lists have commas between their items, and no spaces'],
  ["validate --dokuments hello.yaml", /^unknown flag "--dokuments"; allowed: .*; did you mean "--documents"\?$/],
])("ib-agent %s is wrong usage", async (line, message) => {
  const { code, stdout, stderr } = await run(...line.split(" "));
  const [said, ...rest] = stderr.split("\n");
  expect([code, stdout, said, rest]).toEqual([
    2,
    "",
    typeof message === "string" ? message : expect.stringMatching(message),
    ["ib-agent --help shows what is allowed", ""],
  ]);
});

describe("the result, and the exit code", () => {
  test.each([
    "validate -d hello.yaml,failing.yaml",
    "validate -d broken.yaml",
    "validate -d nowhere.yaml",
    "validate",
    "run -d hello.yaml",
    "run -d hello.yaml -i run-1 -p validate",
    "run -d hello.yaml,failing.yaml",
    "run -d broken.yaml",
    "run -d nowhere.yaml",
    "run --config run.json",
    "run --resume nothing-of-this-name",
    "run -d hello.yaml --nope",
    "run",
    "frob",
  ])("ib-agent %s", async (line) => {
    const { code, stdout } = await run(...line.split(" "));
    expect(`exit code ${code}\n${stdout}`).toMatchSnapshot();
  });

  test("ib-agent without a command shows its help, and is wrong usage", async () => {
    expect(await run()).toEqual({ ...(await run("--help")), code: 2 });
  });
});
