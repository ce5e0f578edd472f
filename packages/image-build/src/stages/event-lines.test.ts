import { expect, test } from "@jest/globals";
import { LONGEST_LINE, type AgentEvent, type KnownDocument } from "@imagewright/agent-protocol";
import { EventLines } from "./event-lines.js";
import { knownDocument } from "./known-documents.js";

const TIME = 1_795_874_400_000;
const TEXT = `schemaVersion: 1.0
phases:
  - name: build
    steps: [{ name: Real, action: ExecuteBash, inputs: { commands: [x] } }]
`;
const DOCUMENTS = [knownDocument("/in/1/a.yaml", { path: "a.yaml", text: TEXT })];

function read(pieces: readonly (string | Buffer)[], documents: readonly KnownDocument[] = DOCUMENTS) {
  const events: AgentEvent[] = [];
  const notices: string[] = [];
  const lines = new EventLines(
    documents,
    (event) => events.push(event),
    (notice) => notices.push(notice),
  );
  for (const piece of pieces) lines.push(Buffer.from(piece as string));
  lines.end();
  return { events, notices, lines };
}

const head = (seq: number) => ({ protocol: "1.0", seq, time: TIME, depth: 0 });
const RUN = [
  { ...head(1), type: "run-started", executionId: "grüße €", documents: ["/in/1/a.yaml"] },
  { ...head(2), type: "document-started", document: "/in/1/a.yaml", key: "0/" },
  { ...head(3), type: "phase-started", document: "/in/1/a.yaml", phase: "build", key: "0/build", steps: 1 },
  { ...head(4), type: "step-started", document: "/in/1/a.yaml", phase: "build", step: "Real", key: "0/build/Real", action: "ExecuteBash" },
];
const OUTSIDE = RUN.map((event) => ("document" in event ? { ...event, document: "a.yaml" } : { ...event, documents: ["a.yaml"] }));
const text = (events: readonly object[]) => events.map((event) => `${JSON.stringify(event)}\n`).join("");

test("lines are complete wherever they are split, even within characters; documents get their names outside of the container", () => {
  const bytes = Buffer.from(`note ä\n${text(RUN)}`);
  for (const size of [1, 2, 3, 7, 1000]) {
    const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) => bytes.subarray(index * size, (index + 1) * size));
    const { events, notices } = read(pieces);
    expect([events, notices]).toEqual([OUTSIDE, ["note ä"]]);
  }
});

test("other lines are notices, with their control characters written out and cut", () => {
  const { events, notices, lines } = read([`text\n \n\n[1]\nred \u001b[31m\u202e\n${"y".repeat(5000)}\n`, "no line end"]);
  expect([events, notices]).toEqual([[], ["text", "[1]", "red \\u001b[31m\\u202e", "y".repeat(4096), "no line end"]]);
  expect(lines.lastNotice).toBe("no line end");
});

test("field case forged-events: what a step writes in the agent's name is counted, and the run is read", () => {
  const { events, notices } = read([
    text(RUN.slice(0, 3)),
    '{"type":"step-finished"}\n{"time":1,"type":"phase-started","document":"invented\\u001b[2J","phase":"build","steps":1}\n',
    text([{ ...RUN[3], step: "Hardened" }]),
    text(RUN.slice(3)),
  ]);
  expect(events).toEqual(OUTSIDE);
  expect(notices).toEqual([
    'ignored 1 line of the job\'s events, not an event: protocol: missing: {"type":"step-finished"}',
    'ignored 1 line of the job\'s events, not of this run: phase "build" has no step "Hardened": {"protocol":"1.0","seq":4,"time":1795874400000,"depth":0,"type":"step-started","document":"/in/1/a.yaml","phase":"build"…',
  ]);
});

test("an endless line takes bounded memory, and the lines after it are read", () => {
  const piece = Buffer.alloc(LONGEST_LINE, "z");
  const { events, notices } = read(["{", ...Array.from({ length: 80 }, () => piece), `\n${text(RUN)}`]);
  expect(events).toEqual(OUTSIDE);
  expect(notices).toEqual([`ignored 1 line of the job's events, too long: longer than 262144 bytes: {${"z".repeat(119)}…`]);
});

test("another major version of the protocol is an error that names both", () => {
  const { events, lines } = read([text([RUN[0] as object, { protocol: "2.0" }, ...RUN.slice(1)])]);
  expect(events).toHaveLength(1);
  expect(() => lines.checkProtocol()).toThrow("the job speaks version 2.0 of the agent's protocol, and this program understands 1.0");
});
