import { writeFile, mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SourceFile } from "@imagewright/diagnostics";
import { describe, expect, test } from "@jest/globals";
import { readFile } from "node:fs/promises";
import { runYaml, stepsOf, withSteps } from "../testing/run-yaml.js";

/** Runs the first document, with the others as files in the same folder. */
async function run(main: string, files: Readonly<Record<string, string>>) {
  const folder = await mkdtemp(join(tmpdir(), "imagewright-nested-"));
  try {
    for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
    await symlink("inner.yaml", join(folder, "link.yaml"));
    return await runYaml(main, {
      workingDirectory: folder,
      loadDocument: async (location) => new SourceFile(location, await readFile(join(folder, location), "utf8")),
    });
  } finally {
    await rm(folder, { recursive: true });
  }
}

const call = (document: string, rest = "") =>
  `{ name: Call, action: Nested, onFailure: Continue, inputs: { document: ${document}${rest} } }`;
const greets = `schemaVersion: 1.0
parameters:
  - greeting: { type: string, default: hello }
phases:
  - name: build
    steps:
      - { name: Say, action: Echo, inputs: { text: "{{ greeting }}" } }
  - name: test
    steps:
      - { name: SayAgain, action: Echo, inputs: { text: "{{ greeting }} again" } }
`;

describe("chapter 15: ExecuteDocument", () => {
  test("events say how deep their document is, which step runs it, and have keys that differ in each run of a document", async () => {
    const { events } = await run(withSteps(call("middle.yaml"), "{ name: After, action: Echo, inputs: { text: x } }"), {
      "middle.yaml": withSteps(call("inner.yaml", ", phases: test"), call("inner.yaml", ", phases: test").replace("Call", "CallAgain")),
      "inner.yaml": greets,
    });
    const steps = events.flatMap((event) => (event.type === "step-finished" ? [`${event.depth} ${event.parent ?? "-"} ${event.key}`] : []));
    const middle = "0/build/Call/attempt-1/0.0>0/build/Call";
    expect(steps).toEqual([
      `2 ${middle} ${middle}/attempt-1/0.0>0/test/SayAgain`,
      `1 0/build/Call ${middle}`,
      `2 ${middle}Again ${middle}Again/attempt-1/0.0>0/test/SayAgain`,
      `1 0/build/Call ${middle}Again`,
      "0 - 0/build/Call",
      "0 - 0/build/After",
    ]);
    const documents = events.flatMap((event) =>
      event.type === "document-started" ? [`${event.depth} ${event.document} ${event.key}`] : [],
    );
    expect(documents).toEqual([
      "0 document-1.yaml 0/",
      "1 middle.yaml 0/build/Call/attempt-1/0.0>0/",
      `2 inner.yaml ${middle}/attempt-1/0.0>0/`,
      `2 inner.yaml ${middle}Again/attempt-1/0.0>0/`,
    ]);
    const outer = events.filter(({ depth }) => depth === 0).map((event) => ("step" in event ? `${event.type} ${event.step}` : event.type));
    expect(outer.filter((text) => !/output|log|attempt/.test(text))).toEqual([
      ...["run-started", "document-started", "phase-started", "step-started Call", "step-finished Call"],
      ...["step-started After", "step-finished After", "phase-finished", "document-finished", "run-finished"],
    ]);
  });

  test("runs all phases of the document, with the summary as outputs and the full result as nested result", async () => {
    const { result, events } = await run(withSteps(call("inner.yaml")), { "inner.yaml": greets });
    expect(result).toMatchObject({ status: "success", executedStepCount: 1 });
    const [step] = stepsOf(result);
    expect(step).toMatchObject({ timeoutSeconds: -1, maxAttempts: 1, attempts: 1 });
    expect(step?.outputs).toEqual([
      {
        executionId: step?.nested[0]?.executionId,
        status: "success",
        executedStepCount: 2,
        failedStepCount: 0,
        ignoredFailedStepCount: 0,
        failureMessage: "",
        logUrl: "",
      },
    ]);
    expect(step?.nested).toMatchObject([
      {
        documents: [
          { filePath: "inner.yaml", phases: [{ name: "build", steps: [{ name: "Say", outputs: [{ text: "hello" }] }] }, { name: "test" }] },
        ],
      },
    ]);
    expect(events.flatMap((event) => (event.type === "step-started" ? `${event.document} ${event.step}` : []))).toEqual([
      "document-1.yaml Call",
      "inner.yaml Say",
      "inner.yaml SayAgain",
    ]);
  });

  test("accepts phases and parameters, for each iteration of a loop", async () => {
    const loop =
      "{ name: Call, action: Nested, loop: { name: my, forEach: [a, b] }, inputs: { document: inner.yaml, phases: test, greeting: '{{ my.value }}' } }";
    const { result } = await run(withSteps(loop), { "inner.yaml": greets });
    const nested = stepsOf(result)[0]?.nested ?? [];
    expect(nested.map((inner) => stepsOf(inner).map(({ outputs }) => outputs))).toEqual([[[{ text: "a again" }]], [[{ text: "b again" }]]]);
    expect(new Set(nested.map(({ executionId }) => executionId)).size).toBe(2);
  });

  test("fails if the document fails, and keeps its result", async () => {
    const { result } = await run(withSteps(call("inner.yaml"), "{ name: Next, action: Nap }"), {
      "inner.yaml": withSteps("{ name: Bad, action: Throw, inputs: { what: error } }"),
    });
    expect(stepsOf(result)).toMatchObject([
      {
        outcome: "failed",
        failureMessage: "Document inner.yaml failed! Step Bad failed: thrown over",
        outputs: [{ status: "failed", failedStepCount: 1, failureMessage: "Document inner.yaml failed!" }],
        nested: [{ status: "failed" }],
      },
      { name: "Next", outcome: "succeeded" },
    ]);
  });

  test("reports which step of which document failed, at any depth", async () => {
    const bad = withSteps(
      "{ name: Fine, action: Throw, onFailure: Ignore, inputs: { what: text } }",
      "{ name: Bad, action: Blurt, inputs: { text: late } }",
    );
    const { result } = await run(withSteps(call("1.yaml")), { "1.yaml": withSteps(call("2.yaml")), "2.yaml": bad });
    expect(stepsOf(result)[0]?.failureMessage).toBe(
      "Document 1.yaml failed! Step Call failed: Document 2.yaml failed! Step Bad failed: the text was late",
    );
  });

  test.each([
    ["a document that has faults", "bad.yaml", 'the document "bad.yaml" has 2 faults; the first: bad.yaml:5:'],
    ["a document that does not exist", "absent.yaml", "ENOENT"],
    ["a document that runs itself", "self.yaml", "Document self.yaml failed!"],
  ])("fails for %s", async (_what, document, message) => {
    const { result } = await run(withSteps(call(document)), {
      "bad.yaml": withSteps("{ name: A, action: Nothing }", "{ name: A, action: Nap }"),
      "self.yaml": withSteps(call("self.yaml")),
    });
    expect(stepsOf(result)[0]).toMatchObject({ outcome: "failed", failureMessage: expect.stringContaining(message) });
  });

  test("finds cycles, also through links", async () => {
    const { result } = await run(withSteps(call("inner.yaml")), { "inner.yaml": withSteps(call("link.yaml")) });
    expect(innermost(result)).toMatch(
      /^the documents run each other in a cycle: ".*document-1.yaml" runs ".*inner.yaml" runs ".*inner.yaml"$/,
    );
  });

  test("allows three levels of nesting", async () => {
    const files = {
      "1.yaml": withSteps(call("2.yaml")),
      "2.yaml": withSteps(call("3.yaml")),
      "3.yaml": withSteps(call("4.yaml")),
      "4.yaml": greets,
    };
    const deepest = await run(withSteps(call("2.yaml")), files);
    expect(deepest.result.status).toBe("success");
    const tooDeep = await run(withSteps(call("1.yaml")), files);
    expect(innermost(tooDeep.result)).toBe('the document "4.yaml" is nested more than 3 levels deep');
  });

  test("says how to give a missing parameter a value", async () => {
    const { result, events } = await run(withSteps(call("inner.yaml")), { "inner.yaml": greets.replace(", default: hello", "") });
    expect(stepsOf(result)[0]?.failureMessage).toBe(
      'the document "inner.yaml" has 1 fault; the first: inner.yaml:3:5: the parameter "greeting" has no default and no value was given (give it under "parameters" of the step)',
    );
    expect(events.flatMap((event) => (event.type === "step-started" ? event.step : []))).toEqual(["Call"]);
  });

  test("checks the values of parameters before a step of the document runs", async () => {
    const inner = `${greets}      - { name: Write, action: FileOp, inputs: { path: "{{ greeting }}" } }\n`;
    const { result, events } = await run(withSteps(call("inner.yaml", ", greeting: folder/")), { "inner.yaml": inner });
    expect(stepsOf(result)[0]?.failureMessage).toBe(
      'the document "inner.yaml" has 1 fault; the first: inner.yaml:11:57: FileOp: the path must name a file ("{{ greeting }}" is "folder/") (leave out the last slash)',
    );
    expect(events.flatMap((event) => (event.type === "step-started" ? event.step : []))).toEqual(["Call"]);
  });
});

function innermost(result: Parameters<typeof stepsOf>[0]): string | undefined {
  const [step] = stepsOf(result);
  const [inner] = step?.nested ?? [];
  return inner === undefined ? step?.failureMessage : innermost(inner);
}
