import { describe, expect, test } from "@jest/globals";
import type { AgentEvent } from "../agent-event.js";
import { createEventReader, describeNotice, type EventReaderOptions, type KnownDocument } from "../index.js";
import { LONGEST_JOB, LONGEST_LINE } from "../limits.js";
import { linesOf, NESTED_RUN, numbered, START } from "../testing/run-events.js";

const RUN = numbered(NESTED_RUN);
const KNOWN: readonly KnownDocument[] = [{ document: "outer.yaml", name: "web/outer.yaml", phases: { build: ["Nested"] } }];

function read(lines: readonly string[], options: EventReaderOptions = {}) {
  const { events, notices, otherProtocol } = createEventReader(options).read(lines);
  return { events, notices: notices.map(describeNotice), otherProtocol };
}

/** Reads a run in which a line is inserted after its first `after` events. */
function withForged(after: number, ...forged: readonly (string | object)[]) {
  const lines = forged.map((one) => (typeof one === "string" ? one : JSON.stringify(one)));
  const { events, notices } = read([...linesOf(RUN.slice(0, after)), ...lines, ...linesOf(RUN.slice(after))], { documents: KNOWN });
  expect(events).toHaveLength(RUN.length);
  return notices;
}

test("a run is read as it was written", () => {
  expect(read(linesOf(RUN))).toEqual({ events: RUN, notices: [], otherProtocol: undefined });
});

test("the documents of the run get the names that the caller knows them by; nested documents keep theirs", () => {
  const { events } = read(linesOf(RUN), { documents: KNOWN });
  expect([...new Set(events.map((event) => ("document" in event ? `${event.depth} ${event.document}` : "")))]).toEqual([
    "",
    "0 web/outer.yaml",
    "1 inner.yaml",
  ]);
  expect(events[0]).toMatchObject({ documents: ["web/outer.yaml"] });
});

test("what the caller knows may have invisible characters, which events have written out", () => {
  const known = { document: "a\u200b.yaml", phases: { "b\u00ad": ["S"] } };
  const place = { document: "a\\u200b.yaml", phase: "b\\u00ad", key: "0/b" };
  const events = [
    { ...RUN[0], documents: [place.document] },
    { ...RUN[1], document: place.document },
    { ...RUN[2], ...place },
    { ...RUN[3], ...place, step: "S" },
  ];
  expect(read(linesOf(events), { documents: [known] })).toMatchObject({ events: [{}, { document: known.document }, {}, {}], notices: [] });
});

test("another reader continues from the state, which is plain data", () => {
  for (let cut = 0; cut <= RUN.length; cut++) {
    const first = createEventReader({ documents: KNOWN });
    const before = first.read(linesOf(RUN.slice(0, cut))).events;
    const state = JSON.parse(JSON.stringify(first.state)) as typeof first.state;
    const second = createEventReader({ documents: KNOWN, state });
    expect([...before, ...second.read(linesOf(RUN.slice(cut))).events]).toEqual(read(linesOf(RUN), { documents: KNOWN }).events);
  }
});

describe("what steps forge is a counted notice, and the run is read as if it were not there", () => {
  test("field case forged-events: a line without a result", () => {
    expect(withForged(4, { type: "step-finished" })).toEqual([
      'ignored 1 line of the job\'s events, not an event: protocol: missing: {"type":"step-finished"}',
    ]);
    const place = { document: "outer.yaml", phase: "build", step: "Nested", key: "0/build/Nested" };
    expect(withForged(4, { protocol: "1.0", seq: 5, time: START, depth: 0, type: "step-finished", ...place })).toEqual([
      'ignored 1 line of the job\'s events, not an event: result: missing: {"protocol":"1.0","seq":5,"time":1795874400000,"depth":0,"type":"step-finished","document":"outer.yaml","phase":"build",…',
    ]);
  });

  test("field case forged-events: documents and steps that never ran, and text with terminal sequences", () => {
    const head = { protocol: "1.0", seq: 5, time: START + 3000, depth: 0 };
    const place = { document: "invented", phase: "build", step: "Hardened", key: "0/build/Hardened" };
    expect(
      withForged(
        4,
        { time: 1, type: "phase-started", document: "invented\u001b[2J", phase: "build", steps: 1 },
        { ...head, type: "phase-started", document: "invented\u001b[2J", phase: "build", steps: 1, key: "k" },
        { ...head, type: "step-started", ...place, action: "ExecuteBash" },
        { ...head, type: "step-finished", ...place, result: (RUN[12] as { readonly result?: object }).result },
        "not an event \u001b[31mred\u001b[8mhidden\u202e\u200b",
      ),
    ).toEqual([
      'ignored 1 line of the job\'s events, not an event: protocol: missing: {"time":1,"type":"phase-started","document":"invented\\u001b[2J","phase":"build","steps":1}',
      'ignored 1 line of the job\'s events, not of this run: document "invented" is not running: {"protocol":"1.0","seq":5,"time":1795874403000,"depth":0,"type":"step-started","document":"invented","phase":"build","st…',
      'ignored 1 line of the job\'s events, out of the time of the job: the times of its result are not in order: {"protocol":"1.0","seq":5,"time":1795874403000,"depth":0,"type":"step-finished","document":"invented","phase":"build","s…',
    ]);
  });

  test("text with terminal sequences, changes of direction and zero width is written out", () => {
    const [notice] = withForged(4, "red \u001b[31m\u009b8m\u202e\u200b\u2028\ud800 end");
    expect(notice).toBe(
      "ignored 1 line of the job's events, not an event: not a JSON object: red \\u001b[31m\\u009b8m\\u202e\\u200b\\u2028\\ud800 end",
    );
  });

  test("times before the job or long after it began", () => {
    const event = { ...RUN[9], seq: 5, depth: 0 };
    for (const time of [1, START - 1, START + LONGEST_JOB + 1])
      expect(withForged(4, { ...event, time })[0]).toContain(
        `ignored 1 line of the job's events, out of the time of the job: time ${time} is before or long after the start: {`,
      );
  });

  test("numbers of the past and of the future", () => {
    expect(withForged(6, { ...RUN[2], seq: 3 })[0]).toContain("repeated: number 3 has been read before: {");
    expect(withForged(6, { ...RUN[5], seq: 4_000_000 })[0]).toContain("out of sequence: number 4000000 comes after 6: {");
  });

  test.each<[string, number, object, string]>([
    ["a parent that does not run", 7, { depth: 1, parent: "0/build/Other" }, "its parent is not the running step of depth 0"],
    ["no parent", 7, { depth: 1, parent: undefined }, "its parent is not the running step of depth 0"],
    ["a parent of a document of the run", 2, { depth: 0, parent: "0/" }, "a document of the run has no parent"],
    ["a depth without a step", 7, { depth: 3, parent: "0/build/Nested" }, "no step of depth 2 is running"],
  ])("%s", (_what, index, change, fault) => {
    expect(withForged(index, { ...RUN[index], parent: undefined, ...change })[0]).toContain(`not of this run: ${fault}: {`);
  });

  test.each<[string, number, object, string]>([
    ["a second start", 3, RUN[0] as object, "the run has started before"],
    ["the end of another run", 17, { ...RUN[18], executionId: "run-2" }, "it is of another run"],
    ["the end while a document runs", 17, RUN[18] as object, "a document is still running"],
    ["a second document", 3, RUN[1] as object, "a document of depth 0 is still running"],
    ["a document that the run has not", 1, { ...RUN[1], document: "x" }, 'the run has no document "x"'],
    ["a phase of another document", 2, { ...RUN[2], document: "x" }, 'document "x" is not running'],
    ["a phase that the document has not", 2, { ...RUN[2], phase: "x" }, 'document "outer.yaml" has no phase "x"'],
    ["a phase named as a member of every object", 2, { ...RUN[2], phase: "valueOf" }, 'document "outer.yaml" has no phase "valueOf"'],
    ["a step that the phase has not", 3, { ...RUN[3], step: "x" }, 'phase "build" has no step "x"'],
    ["a second phase", 3, RUN[2] as object, "a phase is still running"],
    ["a second step", 4, RUN[3] as object, 'step "Nested" is still running'],
    ["the end of a step with another key", 15, { ...RUN[15], key: "x" }, 'step "Nested" is not running'],
    ["the end of a phase with another key", 16, { ...RUN[16], key: "x" }, 'phase "build" has another key'],
    ["the end of a document with another key", 17, { ...RUN[17], key: "x" }, 'document "outer.yaml" has another key'],
    ["the end of a phase while a step runs", 6, { ...RUN[16], depth: 0 }, "a step is still running"],
    ["the end of a document while a phase runs", 6, { ...RUN[17], depth: 0 }, "a phase is still running"],
  ])("%s", (_what, index, event, fault) => {
    const time = START + index * 1000;
    expect(withForged(index, { ...event, seq: index + 1, time })[0]).toContain(`not of this run: ${fault}: {`);
  });

  test("wrong types, in whatever member", () => {
    for (const [name, value] of Object.entries({ seq: "5", time: null, depth: 1.5, step: 3, text: ["x"], stream: "stdin", key: {} })) {
      const [notice] = withForged(9, { ...RUN[9], [name]: value });
      expect(notice).toContain(`not an event: ${name}: `);
    }
    for (const line of ["null", "3", "[]", '"text"', "", "{", '{"protocol":"1.0"}', '{"protocol":1.0}', '{"__proto__":{"type":"x"}}'])
      expect(withForged(4, line)[0]).toContain("not an event: ");
  });

  test("a huge line, and deep nesting", () => {
    expect(withForged(4, "x".repeat(LONGEST_LINE + 1))[0]).toContain("too long: longer than 262144 bytes: xxx");
    const nested = `{"protocol":"1.0","seq":5,"time":${START},"depth":0,"type":"step-log","text":${"[".repeat(100_000)}${"]".repeat(100_000)}}`;
    expect(withForged(4, nested)[0]).toContain("not an event: document: missing: {");
  });

  test("the times of a step that do not fit to those of the job", () => {
    const event = RUN[12] as Extract<AgentEvent, { type: "step-finished" }>;
    for (const times of [{ startTime: 1 }, { startTime: event.time + 1 }, { endTime: event.time + 1 }, { endTime: START + 1000 }])
      expect(withForged(12, { ...event, result: { ...event.result, ...times } })[0]).toContain(
        "out of the time of the job: the times of its result are not in order: {",
      );
  });
});

test("members that the schema does not name are allowed, and dropped", () => {
  const { events, notices } = read(linesOf(RUN.map((event) => ({ ...event, extra: { deep: [1] } }))));
  expect([events, notices]).toEqual([RUN, []]);
});

describe("versions", () => {
  test("another major version ends the reading, with both versions", () => {
    const lines = linesOf(RUN);
    const other = JSON.stringify({ ...RUN[3], protocol: "2.1", whatever: true });
    const { events, notices, otherProtocol } = read([...lines.slice(0, 3), other, ...lines.slice(3)]);
    expect([events.length, notices, otherProtocol]).toEqual([3, [], { found: "2.1", supported: "1.0" }]);
  });

  test("a later minor version may have events and members that this reader does not know", () => {
    const news = [RUN[0], { ...RUN[1], protocol: "1.3", type: "disk-filled", percent: 90 }, ...RUN.slice(1)];
    const lines = linesOf(news.map((event, index) => ({ ...event, protocol: "1.3", seq: index + 1 })));
    const { events, notices } = read(lines);
    expect([events.map(({ type }) => type), notices]).toEqual([RUN.map(({ type }) => type), []]);
  });

  test("an event of this version of a type that it has not is a notice", () => {
    expect(withForged(4, { ...RUN[4], type: "constructor" })[0]).toContain("of an unknown type: no event has the type constructor: {");
  });
});

test("numbers that were lost with lines that cannot be read are missing, and the rest is read", () => {
  const lines = linesOf(RUN);
  const { events, notices } = read([...lines.slice(0, 9), "torn", "torn", ...lines.slice(11)]);
  expect([events, notices.length]).toEqual([[...RUN.slice(0, 9), ...RUN.slice(11)], 1]);
});

test("a clock that went back does not make durations negative", () => {
  const { events } = read(linesOf(RUN.map((event, index) => (index === 5 ? { ...event, time: START + 100 } : event))));
  expect(events[5]?.time).toBe(START + 4000);
});

test("after an interruption, what was running starts again", () => {
  const resumed: AgentEvent = { protocol: "1.0", seq: 11, time: START + 60_000, depth: 0, type: "run-resumed", executionId: "run-1" };
  const again = [...RUN.slice(0, 10), resumed, ...RUN.slice(1)].map((event, index) => ({
    ...event,
    seq: index + 1,
    time: index < 11 ? event.time : START + 60_000 + index,
  }));
  const { events, notices } = read(linesOf(again));
  expect([events.length, notices]).toEqual([again.length, []]);
});

test("a job may begin with the continuation of a run; only documents that the caller knows are then of it", () => {
  const resumed: AgentEvent = { protocol: "1.0", seq: 1, time: START, depth: 0, type: "run-resumed", executionId: "run-1" };
  const { events, notices } = read(linesOf([resumed, ...RUN.slice(1)]), { documents: KNOWN });
  expect([events.length, notices]).toEqual([RUN.length, []]);
  const other = read(linesOf([resumed, { ...RUN[1], document: "x" }]), { documents: KNOWN });
  expect(other.notices[0]).toContain('not of this run: the run has no document "x": {');
});

test("a million lines of nonsense take bounded memory and few notices", () => {
  const reader = createEventReader();
  function* nonsense() {
    for (let index = 0; index < 1_000_000; index++) yield `{"n":${index}}`;
  }
  const { events, notices } = reader.read(nonsense());
  expect([events, notices.map(({ count }) => count)]).toEqual([[], [1, 10, 100, 1000, 10_000, 100_000, 1_000_000]]);
  expect(describeNotice(notices.at(-1) as (typeof notices)[number])).toBe(
    'ignored 1000000 lines of the job\'s events, not an event; the latest: protocol: missing: {"n":999999}',
  );
  expect(JSON.stringify(reader.state).length).toBeLessThan(300);
});
