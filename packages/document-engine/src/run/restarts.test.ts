import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { SourceFile } from "@imagewright/diagnostics";
import { withTemporaryFolder } from "@imagewright/test-kit";
import { describe, expect, test } from "@jest/globals";
import { MOST_RESTARTS, type Journal, type RunEvent, type RunResult } from "../index.js";
import { startYaml, stepsOf, withSteps } from "../testing/run-yaml.js";

/** An in-memory journal that stores JSON, like one on disk. */
function createJournal(): Journal {
  const records = new Map<string, string>();
  return {
    recall: (key) => (records.has(key) ? (JSON.parse(records.get(key) ?? "") as unknown) : undefined),
    record: (key, value) => void records.set(key, JSON.stringify(value)),
  };
}

/** Runs a document to its end, starting again for each restart. */
async function runThrough(
  text: string,
  files: Readonly<Record<string, string>> = {},
  onRestart = () => {},
): Promise<{ result: RunResult; events: RunEvent[]; notes: string; restarts: string[] }> {
  return withTemporaryFolder(async (workingDirectory) => {
    const journal = createJournal();
    const events: RunEvent[] = [];
    const restarts: string[] = [];
    for (;;) {
      const loadDocument = async (name: string) => new SourceFile(name, files[name] ?? "");
      const { outcome } = await startYaml(text, {
        workingDirectory,
        journal,
        resumed: restarts.length > 0,
        loadDocument,
        onEvent: (event) => events.push(event),
      });
      if (outcome.status !== "restart")
        return { result: outcome, events, notes: await readFile(join(workingDirectory, "notes"), "utf8").catch(() => ""), restarts };
      onRestart();
      restarts.push(`${outcome.place.step} after ${outcome.delaySeconds} s`);
    }
  });
}

const note = (name: string, line = name) => `{ name: ${name}, action: Note, inputs: [{ file: notes, line: "${line}" }] }`;
const restartUntil = (name: string, runs: number, rest = "", file = name) =>
  `{ name: ${name}, action: RestartUntil${rest}, inputs: { runs: ${runs}, file: "${file}" } }`;

describe("chapters 15 and 19: restarts", () => {
  test("Reboot continues at the next step, with earlier results", async () => {
    const { result, notes, restarts, events } = await runThrough(
      withSteps(note("A"), "{ name: Again, action: Restart }", note("B", "{{ build.A.outputs.stdout }}-B")),
    );
    expect(restarts).toEqual(["Again after 0 s"]);
    expect(notes).toBe("A\nA-B\n");
    expect(stepsOf(result).map(({ name, outcome }) => `${name} ${outcome}`)).toEqual(["A succeeded", "Again succeeded", "B succeeded"]);
    expect(
      events
        .map((event) => ("step" in event ? `${event.type} ${event.step}` : event.type))
        .filter((text) => /^(run|restart|step-started)/.test(text)),
    ).toEqual([
      ...["run-started", "step-started A", "step-started Again", "restart-requested Again"],
      ...["run-resumed", "restart-finished Again", "step-started Again", "step-started B", "run-finished"],
    ]);
  });

  test("what an earlier process has finished is reported as recalled, under the same key", async () => {
    const { events } = await runThrough(withSteps(note("A"), "{ name: Again, action: Restart }", note("B")));
    const ends = events.flatMap((event) =>
      event.type === "step-finished" || event.type === "step-recalled" ? [`${event.type} ${event.key} ${event.result.status}`] : [],
    );
    expect(ends).toEqual([
      ...["step-finished 0/build/A success", "step-recalled 0/build/A success"],
      ...["step-finished 0/build/Again success", "step-finished 0/build/B success"],
    ]);
  });

  test("times from before the restart are kept", async () => {
    const text = [
      "schemaVersion: 1.0",
      "phases:",
      `  - { name: done, steps: [${note("A")}] }`,
      `  - { name: again, steps: [${restartUntil("Again", 2)}] }`,
    ].join("\n");
    const { result, events } = await runThrough(text, {}, () => {
      const now = Date.now();
      while (Date.now() < now + 2);
    });
    const asked = events.find(({ type }) => type === "restart-requested")?.time ?? 0;
    const resumed = events.find(({ type }) => type === "run-resumed")?.time ?? 0;
    const [document] = result.documents;
    const [done, again] = document?.phases ?? [];
    for (const time of [result.startTime, document?.startTime, done?.startTime, done?.endTime, again?.startTime])
      expect(time).toBeLessThanOrEqual(asked);
    for (const time of [result.endTime, document?.endTime, again?.endTime]) expect(time).toBeGreaterThanOrEqual(resumed);
    expect(resumed).toBeGreaterThan(asked);
  });

  test("exit code 194 runs the same step again, in the same attempt", async () => {
    const { result, notes, restarts } = await runThrough(
      withSteps(note("A"), restartUntil("Again", 3), note("B", "{{ build.Again.outputs.stdout }}")),
    );
    expect(restarts).toEqual(["Again after 3 s", "Again after 3 s"]);
    expect(notes).toBe("A\nrun 3\n");
    expect(stepsOf(result)[1]).toMatchObject({ attempts: 1, exitCode: 0, outputs: [{ stdout: "run 3" }] });
  });

  test("a step that runs again after its restart is told so", async () => {
    const { events } = await runThrough(withSteps(restartUntil("Again", 2, ", loop: { forEach: [x, y] }", "count-{{ loop.value }}")));
    expect(events.flatMap((event) => (event.type === "step-log" ? [event.text] : []))).toEqual([
      ...["for the first time", "after a restart", "for the first time", "after a restart"],
    ]);
  });

  test("the time before a restart is not that of the step: its limit does not count", async () => {
    const { result, restarts } = await runThrough(withSteps(restartUntil("Again", 2, ", timeoutSeconds: 1")));
    expect([restarts, stepsOf(result)[0]?.outcome]).toEqual([["Again after 3 s"], "succeeded"]);
  });

  test("a loop continues at its iteration, with its original values", async () => {
    const { result, restarts } = await runThrough(
      withSteps(restartUntil("Loop", 2, ", loop: { forEach: [x, y] }", "count-{{ loop.value }}")),
    );
    expect(restarts).toHaveLength(2);
    expect(stepsOf(result)[0]).toMatchObject({ outcome: "succeeded", outputs: [{ stdout: "run 2\nrun 2" }], loop: { iterations: 2 } });
  });

  test("a condition is evaluated once, although the step changes its result", async () => {
    const { result, events } = await runThrough(withSteps(restartUntil("Once", 2, ", if: { not: { fileExists: Once } }")));
    expect(stepsOf(result)[0]).toMatchObject({ outcome: "succeeded", outputs: [{ stdout: "run 2" }] });
    expect(
      events
        .filter(({ type }) => type === "condition-evaluated")
        .map((event) => ("condition" in event ? event.condition.value : undefined)),
    ).toEqual([true, true]);
  });

  test("attempts that failed before the restart still count", async () => {
    const steps = withSteps("{ name: Mixed, action: Nested, onFailure: Continue, inputs: { document: inner.yaml } }");
    const inner = withSteps(
      "{ name: Flaky, action: FailUntil, maxAttempts: 3, inputs: { attempts: 2 } }",
      restartUntil("Inside", 2),
      note("C"),
    );
    const { result, notes, restarts } = await runThrough(steps, { "inner.yaml": inner });
    expect(restarts).toEqual(["Inside after 3 s"]);
    expect(notes).toBe("C\n");
    expect(stepsOf(result)[0]).toMatchObject({
      outcome: "succeeded",
      nested: [{ documents: [{ phases: [{ steps: [{ name: "Flaky", attempts: 2 }, { name: "Inside" }, { name: "C" }] }] }] }],
    });
  });

  test("a nested document continues as it was read, even if its file has changed", async () => {
    const steps = withSteps("{ name: Call, action: Nested, inputs: { document: inner.yaml, greeting: hello } }");
    const inner = withSteps(restartUntil("Inside", 2), note("C", "{{ greeting }}")).replace(
      "phases:",
      "parameters: [{ greeting: { type: string } }]\nphases:",
    );
    const files: Record<string, string> = { "inner.yaml": inner };
    const { result, notes, restarts } = await runThrough(steps, files, () => delete files["inner.yaml"]);
    expect(restarts).toEqual(["Inside after 3 s"]);
    expect(notes).toBe("hello\n");
    expect(stepsOf(result)[0]).toMatchObject({
      outcome: "succeeded",
      nested: [{ documents: [{ filePath: "inner.yaml", phases: [{ steps: [{ name: "Inside" }, { name: "C" }] }] }] }],
    });
  });

  test("a step that keeps asking for restarts is stopped", async () => {
    const { result, restarts } = await runThrough(withSteps(restartUntil("Endless", 1_000)));
    expect(restarts).toHaveLength(MOST_RESTARTS);
    expect(stepsOf(result)[0]).toMatchObject({ outcome: "failed", failureMessage: "the run has restarted the machine 15 times already" });
  });
});
