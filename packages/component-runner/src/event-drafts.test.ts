import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createRegistry } from "@imagewright/action-contract";
import { coreActions } from "@imagewright/action-modules-core";
import { linuxActions } from "@imagewright/action-modules-linux";
import {
  createEventReader,
  describeNotice,
  EventSequence,
  LONGEST_OUTPUT_PIECE,
  OUTPUT_OF_STEP,
  type AgentEvent,
} from "@imagewright/agent-protocol";
import type { RunEvent } from "@imagewright/document-engine";
import { createNodeHost } from "@imagewright/node-host";
import { withTemporaryFolder } from "@imagewright/test-kit";
import { expect, test } from "@jest/globals";
import { checkComponents, EventDrafts, loadLocalDocument, prepareComponents, runComponents } from "./index.js";

const registry = createRegistry(coreActions, linuxActions);

const INNER = `schemaVersion: 1.0
phases:
  - name: build
    steps:
      - { name: Fail, action: ExecuteBash, onFailure: Ignore, maxAttempts: 2, inputs: { commands: ["echo no >&2; exit 3"] } }
`;
const MAIN = `schemaVersion: 1.0
phases:
  - name: build
    steps:
      - { name: Make, action: CreateFolder, inputs: [{ path: made }] }
      - { name: Skipped, action: CreateFolder, if: { folderExists: nowhere }, inputs: [{ path: x }] }
      - { name: Listed, action: ExecuteBash, loop: { forEach: [a, b] }, inputs: { commands: ["echo {{ loop.value }}"] } }
      - { name: Nested, action: ExecuteDocument, inputs: { document: inner.yaml } }
      - { name: Split, action: ExecuteBash, inputs: { commands: ["printf '\\\\303'; sleep 0.2; printf '\\\\274'; sleep 0.2; printf '\\\\303'"] } }
      - { name: Much, action: ExecuteBash, inputs: { commands: ["yes | head -c 1000000"] } }
      - { name: Last, action: ExecuteBash, inputs: { commands: ["printf '\\\\033[31mred' >&2; exit 4"] } }
`;

/** Runs the documents on this machine; the events as they come out at the end of the protocol. */
async function run(): Promise<readonly AgentEvent[]> {
  return withTemporaryFolder(async (folder) => {
    await writeFile(join(folder, "inner.yaml"), INNER);
    await writeFile(join(folder, "main.yaml"), MAIN);
    const { documents } = await checkComponents({
      locations: [join(folder, "main.yaml")],
      registry,
      platforms: ["linux"],
      load: loadLocalDocument,
    });
    const { prepared } = prepareComponents(documents, { parametersOf: () => new Map(), parameters: new Map(), phases: undefined });
    const drafts = new EventDrafts();
    const sequence = new EventSequence();
    const lines: string[] = [];
    const onEvent = (event: RunEvent) => {
      for (const draft of drafts.take(event)) for (const numbered of sequence.next(draft)) lines.push(JSON.stringify(numbered));
    };
    await runComponents({
      ...{
        executionId: "run-1",
        documents: prepared,
        phases: undefined,
        logDirectory: folder,
        workingDirectory: folder,
        registry,
        onEvent,
      },
      ...{ host: createNodeHost(), environment: { PATH: "/usr/bin:/bin" }, signal: new AbortController().signal },
      loadDocument: (location) => loadLocalDocument(join(folder, location)),
    });
    expect((await readdir(folder)).some((name) => name.startsWith("TOE_"))).toBe(true);
    const { events, notices } = createEventReader({ documents: [{ document: join(folder, "main.yaml"), name: "main.yaml" }] }).read(lines);
    expect([notices.map(describeNotice), events.length]).toEqual([[], lines.length]);
    return events;
  });
}

test("the events of a real run, as the protocol has them", async () => {
  const events = await run();
  const ofStep = (step: string) => events.filter((event) => "step" in event && event.step === step);
  const output = (step: string) => ofStep(step).flatMap((event) => (event.type === "step-output" ? [event.text] : []));
  expect(ofStep("Skipped").map((event) => [event.type, event.depth])).toEqual([
    ...[
      ["step-started", 0],
      ["condition-evaluated", 0],
      ["step-finished", 0],
    ],
  ]);
  expect(ofStep("Listed").flatMap((event) => (event.type === "iteration-started" ? [`${event.index} ${event.value}`] : []))).toEqual([
    "0 a",
    "1 b",
  ]);
  expect(ofStep("Fail")).toMatchObject([
    { type: "step-started", depth: 1, parent: "0/build/Nested" },
    { type: "step-output", stream: "stderr", text: "no\n" },
    { type: "attempt-finished", attempt: 1, exitCode: 3, again: true },
    { type: "step-output", stream: "stderr", text: "no\n" },
    { type: "attempt-finished", attempt: 2, exitCode: 3, again: false },
    { type: "step-finished", depth: 1, result: { status: "ignoredFailure", attempts: 2, maxAttempts: 2, exitCode: 3, lastLines: ["no"] } },
  ]);
  expect(output("Split")).toEqual(["ü", "\ufffd"]);
  const much = output("Much").join("").length;
  expect([much <= OUTPUT_OF_STEP, much > OUTPUT_OF_STEP - LONGEST_OUTPUT_PIECE]).toEqual([true, true]);
  expect(ofStep("Much").at(-2)).toMatchObject({ type: "output-left-out", bytes: 1_000_000 - much, events: 0 });
  expect(ofStep("Last").at(-1)).toMatchObject({
    type: "step-finished",
    result: { status: "failed", failureMessage: "the command exited with code 4", exitCode: 4, lastLines: ["\u001b[31mred"], line: 11 },
  });
  expect(events.at(-1)).toMatchObject({ type: "run-finished", executionId: "run-1", status: "failed", cancelled: false });
});
