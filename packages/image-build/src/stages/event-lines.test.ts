import { expect, test } from "@jest/globals";
import type { RunEvent } from "@imagewright/document-engine";
import { EventLines } from "./event-lines.js";

function read(pieces: readonly (string | Buffer)[], names = new Map<string, string>()) {
  const events: RunEvent[] = [];
  const notices: string[] = [];
  const lines = new EventLines(
    names,
    (event) => events.push(event),
    (notice) => notices.push(notice),
  );
  for (const piece of pieces) lines.push(Buffer.from(piece as string));
  lines.end();
  return { events, notices, last: lines.lastNotice };
}

const event = { time: 1, type: "step-log", document: "/in/1/a.yaml", phase: "build", step: "S", text: "grüße €" };
const line = `${JSON.stringify(event)}\n`;

test("lines are complete wherever they are split, even within characters", () => {
  const bytes = Buffer.from(`note ä\n${line}${line}`);
  for (const size of [1, 2, 3, 7, 1000]) {
    const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) => bytes.subarray(index * size, (index + 1) * size));
    expect(read(pieces)).toEqual({ events: [event, event], notices: ["note ä"], last: "note ä" });
  }
});

test("a line that is not an event is a notice", () => {
  const notices = ["text", "{ broken", "[1]", '{"no":"type"}', " {}", "no line end"];
  expect(read([`${notices.slice(0, 5).join("\n")}\n\n \n`, "no line end"])).toEqual({ events: [], notices, last: "no line end" });
});

test("the last line needs no line feed", () => {
  expect(read([line.trimEnd()]).events).toEqual([event]);
});

test("documents get their names outside of the container", () => {
  const started = { time: 1, type: "run-started", executionId: "1", documents: ["/in/1/a.yaml", "/other"] };
  const finished = { time: 1, type: "run-finished", executionId: "1", status: "success", cancelled: false };
  const { events } = read(
    [[started, event, { ...event, document: "/other" }, finished].map((one) => JSON.stringify(one)).join("\n")],
    new Map([["/in/1/a.yaml", "a.yaml"]]),
  );
  expect(events).toEqual([
    { ...started, documents: ["a.yaml", "/other"] },
    { ...event, document: "a.yaml" },
    { ...event, document: "/other" },
    finished,
  ]);
});

test("an event with large outputs is complete, and notices are truncated", () => {
  const large = { ...event, text: "x".repeat(3 * 1024 * 1024) };
  const { events, notices } = read([
    JSON.stringify(large).slice(0, 1_500_000),
    JSON.stringify(large).slice(1_500_000),
    `\n${"y".repeat(5000)}\n${line}`,
  ]);
  expect(events).toEqual([large, event]);
  expect(notices).toEqual(["y".repeat(4096)]);
});

test("an endless line takes bounded memory, and the lines after it are read", () => {
  const piece = Buffer.alloc(1024 * 1024, "z");
  const { events, notices } = read([...Array.from({ length: 80 }, () => piece), `\n${line}`]);
  expect([events, notices]).toEqual([[event], ["z".repeat(4096)]]);
});
