import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createEventReader, describeNotice } from "@imagewright/agent-protocol";
import { withTemporaryFolder } from "@imagewright/test-kit";
import { expect, test } from "@jest/globals";
import { ibAgent, type AgentRun } from "./agent.js";

// each step appends a line to a file, which shows what ran, and how often
const MAIN = `
schemaVersion: 1.0
phases:
  - name: build
    steps:
      - name: First
        action: ExecuteBash
        inputs: { commands: ["echo First >> ran", "echo one"] }
      - name: Flaky
        action: ExecuteBash
        maxAttempts: 2
        onFailure: Ignore
        inputs: { commands: ["echo Flaky >> ran", "exit 3"] }
      - name: Skipped
        action: ExecuteBash
        if: { fileExists: ran, then: Skip }
        inputs: { commands: ["echo Skipped >> ran"] }
      - name: Looped
        action: ExecuteBash
        loop: { forEach: [a, b, c] }
        inputs: { commands: ["echo Looped-{{ loop.value }} >> ran", "echo {{ loop.value }}"] }
      - name: Nested
        action: ExecuteDocument
        inputs:
          document: inner.yaml
          parameters: [{ name: Text, value: "{{ build.Looped.outputs.stdout }}" }]
  - name: validate
    steps:
      - name: Files
        action: CreateFile
        inputs:
          - { path: first, content: "{{ build.First.outputs.stdout }}" }
          - { path: second, content: "{{ build.Looped.outputs.stdout }}" }
      - name: Last
        action: ExecuteBash
        onFailure: Ignore
        inputs: { commands: ["echo Last >> ran", "exit 7"] }
`;
const INNER = `
schemaVersion: 1.0
parameters:
  - Text: { type: string }
phases:
  - name: build
    steps:
      - name: Inside
        action: ExecuteBash
        inputs: { commands: ["echo Inside >> ran", "echo '{{ Text }}' > inside"] }
      - name: Deeper
        action: ExecuteBash
        inputs: { commands: ["echo Deeper >> ran"] }
`;

interface Trial {
  readonly run: AgentRun;
  /** The steps that the event stream reported as finished before the agent was killed. */
  readonly finished: readonly string[];
  readonly events: number;
}

const FLAGS = ["--log-directory", "logs", "--state-directory", "state", "--execution-id", "crash", "--event-stream", "--job", "job"];

/** Runs the documents and kills the agent after the given number of events. */
async function runAndKill(folder: string, after: number): Promise<Trial> {
  let stderr = "";
  const run = await ibAgent(["run", "--documents", "main.yaml", ...FLAGS], {
    folder,
    onStderr: (text, kill) => {
      stderr = text;
      if (text.split("\n").length > after) kill("SIGKILL");
    },
  });
  const events = stderr
    .split("\n")
    .slice(0, -1)
    .map((line) => JSON.parse(line) as { type: string; step?: string });
  return {
    run,
    events: events.length,
    finished: events.flatMap(({ type, step }) => (type === "step-finished" && step !== undefined ? step : [])),
  };
}

/** The folder for scripts of the process that owns the run; undefined if no run is in progress. */
async function privateFolder(folder: string): Promise<string | undefined> {
  const state = join(folder, "state", "crash");
  const [last] = (await readdir(state).catch((): string[] => []))
    .filter((name) => /^owner-\d+$/.test(name))
    .sort((a, b) => b.localeCompare(a, "en", { numeric: true }));
  const owner = last && (await readFile(join(state, last, "owner.json"), "utf8").catch(() => undefined));
  return owner === undefined ? undefined : (JSON.parse(owner) as { temporaryDirectory: string }).temporaryDirectory;
}

async function linesOf(folder: string): Promise<string[]> {
  return (await readFile(join(folder, "ran"), "utf8").catch(() => "")).split("\n").slice(0, -1);
}

/** The detailed output without values that differ between runs. */
async function outcomeOf(folder: string): Promise<unknown> {
  const [logs = ""] = await readdir(join(folder, "logs"));
  const text = await readFile(join(folder, "logs", logs, "detailedoutput.json"), "utf8");
  const same = (key: string, value: unknown) =>
    ["startTime", "endTime"].includes(key) || (key === "executionId" && value !== "crash") ? "" : value;
  return JSON.parse(text.replace(/\\"executionId\\":\\"[^"]*\\"/g, ""), same);
}

/** What the events of the job say has ended, in order; each line must be accepted. */
async function toldEnds(folder: string): Promise<string[]> {
  const lines = (await readFile(join(folder, "job", "events.jsonl"), "utf8")).split("\n").slice(0, -1);
  const { events, notices } = createEventReader().read(lines);
  expect(notices.map(describeNotice)).toEqual([]);
  return events.flatMap((event) =>
    ["step-finished", "phase-finished", "document-finished"].includes(event.type) && "key" in event ? [`${event.type} ${event.key}`] : [],
  );
}

async function prepare(folder: string): Promise<void> {
  for (const name of await readdir(folder)) await rm(join(folder, name), { recursive: true });
  await writeFile(join(folder, "main.yaml"), MAIN);
  await writeFile(join(folder, "inner.yaml"), INNER);
  await mkdir(join(folder, "logs"));
}

/** Kills a new run after the given number of events; undefined if it always ends before the signal arrives. */
async function interrupt(folder: string, after: number): Promise<{ finished: readonly string[]; left: string } | undefined> {
  for (let tries = 0; tries < 5; tries++) {
    await prepare(folder);
    const { finished, run } = await runAndKill(folder, after);
    const left = await privateFolder(folder);
    if (run.code === null && left !== undefined) return { finished, left };
  }
  return undefined;
}

test(
  "killed at any point of a run, the agent continues, ends as if nothing had happened, and repeats no finished step",
  () =>
    withTemporaryFolder(async (folder) => {
      await prepare(folder);
      const whole = await runAndKill(folder, Number.POSITIVE_INFINITY);
      expect(whole.run.code).toBe(0);
      const expected = await outcomeOf(folder);
      const lines = await linesOf(folder);
      const ends = await toldEnds(folder);
      expect(await readdir(join(folder, "state"))).toEqual([]);
      expect(whole.events).toBeGreaterThan(40);

      let interrupted = 0;
      let leftBehind = 0;
      for (let after = 1; after <= whole.events; after++) {
        const interruption = await interrupt(folder, after);
        if (interruption === undefined) continue;
        const { finished, left } = interruption;
        interrupted += 1;
        if (existsSync(left)) leftBehind += 1;
        const before = await linesOf(folder);
        const resumed = await ibAgent(["run", "--resume", "crash", "--state-directory", "state"], { folder });
        expect({ after, code: resumed.code }).toEqual({ after, code: 0 });
        expect(existsSync(left)).toBe(false);
        expect(resumed.stderr.split("\n")[0]).toMatch(/"type":"run-resumed"/);
        expect({ after, outcome: await outcomeOf(folder) }).toEqual({ after, outcome: expected });
        expect({ after, ends: await toldEnds(folder) }).toEqual({ after, ends });
        const ran = await linesOf(folder);
        // only the running step may have started again; a finished one has written exactly its lines
        for (const step of finished)
          expect({ after, step, ran: ran.filter((line) => line.startsWith(step)) }).toEqual({
            after,
            step,
            ran: lines.filter((line) => line.startsWith(step)),
          });
        expect([...new Set(ran)].sort()).toEqual([...new Set(lines)].sort());
        expect(ran.length - lines.length).toBeLessThanOrEqual(before.length > 0 ? 1 : 0);
        expect(await readdir(join(folder, "state"))).toEqual([]);
      }
      expect(interrupted).toBeGreaterThan(whole.events / 2);
      expect(leftBehind).toBeGreaterThan(whole.events / 2);
    }),
  1_200_000,
);
