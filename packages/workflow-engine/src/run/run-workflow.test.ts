import { setTimeout as sleep } from "node:timers/promises";
import { send } from "@imagewright/durability";
import { workflowStates, workflowStepStates, type Api } from "@imagewright/imagebuilder-model";
import { describe, expect, test } from "@jest/globals";
import {
  cancelWorkflow,
  createStepActionRegistry,
  failureContextOf,
  failureReasonOf,
  runWorkflow,
  type WorkflowExecution,
} from "../index.js";
import { runText, statusesOf, withJournal } from "../testing/run-text.js";
import { testActions } from "../testing/test-actions.js";
import { checkedWorkflow, withWorkflowSteps } from "../testing/workflow-text.js";

const LAUNCH = "{ name: Machine, action: Launch }";
const INSTANCE = "instanceId.$: $.stepOutputs.Machine.instanceId";
const command = (name: string, inputs = "", others = "") => `{ name: ${name}, action: Command, inputs: { ${INSTANCE}${inputs} }${others} }`;
const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

describe("a run in which all steps succeed", () => {
  const text = withWorkflowSteps(
    [
      LAUNCH,
      command("Say", ', run: "on {{ $.stepOutputs.Machine.addresses[1] }} of {{ $.parameters.owner }}"'),
      command("Last", ", run.$: '$.stepOutputs.Say.output[0]'"),
    ],
    "parameters: [{ name: owner, default: web }]\noutputs: [{ name: Id, value: $.stepOutputs.Machine.instanceId }, { name: Text, value: 'a text' }]\n",
  );

  test("has the states, ids, counters and times that the API has", async () => {
    const { execution, reported, notes } = await runText(text, { parallelGroup: "one" });
    expect(notes).toEqual(["Launch Machine", 'Command Say "on 10.0.0.2 of web"', 'Command Last "on 10.0.0.2 of web"']);
    const { workflowExecutionId, steps, startTime, endTime, ...others } = execution;
    expect(others).toEqual({
      ...{ type: "BUILD", status: "COMPLETED", parallelGroup: "one", outputs: { Id: "i-Machine", Text: "a text" } },
      ...{ totalStepCount: 3, totalStepsSucceeded: 3, totalStepsFailed: 0, totalStepsSkipped: 0 },
    });
    expect(workflowExecutionId.replace(/^wf-/, "")).toMatch(ID);
    expect(new Set(steps.map(({ stepExecutionId }) => stepExecutionId.replace(/^step-(?=[0-9a-f])/, ""))).size).toBe(3);
    expect(Date.parse(startTime ?? "") <= Date.parse(endTime ?? "")).toBe(true);
    const step: Api.WorkflowStepMetadata | undefined = steps[2];
    expect(step).toMatchObject({ inputs: '{"instanceId":"i-Machine","run":"on 10.0.0.2 of web"}', attemptNumber: 1, maxAttempts: 1 });
    expect(step?.outputs).toBe('{"status":"Success","output":["on 10.0.0.2 of web"]}');
    expect([reported[0]?.status, reported[0]?.totalStepCount, reported[0]?.steps.map(({ status }) => status)]).toEqual([
      "PENDING",
      3,
      ["PENDING", "PENDING", "PENDING"],
    ]);
    expectAllowed(reported);
  });

  test("values of parameters are given in the form of the API", async () => {
    expect((await runText(text, { parameters: new Map([["owner", ["you"]]]) })).notes[1]).toBe('Command Say "on 10.0.0.2 of you"');
    const parameters = new Map([
      ["owner", ["a", "b"]],
      ["onwer", ["a"]],
    ]);
    await expect(runText(text, { parameters })).rejects.toThrow(
      'the workflow cannot begin: unknown parameter "onwer"; allowed: "owner"; did you mean "owner"?; parameter "owner" must be a text; found a list of 2',
    );
    await expect(runText(withWorkflowSteps([LAUNCH], "parameters: [{ name: owner }]\n"))).rejects.toThrow(
      'the workflow cannot begin: the parameter "owner" must have a value',
    );
  });
});

describe("a step that fails", () => {
  test("Abort: the rest does not run, and what has run is undone from the failed step back", async () => {
    const text = withWorkflowSteps([
      LAUNCH,
      "{ name: Second, action: Launch }",
      "{ name: Kept, action: Launch, rollbackEnabled: false }",
      command("Fail", ", do: fail"),
      command("Rest"),
    ]);
    const { execution, notes, reported } = await runText(text, { workflowBuildVersionArn: "arn" });
    expect(notes).toEqual(["Launch Machine", "Launch Second", "Launch Kept", "Command Fail", "undo Launch Second", "undo Launch Machine"]);
    expect(execution).toMatchObject({
      status: "ROLLBACK_COMPLETED",
      message: 'step "Fail" failed: it was told to',
      totalStepCount: 5,
      totalStepsSucceeded: 3,
      totalStepsFailed: 1,
      totalStepsSkipped: 0,
    });
    expect(statusesOf(execution)).toEqual([
      "Machine COMPLETED/COMPLETED",
      "Second COMPLETED/COMPLETED",
      "Kept COMPLETED/SKIPPED",
      "Fail FAILED/SKIPPED",
      "Rest CANCELLED",
    ]);
    expect(execution.steps[3]).toMatchObject({ message: "it was told to", outputs: "it was told to" });
    expect(failureContextOf(execution)).toEqual({
      ...{ imageStatus: "BUILDING", workflowExecutionId: execution.workflowExecutionId, workflowArn: "arn", failedStep: "Fail" },
      ...{ stepExecutionId: execution.steps[3]?.stepExecutionId, componentFailure: { phaseName: "build", stepName: "Inner" } },
    });
    expect(failureReasonOf(execution)).toBe(
      `Workflow Execution ID: ${execution.workflowExecutionId} failed with reason: step "Fail" failed: it was told to`,
    );
    expectAllowed(reported);
    expect([...new Set(reported.map(({ status }) => status))]).toEqual([
      "PENDING",
      "RUNNING",
      "ROLLBACK_IN_PROGRESS",
      "ROLLBACK_COMPLETED",
    ]);
  });

  test.each([
    [
      "Continue: the rest runs, and nothing is undone",
      [LAUNCH, command("Fail", ", do: fail", ", onFailure: Continue"), command("Rest")],
      "COMPLETED",
      ["Machine COMPLETED", "Fail FAILED", "Rest COMPLETED"],
    ],
    [
      "Abort after Continue: that step is undone too",
      ["{ name: Machine, action: Launch, inputs: { do: fail }, onFailure: Continue }", command("Fail")],
      "ROLLBACK_COMPLETED",
      ["Machine FAILED/COMPLETED", "Fail FAILED"],
    ],
    [
      "nothing can be undone",
      ["{ name: Machine, action: Launch, rollbackEnabled: $.parameters.no }", command("Fail", ", do: fail")],
      "FAILED",
      ["Machine COMPLETED/SKIPPED", "Fail FAILED/SKIPPED"],
    ],
    [
      "a rollback fails, and the others run",
      ["{ name: Machine, action: Launch }", "{ name: Stuck, action: Launch, inputs: { size: stuck } }", command("Fail", ", do: throw")],
      "FAILED",
      ["Machine COMPLETED/COMPLETED", "Stuck COMPLETED/FAILED", "Fail FAILED/SKIPPED"],
    ],
  ])("%s", async (_what, steps, status, expected) => {
    const text = withWorkflowSteps(steps, "parameters: [{ name: no, type: boolean, default: false }]\n");
    const { execution, reported } = await runText(text);
    expect([execution.status, ...statusesOf(execution)]).toEqual([status, ...expected]);
    expectAllowed(reported);
  });

  test.each([
    ["an action that throws", command("Fail", ", do: throw"), "not a function"],
    ["an effect that takes too long", command("Fail", ", do: sleep", ", timeoutSeconds: 1"), "the step did not end within 1 second"],
    ["a wait that takes too long", "{ name: Fail, action: Wait, timeoutSeconds: 1 }", "the step did not end within 1 second"],
    [
      "a reference to a step that was skipped",
      command("Fail", ", run.$: $.stepOutputs.Skipped.status"),
      '"$.stepOutputs.Skipped.status" has no value: step "Skipped" did not complete',
    ],
    ["a variable without a value", command("Fail", ", run.$: $.imagebuilder.subnetId"), '"$.imagebuilder.subnetId" has no value'],
    ["a value of the wrong type", command("Fail", ", run.$: $.workflowOutputs.list"), '"run" must be a string; found a list'],
    [
      "a list in a text",
      command("Fail", ', run: "a {{ $.workflowOutputs.list }}"'),
      'a list or a mapping cannot be part of a text, as in "a {{ $.workflowOutputs.list }}"',
    ],
    [
      "a condition without a value",
      command("Fail", "", ", if: { stringEquals: a, value: $.workflowOutputs.no }"),
      '"$.workflowOutputs.no" has no value',
    ],
  ])("%s", async (_what, step, message) => {
    const skipped = command("Skipped", "", ", if: { booleanEquals: true, value: $.imagebuilder.collectImageMetadata }");
    const variables = { collectImageMetadata: false };
    const { execution } = await runText(withWorkflowSteps([LAUNCH, skipped, step]), {
      variables,
      workflowOutputs: new Map([["list", ["a"]]]),
    });
    expect(statusesOf(execution).slice(0, 2)).toEqual(["Machine COMPLETED/COMPLETED", "Skipped SKIPPED"]);
    expect(execution.steps[1]?.message).toBe('"false" is not equal to "true"');
    expect(execution.steps[2]).toMatchObject({ status: "FAILED", message });
    expect([execution.status, execution.totalStepsSkipped]).toEqual(["ROLLBACK_COMPLETED", 1]);
  });

  test("an output of a step that was skipped is left out", async () => {
    const text = withWorkflowSteps(
      ["{ name: Machine, action: Launch, if: { numberLessThan: 1, value: 1 } }"],
      "outputs: [{ name: Id, value: $.stepOutputs.Machine.instanceId }]\n",
    );
    expect((await runText(text)).execution).toMatchObject({ status: "COMPLETED", outputs: {}, totalStepsSkipped: 1 });
  });

  test.each([
    "{ stringEquals: Docker, value: $.imagebuilder.imageType }",
    "{ stringEquals: $.imagebuilder.imageType, value: Docker }",
    "{ stringEquals: '{{ $.parameters.type }}', value: '{{ $.imagebuilder.imageType }}' }",
    "{ stringEquals: '{{ $.imagebuilder.imageType }}', value: '{{ $.parameters.type }}' }",
  ])("values are compared as the variable spells them: %s", async (condition) => {
    const text = withWorkflowSteps(
      [`{ name: Machine, action: Launch, if: ${condition} }`],
      "parameters: [{ name: type, default: docker }]\n",
    );
    expect((await runText(text, { variables: { imageType: "DOCKER" } })).execution.totalStepsSucceeded).toBe(1);
    expect((await runText(text, { variables: { imageType: "AMI" } })).execution.totalStepsSkipped).toBe(1);
  });
});

test("names of steps are never those of what a run and its cancellation record themselves", async () => {
  const names = ["execution", "new-execution", "roll-back", "now"];
  const { execution } = await runText(withWorkflowSteps(names.map((name) => `{ name: ${name}, action: Launch }`)));
  expect(statusesOf(execution)).toEqual(names.map((name) => `${name} COMPLETED`));
});

test("actions that cannot be run are refused before anything runs", async () => {
  const contracts = createStepActionRegistry(
    [{ ...must(testActions().get("Launch")), run: undefined }].map(({ run: _, ...contract }) => contract),
  );
  await expect(runText(withWorkflowSteps([LAUNCH, command("Say")]), { actions: contracts })).rejects.toMatchObject({
    code: "workflow-engine/action-not-runnable",
    message: 'the workflow cannot begin: this program cannot run "Command" and "Launch"',
  });
});

test("a step waits for a message under its id, while processes come and go", async () => {
  await withJournal(async (open, file) => {
    const workflow = checkedWorkflow(
      withWorkflowSteps([LAUNCH, "{ name: Approve, action: Wait }", command("Say", ", run.$: $.stepOutputs.Approve.action")]),
    );
    const ids: string[] = [];
    const notes: string[] = [];
    const actions = testActions((line) => (line.startsWith("waiting") ? ids.push(line.slice("waiting ".length)) : notes.push(line)));
    for (let process = 0; process < 3; process++) {
      const journal = await open();
      const stop = new AbortController();
      const run = runWorkflow({ workflow, actions, durability: journal.durability(stop.signal) });
      await sleep(50);
      if (process < 2) stop.abort(new Error("stopped"));
      else await send(file, must(ids[0]), "RESUME");
      const ended = await run.then(
        ({ status }) => status,
        (thrown: Error) => thrown.message,
      );
      expect(ended).toBe(process < 2 ? "stopped" : "COMPLETED");
      await journal.close();
    }
    expect(new Set(ids).size).toBe(1);
    expect(notes).toEqual(["Launch Machine", 'Command Say "RESUME"']);
  });
});

test("a cancelled workflow is undone, and ends CANCELLED; cancelling can be continued", async () => {
  await withJournal(async (open) => {
    const workflow = checkedWorkflow(withWorkflowSteps([LAUNCH, command("Long", ", do: sleep"), command("Rest")]));
    const notes: string[] = [];
    const actions = testActions((line) => notes.push(line));
    const journal = await open();
    const stop = new AbortController();
    const reported: WorkflowExecution[] = [];
    const run = runWorkflow({
      workflow,
      actions,
      durability: journal.durability(stop.signal),
      report: (changed) => reported.push(changed),
    });
    while (!notes.includes("Command Long")) await sleep(10);
    stop.abort(new Error("cancelled"));
    await expect(run).rejects.toThrow("cancelled");
    const last = must(reported.at(-1));
    expect(statusesOf(last)).toEqual(["Machine COMPLETED", "Long RUNNING", "Rest PENDING"]);
    const end = ["CANCELLED", "Machine COMPLETED/COMPLETED", "Long CANCELLED/SKIPPED", "Rest CANCELLED"];
    for (const seen of [last, must(reported[0])]) {
      const execution = await cancelWorkflow(seen, { workflow, actions, durability: journal.durability(undefined, "clean-up") });
      expect([execution.status, ...statusesOf(execution)]).toEqual(end);
    }
    expect(notes).toEqual(["Launch Machine", "Command Long", "undo Launch Machine"]);
    await journal.close();
  });
});

/** Each reported state follows from the one before it, as the API model's states do. */
function expectAllowed(reported: readonly WorkflowExecution[]): void {
  for (const [index, execution] of reported.entries()) {
    const before = reported[index - 1];
    if (before === undefined) continue;
    if (before.status !== execution.status)
      expect([before.status, execution.status, workflowStates.canBecome(before.status, execution.status)]).toEqual([
        before.status,
        execution.status,
        true,
      ]);
    for (const [position, { status }] of execution.steps.entries()) {
      const earlier = must(before.steps[position]).status;
      if (earlier !== status) expect([earlier, status, workflowStepStates.canBecome(earlier, status)]).toEqual([earlier, status, true]);
    }
  }
}

function must<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error("missing");
  return value;
}
