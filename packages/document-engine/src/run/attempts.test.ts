import { setTimeout } from "node:timers/promises";
import { describe, expect, test } from "@jest/globals";
import { createRegistry, defineAction, PLATFORMS, type ActionContext, type ActionResult } from "@imagewright/action-contract";
import { runYaml, stepsOf, withSteps } from "../testing/run-yaml.js";
import { createScaledHost } from "../testing/scaled-host.js";

/** A registry with one action, `Act`, that calls a function of the test. */
function registryOf(run: (context: ActionContext) => Promise<ActionResult>) {
  const schema = { type: "object", properties: {}, additionalProperties: false } as const;
  return createRegistry([
    defineAction({
      name: "Act",
      summary: "Runs a function of the test.",
      platforms: PLATFORMS,
      input: { shape: "single", optional: true, schema },
      effects: "opaque",
      outputs: {},
      run: (_input, context) => run(context),
    }),
  ]);
}

describe("attempts", () => {
  test.each([
    [
      "one by default",
      "",
      {
        attempts: 1,
        outcome: "failed",
        exitCode: 1,
        failureMessage: "attempt 1 is too early",
        hints: ["try again"],
        outputs: [{ stdout: "attempt 1" }],
      },
    ],
    [
      "as many as allowed; the last one counts",
      ", maxAttempts: 2",
      { attempts: 2, outcome: "failed", exitCode: 2, failureMessage: "attempt 2 is too early", outputs: [{ stdout: "attempt 2" }] },
    ],
    [
      "no more than needed",
      ", maxAttempts: 9",
      {
        attempts: 3,
        outcome: "succeeded",
        status: "success",
        exitCode: 0,
        failureMessage: "",
        hints: [],
        outputs: [{ stdout: "attempt 3" }],
      },
    ],
  ])("%s", async (_what, setting, expected) => {
    const { result } = await runYaml(withSteps(`{ name: One, action: FailUntil, inputs: { attempts: 3 }${setting} }`));
    const [step] = stepsOf(result);
    expect(step).toMatchObject(expected);
    expect(step?.lastLines).toEqual([`attempt ${step?.attempts}`]);
  });

  test("each is reported", async () => {
    const { events } = await runYaml(withSteps("{ name: One, action: FailUntil, maxAttempts: 9, inputs: { attempts: 3 } }"));
    expect(
      events.flatMap((event) =>
        event.type === "attempt-finished" ? [[event.attempt, event.exitCode, event.failureMessage, event.again]] : [],
      ),
    ).toEqual([
      [1, 1, "attempt 1 is too early", true],
      [2, 2, "attempt 2 is too early", true],
      [3, 0, "", false],
    ]);
  });

  test.each([
    ["error", "thrown over", []],
    ["text", "thrown text", []],
    ["failure", "thrown with a hint", ["do it otherwise"]],
  ])("an action that throws (%s) has failed, and is tried again", async (what, failureMessage, hints) => {
    const { result } = await runYaml(withSteps(`{ name: One, action: Throw, maxAttempts: 2, inputs: { what: ${what} } }`));
    expect(stepsOf(result)[0]).toMatchObject({ attempts: 2, outcome: "failed", status: "failed", failureMessage, hints, outputs: [] });
  });

  test("an action that throws synchronously has failed as well", async () => {
    const registry = registryOf(() => {
      throw new Error("at once");
    });
    const { result } = await runYaml(withSteps("{ name: One, action: Act }"), { registry });
    expect(stepsOf(result)[0]?.failureMessage).toBe("at once");
  });

  test("the items of a list run in order, until one fails", async () => {
    const { result } = await runYaml(
      withSteps("{ name: One, action: FileOp, inputs: [{ path: a }, { path: a, overwrite: false }, { path: c }] }"),
    );
    expect(stepsOf(result)[0]).toMatchObject({
      outcome: "failed",
      failureMessage: expect.stringContaining("EEXIST"),
      outputs: [{ path: "a" }],
    });
  });
});

describe("a further attempt at a list", () => {
  /** An action whose items set `changed`, and whose item `late` only succeeds in its third attempt. */
  function countingRegistry() {
    const runs: string[] = [];
    const schema = {
      type: "object",
      properties: { name: { type: "string" }, changed: { type: "boolean" } },
      required: ["name"],
      additionalProperties: false,
    } as const;
    const act = async ({ name, changed }: { readonly name: string; readonly changed?: boolean | undefined }): Promise<ActionResult> => {
      runs.push(name);
      const tries = runs.filter((run) => run === name).length;
      if (name.startsWith("late") && tries < 3) return { status: "failed", reason: `${name} is not there yet` };
      return { status: "succeeded", ...(changed === undefined ? {} : { changed }), outputs: { run: `${name} ${tries}` } };
    };
    const shared = {
      name: "Act",
      summary: "Counts.",
      platforms: PLATFORMS,
      effects: "opaque",
      outputs: { run: "Which run it is." },
    } as const;
    return { runs, registry: createRegistry([defineAction({ ...shared, input: { shape: "list", schema }, run: act })]) };
  }
  const items = (suffix = "") =>
    `[{ name: moved${suffix}, changed: true }, { name: read${suffix}, changed: false }, { name: unknown${suffix} }, { name: late${suffix}, changed: true }]`;

  test("does not repeat items that have changed the machine; outputs are complete and in order", async () => {
    const { runs, registry } = countingRegistry();
    const { result, events } = await runYaml(withSteps(`{ name: One, action: Act, maxAttempts: 3, inputs: ${items()} }`), { registry });
    expect(runs).toEqual(["moved", "read", "unknown", "late", "read", "unknown", "late", "read", "unknown", "late"]);
    expect(stepsOf(result)[0]).toMatchObject({
      outcome: "succeeded",
      attempts: 3,
      changed: true,
      outputs: [{ run: "moved 1" }, { run: "read 3" }, { run: "unknown 3" }, { run: "late 3" }],
    });
    expect(events.flatMap((event) => (event.type === "attempt-finished" ? [event.failureMessage] : []))).toEqual([
      "late is not there yet",
      "late is not there yet",
      "",
    ]);
  });

  test("nor does a further attempt at a loop", async () => {
    const { runs, registry } = countingRegistry();
    const inputs = "[{ name: 'moved-{{ loop.value }}', changed: true }, { name: '{{ loop.value }}', changed: true }]";
    const { result } = await runYaml(
      withSteps(`{ name: One, action: Act, maxAttempts: 3, loop: { forEach: [early, late, last] }, inputs: ${inputs} }`),
      { registry },
    );
    expect(runs).toEqual(["moved-early", "early", "moved-late", "late", "late", "late", "moved-last", "last"]);
    expect(stepsOf(result)[0]).toMatchObject({
      outcome: "succeeded",
      outputs: [{ run: "moved-early 1\nmoved-late 1\nmoved-last 1" }, { run: "early 1\nlate 3\nlast 1" }],
    });
  });

  test("nor an item that was done just at the timeout", async () => {
    let runs = 0;
    const registry = registryOf(async ({ signal }) => {
      runs += 1;
      await new Promise((over) => signal.addEventListener("abort", over));
      return { status: "succeeded", changed: true };
    });
    const { result } = await runYaml(withSteps("{ name: One, action: Act, timeoutSeconds: 1, maxAttempts: 2 }"), {
      registry,
      host: createScaledHost(),
    });
    expect([runs, stepsOf(result)[0]]).toMatchObject([1, { outcome: "succeeded", attempts: 2 }]);
  });
});

describe("time limits", () => {
  const message = (seconds: number) => `the step ran longer than its timeoutSeconds of ${seconds}`;

  test("each attempt has its own, and a timeout counts as a failure", async () => {
    const { result } = await runYaml(
      withSteps("{ name: One, action: Wait, timeoutSeconds: 3, maxAttempts: 2, onFailure: Ignore }", "{ name: Two, action: Nap }"),
      { host: createScaledHost() },
    );
    expect(stepsOf(result)[0]).toMatchObject({
      attempts: 2,
      outcome: "timed-out",
      status: "ignoredFailure",
      failureMessage: message(3),
      hints: ["raise timeoutSeconds, or set it to -1 for no limit"],
      outputs: [{ stdout: "half" }],
      lastLines: ["waiting"],
    });
    expect(result).toMatchObject({ status: "successWithIgnoredFailure", cancelled: false, executedStepCount: 2 });
  });

  test("an action that does not return is abandoned after a grace period, and its output is ignored", async () => {
    let carryOn: () => void = () => undefined;
    let over: Promise<unknown> = Promise.resolve();
    const registry = registryOf(({ output, log }) => {
      const run = (async (): Promise<ActionResult> => {
        output("stdout", Buffer.from("before\n"));
        await new Promise<void>((resolve) => (carryOn = resolve));
        output("stdout", Buffer.from("after\n"));
        log("after");
        return { status: "succeeded", outputs: { late: "yes" } };
      })();
      over = run;
      return run;
    });
    const { result, events } = await runYaml(withSteps("{ name: One, action: Act, timeoutSeconds: 1 }"), {
      registry,
      host: createScaledHost(),
    });
    expect(stepsOf(result)[0]).toMatchObject({
      outcome: "timed-out",
      status: "failed",
      failureMessage: message(1),
      outputs: [],
      exitCode: undefined,
      lastLines: ["before"],
    });
    const told = events.length;
    carryOn();
    await over;
    expect(events.length).toBe(told);
  });

  test("an action that returns within the grace period is waited for", async () => {
    const registry = registryOf(async ({ signal, host, output }) => {
      await host.clock.sleep(3_600_000, signal).catch(() => undefined);
      await host.clock.sleep(1_000, new AbortController().signal);
      output("stdout", Buffer.from("cleaned up\n"));
      return { status: "failed", reason: "stopped", exitCode: 143 };
    });
    const { result } = await runYaml(withSteps("{ name: One, action: Act, timeoutSeconds: 1 }"), { registry, host: createScaledHost() });
    expect(stepsOf(result)[0]).toMatchObject({ outcome: "timed-out", exitCode: 143, lastLines: ["cleaned up"] });
  });

  test("-1 sets none", async () => {
    const slept: number[] = [];
    const host = createScaledHost();
    const clock = {
      ...host.clock,
      sleep: (milliseconds: number, signal: AbortSignal) => (slept.push(milliseconds), host.clock.sleep(milliseconds, signal)),
    };
    const registry = registryOf(async () => {
      await setTimeout(1);
      return { status: "succeeded" };
    });
    const { result } = await runYaml(
      withSteps("{ name: One, action: Act, timeoutSeconds: -1 }", "{ name: Two, action: Act, timeoutSeconds: 5 }"),
      { registry, host: { ...host, clock } },
    );
    expect(slept.map((milliseconds) => Math.round(milliseconds / 1_000))).toEqual([5]);
    expect(stepsOf(result).map(({ outcome }) => outcome)).toEqual(["succeeded", "succeeded"]);
  });
});

describe("cancelling a run", () => {
  const text = `${withSteps(
    "{ name: One, action: Wait, onFailure: Ignore, maxAttempts: 3 }",
    "{ name: Two, action: Nap }",
  )}  - name: validate\n    steps:\n      - { name: Three, action: Nap }\n`;

  test("stops the running step, which is neither ignored nor retried, and starts no other", async () => {
    const controller = new AbortController();
    const { result, events } = await runYaml([text, text], {
      signal: controller.signal,
      onEvent: (event) => event.type === "step-output" && controller.abort(),
    });
    expect(
      stepsOf(result).map(({ name, outcome, status, attempts, failureMessage }) => [name, outcome, status, attempts, failureMessage]),
    ).toEqual([["One", "cancelled", "failed", 1, "the run was cancelled"]]);
    expect(result).toMatchObject({
      status: "failed",
      cancelled: true,
      failureMessage: "the run was cancelled",
      executedStepCount: 1,
      failedStepCount: 1,
      ignoredFailedStepCount: 0,
    });
    expect(
      result.documents.map((document) => [document.status, document.phases.map((phase) => [phase.status, phase.failureMessage])]),
    ).toEqual([["failed", [["failed", "Step One failed: the run was cancelled"]]]]);
    expect(events.at(-1)).toMatchObject({ type: "run-finished", status: "failed", cancelled: true });
  });

  test("between two steps fails phase and document, since they are not done", async () => {
    const controller = new AbortController();
    const { result } = await runYaml(text.replace("Wait", "Nap"), {
      signal: controller.signal,
      onEvent: (event) => event.type === "step-finished" && controller.abort(),
    });
    expect(
      result.documents.map((document) => [
        document.status,
        document.phases.map((phase) => [phase.name, phase.status, phase.failureMessage]),
      ]),
    ).toEqual([["failed", [["build", "failed", "the run was cancelled"]]]]);
    expect(stepsOf(result).map(({ name, outcome }) => [name, outcome])).toEqual([["One", "succeeded"]]);
  });

  test("between two phases fails the document", async () => {
    const controller = new AbortController();
    const { result } = await runYaml(text.replace("Wait", "Nap"), {
      signal: controller.signal,
      onEvent: (event) => event.type === "phase-finished" && controller.abort(),
    });
    expect(result.documents.map((document) => [document.status, document.phases.map((phase) => [phase.name, phase.status])])).toEqual([
      ["failed", [["build", "success"]]],
    ]);
  });

  test("before it starts runs nothing", async () => {
    const { result, events } = await runYaml(text, { signal: AbortSignal.abort() });
    expect(result).toMatchObject({
      status: "failed",
      cancelled: true,
      failureMessage: "the run was cancelled",
      documents: [],
      executedStepCount: 0,
    });
    expect(events.map(({ type }) => type)).toEqual(["run-started", "run-finished"]);
  });

  test("during the grace period of a timed-out attempt starts no other attempt", async () => {
    const controller = new AbortController();
    const registry = registryOf(async ({ signal }) => {
      await new Promise((resolve) => signal.addEventListener("abort", resolve));
      controller.abort();
      return { status: "failed", reason: "stopped" };
    });
    const { result } = await runYaml(withSteps("{ name: One, action: Act, timeoutSeconds: 1, maxAttempts: 5 }"), {
      registry,
      signal: controller.signal,
      host: createScaledHost(),
    });
    expect(stepsOf(result)[0]).toMatchObject({ attempts: 1, outcome: "timed-out", status: "failed" });
    expect(result.cancelled).toBe(true);
  });

  test("an action that does not return is abandoned here too", async () => {
    const controller = new AbortController();
    const registry = registryOf(() => {
      queueMicrotask(() => controller.abort());
      return new Promise(() => undefined);
    });
    const { result } = await runYaml(withSteps("{ name: One, action: Act }"), {
      registry,
      signal: controller.signal,
      host: createScaledHost(),
    });
    expect(stepsOf(result)[0]).toMatchObject({ attempts: 1, outcome: "cancelled" });
  });
});
