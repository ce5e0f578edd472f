import { mkdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openJournal } from "@imagewright/durability";
import { withTemporaryFolder } from "@imagewright/test-kit";
import { runWorkflow, type WorkflowExecution } from "@imagewright/workflow-engine";
import { describe, expect, test } from "@jest/globals";
import {
  answerWait,
  listWaits,
  localStepActions,
  unansweredWaits,
  type StepActionEvent,
  type StepActionParts,
  type WaitingBuild,
} from "../index.js";
import { checkedSteps } from "../testing/checked-text.js";
import { outputsOf } from "../testing/test-build.js";

const WAIT = "{ name: Ask, action: WaitForAction, inputs: { payload: look at it, snsTopicArn: arn:aws:sns:x } }";

/** A build that waits; its workflow needs no host. */
class Waiting implements WaitingBuild {
  readonly events: StepActionEvent[] = [];
  readonly journal: string;

  constructor(readonly folder: string) {
    mkdirSync(folder, { recursive: true });
    this.journal = join(folder, "journal.jsonl");
  }

  /** Runs it until it ends, or until it waits, if it is to be stopped then. */
  async run(step = WAIT, { stopsAtWait = false, tellsTopics = false } = {}): Promise<WorkflowExecution> {
    const stop = new AbortController();
    const onEvent = (event: StepActionEvent) => {
      this.events.push(event);
      if (stopsAtWait && event.type === "waiting") setTimeout(() => stop.abort(new Error("the process ends")), 150);
    };
    const journal = await openJournal(this.journal);
    try {
      const actions = localStepActions({ folder: this.folder, tellsTopics, onEvent } as unknown as StepActionParts);
      return await runWorkflow({ workflow: checkedSteps([step]), actions, durability: journal.durability(stop.signal) });
    } finally {
      await journal.close();
    }
  }
}

const waitingIn = (body: (build: Waiting) => Promise<void>) => withTemporaryFolder((folder) => body(new Waiting(join(folder, "build"))));

describe("WaitForAction", () => {
  test("waits over three ends of its process, is listed all the time, and goes on with the answer that was given meanwhile", () =>
    waitingIn(async (build) => {
      const seen = new Set<string>();
      for (let end = 1; end <= 3; end++) {
        await expect(build.run(WAIT, { stopsAtWait: true })).rejects.toThrow("the process ends");
        const waits = await listWaits(build.folder);
        expect(await unansweredWaits([build])).toEqual(waits.map((waiting) => ({ build, waiting })));
        expect(waits).toMatchObject([{ stepName: "Ask", workflowType: "BUILD", payload: "look at it" }]);
        seen.add(JSON.stringify(waits));
      }
      // since when is recorded
      expect(seen.size).toBe(1);
      const answered = await answerWait(build, "Ask", { action: "RESUME", reason: "it is fine" });
      expect(answered.stepExecutionId).toMatch(/^step-/);
      // its record stays until a process goes on, but it waits for nobody any more
      expect([(await listWaits(build.folder)).length, await unansweredWaits([build])]).toEqual([1, []]);
      const execution = await build.run();
      expect([execution.status, outputsOf(execution, "Ask")]).toEqual(["COMPLETED", { action: "RESUME", reason: "it is fine" }]);
      expect(await listWaits(build.folder)).toEqual([]);
      expect(build.events.flatMap((event) => (event.type === "notice" ? [event.text] : []))[0]).toBe(
        "nobody is told: snsTopicArn has no effect on this host",
      );
    }));

  test("says nothing of a topic that is told", () =>
    waitingIn(async (build) => {
      await expect(build.run(WAIT, { stopsAtWait: true, tellsTopics: true })).rejects.toThrow("the process ends");
      expect(build.events.map(({ type }) => type)).toEqual(["waiting"]);
    }));

  test("a function of Lambda that should be told fails the step, where a condition has hidden it from the check", () =>
    waitingIn(async (build) => {
      const execution = await build.run("{ name: Ask, action: WaitForAction, inputs: { lambdaFunctionName: approve } }");
      expect([execution.status, execution.message]).toEqual([
        "FAILED",
        'step "Ask" failed: lambdaFunctionName of WaitForAction cannot be used here: functions of Lambda are called by AWS alone',
      ]);
    }));

  test("STOP fails the step, with the reason", () =>
    waitingIn(async (build) => {
      const running = build.run();
      const [wait] = await untilListed(build);
      await answerWait(build, wait?.stepExecutionId ?? "", { action: "STOP", reason: "not today" });
      expect(await running).toMatchObject({ status: "FAILED", message: 'step "Ask" failed: it was stopped: not today' });
      expect(await listWaits(build.folder)).toEqual([]);
    }));

  test("the first of several answers stands, and the others are refused; so is one to a step that does not wait", () =>
    waitingIn(async (build) => {
      await expect(build.run(WAIT, { stopsAtWait: true })).rejects.toThrow("the process ends");
      await expect(answerWait(build, "ask", { action: "STOP" })).rejects.toThrow('the step "ask" waits for no answer; waiting: "Ask"');
      const answers = await Promise.allSettled(
        [1, 2, 3].map((number) => answerWait(build, "Ask", { action: "RESUME", reason: `${number}` })),
      );
      expect(answers.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
      const refused = answers.find((answer): answer is PromiseRejectedResult => answer.status === "rejected");
      expect(refused?.reason).toMatchObject({ code: "step-actions/step-answered", message: 'the step "Ask" was answered before' });
      expect((await build.run()).status).toBe("COMPLETED");
      await expect(answerWait(build, "Ask", { action: "STOP" })).rejects.toThrow('the step "Ask" waits for no answer; no step does');
    }));

  test("a damaged record is an error that says the file, not a step that does not wait", () =>
    waitingIn(async (build) => {
      await expect(build.run(WAIT, { stopsAtWait: true })).rejects.toThrow("the process ends");
      const [wait] = await listWaits(build.folder);
      const path = join(build.folder, "waits", `${wait?.stepExecutionId}.json`);
      writeFileSync(path, "{}");
      await expect(answerWait(build, "Ask", { action: "RESUME" })).rejects.toMatchObject({
        ...{ code: "step-actions/wait-not-readable" },
        message: `the record of a step that waits, "${path}", cannot be used: it is damaged: it does not have a checksum`,
        hints: ["the step cannot be answered, and fails when its time is over; or discard its build, and start it again"],
      });
    }));

  test("what is on record is for its owner only", () =>
    waitingIn(async (build) => {
      await expect(build.run(WAIT, { stopsAtWait: true })).rejects.toThrow("the process ends");
      expect(statSync(join(build.folder, "waits")).mode & 0o777).toBe(0o700);
    }));

  test("the time limit of the step ends the wait", () =>
    waitingIn(async (build) => {
      const execution = await build.run("{ name: Ask, action: WaitForAction, timeoutSeconds: 1, inputs: {} }");
      expect(execution.message).toBe('step "Ask" failed: the step did not end within 1 second');
      expect(await listWaits(build.folder)).toEqual([]);
    }));
});

async function untilListed(build: Waiting): ReturnType<typeof listWaits> {
  for (;;) {
    const waits = await listWaits(build.folder);
    if (waits.length > 0) return waits;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
