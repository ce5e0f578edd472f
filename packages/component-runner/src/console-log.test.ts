import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import type { RunEvent } from "@imagewright/document-engine";
import { ConsoleLog } from "./console-log.js";

const TIME = Date.UTC(2026, 10, 21, 2, 31, 5, 7);
const STAMP = "2026-11-21 02:31:05.007 Info ";
const place = { document: "a.yaml", phase: "build", step: "Say", key: "0/build/Say" };

/** The log lines for the events, as bytes; the time and "Info" at the start of lines are shown as "> ". */
function log(events: readonly RunEvent[]): string {
  let written = "";
  const console = new ConsoleLog((piece) => (written += Buffer.from(piece as string).toString("latin1")));
  for (const event of events) console.take(event);
  return written.replaceAll(STAMP, "> ");
}

function out(text: string | Buffer, stream: "stdout" | "stderr" = "stdout"): RunEvent {
  return { type: "step-output", time: TIME, depth: 0, ...place, stream, chunk: Buffer.from(text as string) };
}

function ended(exitCode: number | undefined, failureMessage = "", again = false, attempt = 1): RunEvent {
  return { type: "attempt-finished", time: TIME, depth: 0, ...place, attempt, exitCode, failureMessage, again };
}

const DONE = "> Command execution completed successfully\n";
const DONE_0 = `${DONE}> ExitCode 0\n`;

describe("standard output", () => {
  test.each<[string, readonly (string | Buffer)[], string]>([
    ["a line in one chunk", ["one\n"], "> Stdout: one\n"],
    ["several lines in one chunk", ["one\ntwo\n"], "> Stdout: one\n> Stdout: two\n"],
    ["chunks that end inside lines", ["o", "ne\ntw", "o\n"], "> Stdout: one\n> Stdout: two\n"],
    ["a line end alone", ["one", "\n", "two\n"], "> Stdout: one\n> Stdout: two\n"],
    ["no final line end", ["one\ntwo"], "> Stdout: one\n> Stdout: two\n"],
    ["empty lines", ["\n\none\n\n"], "> Stdout: \n> Stdout: \n> Stdout: one\n> Stdout: \n"],
    ["an empty chunk", ["", "one\n", ""], "> Stdout: one\n"],
    ["CRLF is kept", ["one\r\ntwo\r", "\n"], "> Stdout: one\r\n> Stdout: two\r\n"],
    ["bytes that are not text are kept", [Buffer.from([0, 0xff, 0xc3]), Buffer.from([0xa4, 0x0a])], "> Stdout: \0\xff\xc3\xa4\n"],
    ["nothing at all", [], ""],
  ])("%s", (_what, pieces, expected) => {
    expect(log([...pieces.map((piece) => out(piece)), ended(0)])).toBe(`${expected}${DONE_0}`);
  });

  test("lines do not depend on the chunks", () => {
    const piece = fc
      .array(fc.constantFrom("\n", "\n\n\n\n\n\n\n\n", "a", "a longer part of a line", "\xff"), { maxLength: 40 })
      .map((parts) => Buffer.from(parts.join(""), "latin1"));
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const lines = Buffer.concat(pieces)
          .toString("latin1")
          .split(/(?<=\n)/)
          .filter((line) => line !== "");
        expect(log(pieces.map((each) => out(each)))).toBe(lines.map((line) => `> Stdout: ${line}`).join(""));
      }),
    );
  });

  test("each line has the time at which it arrives", () => {
    expect(log([out("one\n"), { ...out("two\n"), time: TIME + 1000 }, { ...ended(undefined), time: TIME + 2000 }])).toBe(
      "> Stdout: one\n2026-11-21 02:31:06.007 Info Stdout: two\n",
    );
  });

  test("a line of the action itself begins a new line", () => {
    expect(log([out("half"), { type: "step-log", time: TIME, depth: 0, ...place, text: "Copied ä" }, out("rest\n")])).toBe(
      "> Stdout: half\n> Copied \xc3\xa4\n> Stdout: rest\n",
    );
  });
});

test("a line of the agent itself is one line, whatever names and messages contain; output keeps its bytes", () => {
  const event = { type: "document-started", time: TIME, depth: 0, document: "a\r\n> ExitCode 0\u001b[2J\u202e.yaml", key: "0" } as const;
  expect(log([event, out("\u001b[2J\n"), ended(1, "no\nsuch\tfile")])).toBe(
    "> Document a\\u000d\\u000a> ExitCode 0\\u001b[2J\\u202e.yaml\n> Stdout: \u001b[2J\n> ExitCode 1\n> Step Say attempt 1 failed: no\\u000asuch\\u0009file\n",
  );
});

describe("standard error", () => {
  test("is written at once at the end", () => {
    expect(log([out("bad\nwo", "stderr"), out("out\n"), out("rse\n", "stderr"), ended(0)])).toBe(
      `> Stdout: out\n${DONE}> Stderr: bad\nworse\n\n> ExitCode 0\n`,
    );
  });

  test("closes a line of standard output that is still open", () => {
    expect(log([out("half"), out("bad", "stderr"), ended(3, "the command exited with code 3")])).toBe(
      "> Stdout: half\n> Stderr: bad\n> ExitCode 3\n> Step Say attempt 1 failed: the command exited with code 3\n",
    );
  });

  test("above 256 KiB is written in several parts, complete", () => {
    const piece = "x".repeat(100 * 1024);
    expect(log([...[1, 2, 3, 4].map(() => out(piece, "stderr")), ended(0)])).toBe(
      `> Stderr: ${piece.repeat(3)}\n${DONE}> Stderr: ${piece}\n> ExitCode 0\n`,
    );
    const exact = "y".repeat(256 * 1024);
    expect(log([out(exact, "stderr"), ended(0)])).toBe(`${DONE}> Stderr: ${exact}\n> ExitCode 0\n`);
  });
});

const result = { name: "Say", failureMessage: "there is no output x", attempts: 0 };
const finished = (change: object) =>
  ({ type: "step-finished", time: TIME, depth: 0, ...place, result: { ...result, ...change } }) as unknown as RunEvent;

test.each<[string, readonly RunEvent[], string]>([
  [
    "the heads of documents, phases and steps",
    [
      { type: "run-started", time: TIME, depth: 0, executionId: "1", documents: ["a.yaml"] },
      { type: "document-started", time: TIME, depth: 0, document: "a.yaml", key: "0/" },
      { type: "phase-started", time: TIME, depth: 0, document: "a.yaml", phase: "build", key: "0/build", steps: 1 },
      { type: "step-started", time: TIME, depth: 0, ...place, action: "ExecuteBash" },
    ],
    "> Document a.yaml\n> Phase build\n> Step Say\n",
  ],
  [
    "failed attempts, and a successful last one",
    [ended(1, "it broke", true), ended(undefined, "it was not started", true, 2), ended(0, "", false, 3)],
    `> ExitCode 1\n> Step Say attempt 1 failed: it broke; trying again\n> Step Say attempt 2 failed: it was not started; trying again\n${DONE_0}`,
  ],
  [
    "a command that succeeded after the timeout",
    [ended(0, "the step ran longer than its timeoutSeconds of 3")],
    "> ExitCode 0\n> Step Say attempt 1 failed: the step ran longer than its timeoutSeconds of 3\n",
  ],
  ["an action without a command", [ended(undefined)], ""],
  ["a step without an attempt", [finished({})], "> Step Say failed: there is no output x\n"],
  ["a step that an attempt has reported", [finished({ attempts: 1 })], ""],
  [
    "a run that succeeded",
    [{ type: "run-finished", time: TIME, depth: 0, executionId: "1", status: "success", cancelled: false }],
    "> TOE has completed execution successfully\n",
  ],
  [
    "a run whose failures were ignored",
    [{ type: "run-finished", time: TIME, depth: 0, executionId: "1", status: "successWithIgnoredFailure", cancelled: false }],
    "> TOE has completed execution successfully\n",
  ],
  [
    "a run that failed",
    [{ type: "run-finished", time: TIME, depth: 0, executionId: "1", status: "failed", cancelled: false }],
    "> TOE has completed execution with failure - Execution failed!\n",
  ],
])("%s", (_what, events, expected) => {
  expect(log(events)).toBe(expected);
});
