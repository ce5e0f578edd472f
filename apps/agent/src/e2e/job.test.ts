import { existsSync } from "node:fs";
import { chmod, mkdir, readdir, readFile, stat, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createEventReader, describeNotice, isJobFile, OUTPUT_OF_STEP, readResult, type AgentEvent } from "@imagewright/agent-protocol";
import { withTemporaryFolder } from "@imagewright/test-kit";
import { describe, expect, test } from "@jest/globals";
import { ibAgent } from "./agent.js";

const INNER = `schemaVersion: 1.0
phases:
  - name: build
    steps:
      - { name: Inside, action: ExecuteBash, inputs: { commands: ["echo inside"] } }
      - { name: Restart, action: ExecuteBash, inputs: { commands: ["test -e restarted && exit 0", "touch restarted", "exit 194"] } }
      - { name: Slow, action: ExecuteBash, inputs: { commands: ["test -e slow || (touch slow; sleep 60)"] } }
`;
const MAIN = `schemaVersion: 1.0
phases:
  - name: build
    steps:
      - { name: Much, action: ExecuteBash, inputs: { commands: ["yes | head -c 1000000"] } }
      - { name: Nested, action: ExecuteDocument, inputs: { document: inner.yaml } }
      - { name: After, action: ExecuteBash, inputs: { commands: ["echo {{ build.Nested.outputs.executedStepCount }}"] } }
`;
const RUN = ["run", "--documents", "main.yaml", "--job", "job", "--restart", "caller", "--execution-id", "mine"];
const RESUME = ["run", "--resume", "mine", "--job", "job", "--restart", "caller"];

function inFolder(body: (folder: string) => Promise<void>): Promise<void> {
  return withTemporaryFolder(async (folder) => {
    await writeFile(join(folder, "main.yaml"), MAIN);
    await writeFile(join(folder, "inner.yaml"), INNER);
    await body(folder);
  });
}

/** The events of the job, all of whose lines must be accepted. */
async function events(folder: string): Promise<readonly AgentEvent[]> {
  const lines = (await readFile(join(folder, "job", "events.jsonl"), "utf8")).split("\n").slice(0, -1);
  const reading = createEventReader().read(lines);
  expect([reading.notices.map(describeNotice), reading.events.map(({ seq }) => seq)]).toEqual([[], lines.map((_, index) => index + 1)]);
  return reading.events;
}

const ends = (all: readonly AgentEvent[]) =>
  all.flatMap((event) =>
    event.type.endsWith("-finished") && "document" in event ? [`${event.depth} ${event.type} ${"step" in event ? event.step : ""}`] : [],
  );
const ALL_ENDS = [
  ...["0 attempt-finished Much", "0 step-finished Much", "1 attempt-finished Inside", "1 step-finished Inside"],
  ...[
    "1 restart-finished Restart",
    "1 attempt-finished Restart",
    "1 step-finished Restart",
    "1 attempt-finished Slow",
    "1 step-finished Slow",
  ],
  ...["1 phase-finished ", "1 document-finished ", "0 attempt-finished Nested", "0 step-finished Nested"],
  ...["0 attempt-finished After", "0 step-finished After", "0 phase-finished ", "0 document-finished "],
];

describe("--job: events and result as files", () => {
  test("of a run that restarts, is killed and continues: numbers go on, nothing is lost or told twice", () =>
    inFolder(async (folder) => {
      const first = await ibAgent(RUN, { folder });
      expect(first).toMatchObject({ code: 194, stdout: "" });
      expect(first.stderr).not.toContain("{");
      expect((await events(folder)).at(-1)).toMatchObject({ type: "restart-requested", depth: 1, parent: "0/build/Nested" });
      expect(existsSync(join(folder, "job", "result.json"))).toBe(false);
      const killed = ibAgent(RESUME, { folder, onStart: (kill) => void killWhen(join(folder, "slow"), kill) });
      expect(await killed).toMatchObject({ code: null, stdout: "" });
      await writeFile(join(folder, "job", "events.jsonl"), '{"protocol":"1.0","se', { flag: "a" });
      const last = await ibAgent(RESUME, { folder });
      expect(last).toMatchObject({ code: 0, stderr: "" });

      const all = await events(folder);
      expect(ends(all)).toEqual(ALL_ENDS);
      expect(all.filter(({ type }) => type.startsWith("run-")).map(({ type }) => type)).toEqual([
        ...["run-started", "run-resumed", "run-resumed", "run-finished"],
      ]);
      const much = all.filter((event) => "step" in event && event.step === "Much");
      const bytes = much.reduce((sum, event) => sum + (event.type === "step-output" ? event.text.length : 0), 0);
      expect(bytes).toBeLessThanOrEqual(OUTPUT_OF_STEP);
      expect(much.at(-2)).toMatchObject({ type: "output-left-out", bytes: 1_000_000 - bytes });

      const result = readResult(await readFile(join(folder, "job", "result.json"), "utf8"));
      expect(result).toEqual({ kind: "result", result: { protocol: "1.0", summary: JSON.parse(last.stdout) as object } });
      const files = await readdir(join(folder, "job"), { recursive: true, withFileTypes: true });
      const paths = files
        .filter((file) => file.isFile())
        .map((file) => join(file.parentPath, file.name).slice(join(folder, "job").length + 1));
      expect(paths.filter((path) => !isJobFile(path))).toEqual([]);
      expect(paths.map((path) => path.split("/").at(-1)).sort()).toEqual([
        ...["application.log", "chaining.json", "console.log", "detailedoutput.json", "document.yaml", "events.jsonl", "result.json"],
      ]);
      expect([(await stat(join(folder, "job"))).mode & 0o777, (await stat(join(folder, "job", "events.jsonl"))).mode & 0o777]).toEqual([
        0o700, 0o600,
      ]);
    }));

  test("documents with faults have a result, and no events", () =>
    inFolder(async (folder) => {
      await writeFile(join(folder, "main.yaml"), MAIN.replace("ExecuteDocument", "ExecuteDocumint"));
      const { code, stdout } = await ibAgent(RUN, { folder });
      const result = readResult(await readFile(join(folder, "job", "result.json"), "utf8"));
      expect([code, result]).toEqual([1, { kind: "result", result: { protocol: "1.0", summary: JSON.parse(stdout) as object } }]);
      expect(existsSync(join(folder, "job", "events.jsonl"))).toBe(false);
    }));

  test("--log-directory and --state-directory come before the folders of the job, and a second run is refused", () =>
    inFolder(async (folder) => {
      await writeFile(join(folder, "main.yaml"), INNER.replaceAll("sleep 60", "true").replace("exit 194", "exit 0"));
      await mkdir(join(folder, "logs"));
      const flags = ["--log-directory", "logs", "--state-directory", "state"];
      expect(await ibAgent([...RUN, ...flags], { folder })).toMatchObject({ code: 0, stderr: "" });
      expect([await readdir(join(folder, "job")), (await readdir(join(folder, "logs"))).length]).toEqual([
        ["events.jsonl", "result.json"],
        1,
      ]);
      const second = await ibAgent([...RUN, ...flags], { folder });
      expect(second).toMatchObject({
        code: 1,
        stderr: expect.stringContaining(`the job folder ${JSON.stringify(join(folder, "job"))} has the events of run "mine" already`),
      });
    }));

  test.each<[string, string, (job: string) => Promise<unknown>]>([
    ["a link", "it is a link", async (job) => mkdir(`${job}-other`).then(() => symlink(`${job}-other`, job))],
    ["writable by others", "others than its owner can write in it", async (job) => mkdir(job).then(() => chmod(job, 0o777))],
    ["a file", "it is not a folder", async (job) => writeFile(job, "")],
  ])("a folder that is %s is refused before anything runs", (_what, reason, prepare) =>
    inFolder(async (folder) => {
      const job = join(folder, "job");
      await prepare(job);
      const { code, stdout, stderr } = await ibAgent(RUN, { folder });
      expect([code, stdout, stderr.split("\n")[0]]).toEqual([
        1,
        "",
        `error: the job folder ${JSON.stringify(job)} cannot be used: ${reason} [agent-protocol/job-folder-refused]`,
      ]);
    }),
  );
});

async function killWhen(file: string, kill: (signal: NodeJS.Signals) => void): Promise<void> {
  while (!existsSync(file)) await new Promise((resolve) => setTimeout(resolve, 20));
  kill("SIGKILL");
}
