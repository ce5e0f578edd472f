import { describe, expect, test } from "@jest/globals";
import type { StepExecution, WorkflowExecution } from "@imagewright/workflow-engine";
import type { BuildEvent } from "../events.js";
import type { PlannedWorkflow } from "../plan/build-plan.js";
import { StageReporter } from "./stage-reporter.js";

const START = "2026-11-29T01:00:00.000Z";
const END = "2026-11-29T01:00:02.500Z";

const workflow = (name: string, type: PlannedWorkflow["type"], isDefault = false): PlannedWorkflow => ({
  ...{ name, type, path: `${name}.yaml`, text: "", digest: "", isDefault, parameters: [] },
});

const step = (name: string, action: string, status: StepExecution["status"], others: Partial<StepExecution> = {}): StepExecution => ({
  ...{ stepExecutionId: `step-${name}`, name, action, status, attemptNumber: 1, maxAttempts: 1 },
  ...{ startTime: START, endTime: END },
  ...others,
});

const execution = (type: PlannedWorkflow["type"], ...steps: StepExecution[]): WorkflowExecution => ({
  ...{ workflowExecutionId: "wf-1", type, status: "RUNNING", steps, outputs: {} },
  ...{ totalStepCount: steps.length, totalStepsSucceeded: 0, totalStepsFailed: 0, totalStepsSkipped: 0 },
});

/** The events for executions of one workflow, as short texts, and the durations. */
function report(workflows: readonly PlannedWorkflow[], executions: readonly WorkflowExecution[], reason?: string) {
  const events: string[] = [];
  const emit = (event: BuildEvent) => {
    if (event.type === "stage-started") events.push(`${event.stage}: ${event.title}`);
    if (event.type === "notice") events.push(event.text);
    if (event.type === "stage-finished")
      events.push(`${event.stage} ${event.outcome} ${event.seconds}${event.detail === undefined ? "" : ` (${event.detail})`}`);
  };
  const stages = new StageReporter(emit, workflows, () => reason);
  const [first] = workflows;
  for (const one of executions) if (first !== undefined) stages.report(one, first);
  return { events, durations: stages.durations };
}

describe("the steps of a default workflow", () => {
  const build = workflow("build-container", "BUILD", true);

  test("have the words of stages; others are not shown, and nothing is said twice", () => {
    const running = execution("BUILD", step("A", "LaunchInstance", "RUNNING"), step("B", "BootstrapInstanceForContainer", "PENDING"));
    const ended = execution(
      "BUILD",
      step("A", "LaunchInstance", "COMPLETED"),
      step("B", "BootstrapInstanceForContainer", "COMPLETED"),
      step("C", "CreateImage", "CANCELLED"),
    );
    expect(report([build], [running, running, ended, ended])).toEqual({
      events: ["launch: launching a working container", "launch done 2.5"],
      durations: { launch: 2.5 },
    });
  });

  test("say what has failed, and what had nothing to do", () => {
    const failed = execution("BUILD", step("A", "ExecuteComponents", "FAILED"), step("B", "SanitizeInstance", "FAILED"));
    expect(report([build], [failed]).events).toEqual([
      ...["build: running the components", "build failed 2.5 (a component failed)"],
      ...["clean-up: cleaning up", "clean-up failed 2.5"],
    ]);
    expect(report([build], [execution("BUILD", step("A", "ExecuteComponents", "COMPLETED"))], "nothing to do")).toEqual({
      events: ["build: running the components", "build skipped 0 (nothing to do)"],
      durations: {},
    });
  });
});

describe("the steps of a workflow of one's own", () => {
  test("have their names, and the reason why they were skipped", () => {
    const own = execution(
      "BUILD",
      step("Mark", "RunCommand", "COMPLETED"),
      step("Seal", "RunSysPrep", "SKIPPED", { message: "no Windows" }),
    );
    expect(report([workflow("own", "BUILD"), workflow("test-container", "TEST", true)], [own]).events).toEqual([
      ...["Mark: Mark (RunCommand)", "Mark done 2.5", "Seal: Seal (RunSysPrep)", "Seal skipped 0 (no Windows)"],
    ]);
  });

  test("have the name of the workflow, too, if the recipe names several", () => {
    const own = execution("TEST", step("Run", "ExecuteComponents", "COMPLETED"));
    expect(report([workflow("smoke", "TEST"), workflow("load", "BUILD")], [own])).toEqual({
      events: ["smoke: Run: Run (ExecuteComponents)", "smoke: Run done 2.5"],
      durations: { "smoke: Run": 2.5 },
    });
  });
});

describe("failures after which the build goes on are explained once", () => {
  const failed = step("Check", "RunCommand", "FAILED", { message: "exit code 1" });
  const ended = (status: WorkflowExecution["status"], message?: string): WorkflowExecution => ({
    ...execution("TEST", failed, step("Rest", "RunCommand", "COMPLETED")),
    ...{ status, endTime: END, ...(message !== undefined && { message }) },
  });
  const notices = (onFailure: PlannedWorkflow["onFailure"], one: WorkflowExecution) =>
    report([{ ...workflow("smoke", "TEST"), ...(onFailure !== undefined && { onFailure }) }], [one, one]).events.filter((text) =>
      text.includes("failed, and"),
    );

  test("a step with onFailure: Continue", () => {
    expect(notices(undefined, ended("COMPLETED"))).toEqual([
      'step "Check" of workflow "smoke" failed, and the workflow went on: exit code 1',
    ]);
  });

  test("a workflow with onFailure: CONTINUE; what ends the build is reported as its failure", () => {
    const end = ended("ROLLBACK_COMPLETED", 'step "Check" failed: exit code 1');
    expect(notices("CONTINUE", end)).toEqual(['workflow "smoke" failed, and the build goes on: step "Check" failed: exit code 1']);
    expect(notices(undefined, end)).toEqual([]);
  });
});
