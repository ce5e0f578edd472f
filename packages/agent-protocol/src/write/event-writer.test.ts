import { spawnSync } from "node:child_process";
import { appendFileSync, chmodSync, linkSync, mkdirSync, readFileSync, statSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { withTemporaryFolder } from "@imagewright/test-kit";
import type { AgentEvent, EventDraft } from "../agent-event.js";
import { createEventReader, createEventWriter, readResult, writeResult } from "../index.js";
import { EVENTS_OF_STEP, LONGEST_OUTPUT_PIECE, OUTPUT_OF_JOB, OUTPUT_OF_STEP } from "../limits.js";
import { NESTED_RUN, numbered, START } from "../testing/run-events.js";

const RUN = numbered(NESTED_RUN);
const RESUMED: EventDraft = { time: START + 60_000, depth: 0, type: "run-resumed", executionId: "run-1" };
const COUNTS = { failedStepCount: 0, executedStepCount: 1, ignoredFailedStepCount: 0 };
const SUMMARY = { executionId: "run-1", status: "success", ...COUNTS, failureMessage: "", logUrl: "" } as const;

/** Writes drafts with a writer of their own, as one process does. */
function write(folder: string, drafts: readonly EventDraft[]): void {
  const writer = createEventWriter(folder);
  for (const draft of drafts) writer.write(draft);
  writer.close();
}

/** The events of a job, all of whose lines must be whole and in order. */
function read(folder: string): readonly AgentEvent[] {
  const text = readFileSync(join(folder, "events.jsonl"), "utf8");
  const { events, notices } = createEventReader().read(text.split("\n").slice(0, -1));
  expect([text.endsWith("\n"), notices]).toEqual([true, []]);
  return events;
}

const inJob = (body: (job: string) => void | Promise<void>) => () => withTemporaryFolder(async (folder) => body(join(folder, "job")));

test(
  "events are numbered and written at once, in a file that only its owner reads",
  inJob((job) => {
    const writer = createEventWriter(job);
    expect(writer.executionId).toBeUndefined();
    for (const [index, draft] of NESTED_RUN.entries()) {
      expect(writer.write(draft)).toEqual([RUN[index]]);
      expect(read(job)).toHaveLength(index + 1);
    }
    expect(writer.executionId).toBe("run-1");
    writer.close();
    expect(read(job)).toEqual(RUN);
    expect([statSync(job).mode & 0o777, statSync(join(job, "events.jsonl")).mode & 0o777]).toEqual([0o700, 0o600]);
  }),
);

test(
  "no line of events, nor the result, has a character that a terminal obeys or hides, and each is read back as it was",
  inJob((job) => {
    const text = "\u009b2J\u007f\u202e\u2066\u200b\u2028\u{e0041}";
    write(job, [{ ...NESTED_RUN[0], documents: [text] } as EventDraft]);
    writeResult(job, { ...SUMMARY, failureMessage: text });
    const [events = "", result = ""] = ["events.jsonl", "result.json"].map((name) => readFileSync(join(job, name), "utf8"));
    expect([events, result]).toEqual([expect.stringMatching(/^[\n -~]+$/), expect.stringMatching(/^[\n -~]+$/)]);
    expect(JSON.parse(events)).toMatchObject({ documents: [text] });
    expect(readResult(result)).toMatchObject({ result: { summary: { failureMessage: text } } });
  }),
);

test(
  "a clock that goes back does not take times back",
  inJob((job) => {
    write(
      job,
      NESTED_RUN.map((draft, index) => ({ ...draft, time: index > 11 ? START + 500 : draft.time })),
    );
    const events = read(job);
    expect(events.slice(11).map(({ time }) => time - START)).toEqual(Array.from({ length: 8 }, () => 11_000));
    expect(
      events.flatMap((event) => (event.type === "step-finished" ? [event.result.startTime - START, event.result.endTime - START] : [])),
    ).toEqual([7000, 11_000, 3000, 11_000]);
  }),
);

describe("a process that is killed", () => {
  test(
    "at any event: the next continues the numbers, and tells no end twice",
    inJob((job) => {
      for (let cut = 1; cut <= NESTED_RUN.length; cut++) {
        const folder = `${job}-${cut}`;
        write(folder, NESTED_RUN.slice(0, cut));
        write(folder, [RESUMED, ...NESTED_RUN.slice(1)]);
        const events = read(folder);
        expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
        const ends = (all: readonly AgentEvent[]) =>
          all.filter(({ type }) => type.endsWith("-finished")).map((event) => [event.type, "key" in event && event.key]);
        expect([cut, ends(events)]).toEqual([cut, ends(RUN)]);
      }
    }),
  );

  test(
    "in the middle of a line: the line is removed, the event told again",
    inJob((job) => {
      write(job, NESTED_RUN.slice(0, 13));
      const file = join(job, "events.jsonl");
      const whole = readFileSync(file).length;
      for (const bytes of [1, 5, 100]) {
        truncateSync(file, whole - bytes);
        write(job, [NESTED_RUN[12] as EventDraft]);
        expect(read(job)).toEqual(RUN.slice(0, 13));
      }
    }),
  );

  test(
    "a file with forged lines is continued after what was accepted",
    inJob((job) => {
      write(job, NESTED_RUN.slice(0, 9));
      const forged = JSON.stringify({ ...RUN[9], seq: 4000 });
      appendFileSync(join(job, "events.jsonl"), `nonsense\n${forged}\n${"x".repeat(600_000)}\n${"y".repeat(600_000)}`);
      write(job, NESTED_RUN.slice(9));
      const { events, notices } = createEventReader().read(readFileSync(join(job, "events.jsonl"), "utf8").split("\n").slice(0, -1));
      expect([events, notices.map(({ refusal }) => refusal)]).toEqual([RUN, ["not-an-event", "out-of-sequence", "too-long"]]);
    }),
  );
});

describe("output is bounded", () => {
  const before = NESTED_RUN.slice(0, 7);
  const output = (text: string): EventDraft => ({ ...(NESTED_RUN[9] as Extract<EventDraft, { type: "step-output" }>), text });
  const piece = "é".repeat(LONGEST_OUTPUT_PIECE / 2);

  test(
    "of a step: one event says how much is left out",
    inJob((job) => {
      write(job, [...before, ...Array.from({ length: 100 }, () => output(piece)), output("small"), ...NESTED_RUN.slice(12)]);
      const events = read(job);
      const written = events.reduce((bytes, event) => bytes + (event.type === "step-output" ? Buffer.byteLength(event.text) : 0), 0);
      expect(written).toBe(OUTPUT_OF_STEP);
      expect(events.filter(({ type }) => type === "output-left-out")).toEqual([
        { ...events.at(-8), type: "output-left-out", bytes: 100 * LONGEST_OUTPUT_PIECE + 5 - OUTPUT_OF_STEP, events: 0 },
      ]);
    }),
  );

  test(
    "of a job, also over an interruption",
    inJob((job) => {
      const steps = (from: number, to: number) =>
        Array.from({ length: to - from }, (_, index) => index + from).flatMap((index): EventDraft[] => {
          const place = { document: "inner.yaml", phase: "build", step: `S${index}`, key: `k/S${index}` };
          const all = [NESTED_RUN[6], ...Array.from({ length: 16 }, () => output(piece)), NESTED_RUN[12]] as EventDraft[];
          return all.map((draft) => ({ ...draft, ...place }));
        });
      write(job, [...NESTED_RUN.slice(0, 6), ...steps(0, 20)]);
      write(job, [RESUMED, ...NESTED_RUN.slice(1, 6), ...steps(20, 40)]);
      const events = read(job);
      const written = events.reduce((bytes, event) => bytes + (event.type === "step-output" ? Buffer.byteLength(event.text) : 0), 0);
      expect(written).toBe(OUTPUT_OF_JOB);
      const leftOut = events.flatMap((event) => (event.type === "output-left-out" ? [event.step] : []));
      expect(leftOut).toEqual(Array.from({ length: 8 }, (_, index) => `S${index + 32}`));
    }),
  );

  test(
    "and so are iterations and attempts",
    inJob((job) => {
      const iteration = NESTED_RUN[8] as EventDraft;
      write(job, [...before, ...Array.from({ length: EVENTS_OF_STEP + 7 }, () => iteration), ...NESTED_RUN.slice(12)]);
      expect(read(job).filter(({ type }) => type === "output-left-out")).toMatchObject([{ bytes: 0, events: 7 }]);
    }),
  );
});

test(
  "events that fit nowhere are left out: an action that was given up may still report",
  inJob((job) => {
    write(job, [...NESTED_RUN.slice(0, 16), ...NESTED_RUN.slice(9, 13), ...NESTED_RUN.slice(16)]);
    expect(read(job)).toEqual(RUN);
  }),
);

describe("a job folder is refused", () => {
  const message = (path: string, reason: string) => `the job folder ${JSON.stringify(path)} cannot be used: ${reason}`;

  test.each<[string, string, (job: string) => void]>([
    [
      "a link",
      "it is a link",
      (job) => {
        mkdirSync(`${job}-real`);
        symlinkSync(`${job}-real`, job);
      },
    ],
    ["a link to nowhere", "it is a link", (job) => symlinkSync(`${job}-real`, job)],
    ["a file", "it is not a folder", (job) => writeFileSync(job, "")],
    [
      "writable by a group",
      "others than its owner can write in it",
      (job) => {
        mkdirSync(job);
        chmodSync(job, 0o770);
      },
    ],
    [
      "writable by all",
      "others than its owner can write in it",
      (job) => {
        mkdirSync(job);
        chmodSync(job, 0o1777);
      },
    ],
  ])("%s", (_what, reason, prepare) =>
    withTemporaryFolder(async (folder) => {
      const job = join(folder, "j");
      prepare(job);
      const expected = { code: "agent-protocol/job-folder-refused", message: message(job, reason) };
      expect(() => createEventWriter(job)).toThrow(expect.objectContaining(expected));
      expect(() => writeResult(job, SUMMARY)).toThrow(expect.objectContaining(expected));
      await Promise.resolve();
    }),
  );

  test.each<[string, string, (file: string) => void]>([
    ["a link", "it is a link", (file) => symlinkSync("/etc/hostname", file)],
    ["a pipe", "it is not a regular file", (file) => void spawnSync("mkfifo", [file])],
    [
      "a file with another name",
      "it has another name",
      (file) => {
        writeFileSync(`${file}-other`, "x");
        linkSync(`${file}-other`, file);
      },
    ],
  ])("and so is %s as its file of events", (_what, cause, prepare) =>
    withTemporaryFolder(async (folder) => {
      const file = join(folder, "events.jsonl");
      chmodSync(folder, 0o700);
      prepare(file);
      const message = `${JSON.stringify(file)} of the job cannot be written: ${cause}`;
      expect(() => createEventWriter(folder)).toThrow(expect.objectContaining({ code: "agent-protocol/job-not-written", message }));
      await Promise.resolve();
    }),
  );
});

test(
  "a result is written whole, and read again; a draft that was left is no obstacle",
  inJob((job) => {
    const summary = { ...SUMMARY, failureMessage: "x".repeat(10_000), logUrl: "/logs/a\nb" };
    mkdirSync(job);
    symlinkSync("/etc/hostname", join(job, "result.json.draft"));
    writeResult(job, summary);
    const expected = { ...summary, failureMessage: "x".repeat(4096), logUrl: "/logs/a\\u000ab" };
    expect(readResult(readFileSync(join(job, "result.json"), "utf8"))).toEqual({
      kind: "result",
      result: { protocol: "1.0", summary: expected },
    });
    expect(statSync(join(job, "result.json")).mode & 0o777).toBe(0o600);
  }),
);
