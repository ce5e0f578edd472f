import { describe, expect, test } from "@jest/globals";
import {
  canRetry,
  enumValues,
  imageStates,
  lifecycleResourceStates,
  lifecycleStates,
  resourceStateUpdates,
  rollbackStates,
  scanStates,
  workflowStates,
  workflowStepStates,
  type EnumName,
  type StateTable,
} from "../index.js";

const TABLES: readonly [EnumName, StateTable<string>][] = [
  ["ImageStatus", imageStates],
  ["WorkflowExecutionStatus", workflowStates],
  ["WorkflowStepExecutionStatus", workflowStepStates],
  ["WorkflowStepExecutionRollbackStatus", rollbackStates],
  ["LifecycleExecutionStatus", lifecycleStates],
  ["LifecycleExecutionResourceStatus", lifecycleResourceStates],
  ["ImageScanStatus", scanStates],
];

describe.each(TABLES)("%s", (name, table) => {
  test("has the states of the model", () => {
    expect([...table.states].sort()).toEqual([...enumValues(name)].sort());
  });

  test("every state is reachable from the initial ones, and every state has a path to an end", () => {
    const reached = new Set(table.initial);
    for (const state of reached) for (const next of table.after(state)) reached.add(next);
    expect([...reached].sort()).toEqual([...table.states].sort());
    expect(table.states.filter((state) => !table.hasEnded(state) && !table.after(state).some((next) => table.hasEnded(next)))).toEqual([]);
  });

  test("no state follows itself, and none is listed twice", () => {
    for (const state of table.states) {
      expect([state, table.canBecome(state, state), new Set(table.after(state)).size]).toEqual([state, false, table.after(state).length]);
    }
  });
});

describe("the states of an image", () => {
  const builds = ["PENDING", "CREATING", "BUILDING", "TESTING", "DISTRIBUTING", "INTEGRATING"] as const;

  test("a build only moves forward, and may skip stages", () => {
    for (const [from, state] of builds.entries()) {
      for (const [to, next] of builds.entries())
        expect([state, next, imageStates.canBecome(state, next)]).toEqual([state, next, from < to]);
      for (const end of ["AVAILABLE", "FAILED", "CANCELLED"] as const) expect(imageStates.canBecome(state, end)).toBe(true);
      for (const later of ["DEPRECATED", "DISABLED", "DELETED"] as const) expect(imageStates.canBecome(state, later)).toBe(false);
      expect(imageStates.hasEnded(state)).toBe(false);
    }
  });

  test.each([
    ["AVAILABLE", ["DEPRECATED", "DISABLED", "DELETED"]],
    ["DEPRECATED", ["AVAILABLE", "DISABLED", "DELETED"]],
    ["DISABLED", ["AVAILABLE", "DEPRECATED", "DELETED"]],
    ["FAILED", ["TESTING", "DISTRIBUTING", "DELETED"]],
    ["CANCELLED", ["TESTING", "DISTRIBUTING", "DELETED"]],
    ["DELETED", []],
  ] as const)("after %s there is %j", (state, after) => {
    expect(imageStates.after(state)).toEqual(after);
    expect(imageStates.hasEnded(state)).toBe(true);
  });
});

describe("the state updates that an image allows", () => {
  test.each([
    ["AVAILABLE", "AMI", ["DELETED", "DEPRECATED", "DISABLED"], false],
    ["DEPRECATED", "AMI", ["AVAILABLE", "DELETED", "DISABLED"], false],
    ["DISABLED", "AMI", ["AVAILABLE", "DELETED", "DEPRECATED"], false],
    ["FAILED", "AMI", ["DELETED"], true],
    ["CANCELLED", "AMI", ["DELETED"], true],
    ["AVAILABLE", "DOCKER", ["DELETED"], false],
    ["FAILED", "DOCKER", ["DELETED"], true],
    ["DELETED", "AMI", [], false],
    ["DELETED", "DOCKER", [], false],
    ["TESTING", "AMI", [], false],
  ] as const)("%s of type %s: updates to %j; retry: %s", (status, type, updates, retry) => {
    expect(resourceStateUpdates(status, type)).toEqual(updates);
    expect(canRetry(status)).toBe(retry);
  });
});

test("the way from one state to another is the shortest, and there is none backwards", () => {
  expect(workflowStepStates.path("PENDING", "COMPLETED")).toEqual(["RUNNING", "COMPLETED"]);
  expect(workflowStates.path("PENDING", "ROLLBACK_COMPLETED")).toEqual(["RUNNING", "ROLLBACK_IN_PROGRESS", "ROLLBACK_COMPLETED"]);
  expect(workflowStates.path("RUNNING", "FAILED")).toEqual(["FAILED"]);
  expect(workflowStepStates.path("COMPLETED", "RUNNING")).toEqual([]);
  expect(workflowStepStates.path("RUNNING", "RUNNING")).toEqual([]);
});

describe("the states of workflows and of lifecycle executions", () => {
  test("a failed run of a workflow is rolled back before it ends", () => {
    expect(workflowStates.canBecome("RUNNING", "ROLLBACK_IN_PROGRESS")).toBe(true);
    expect(workflowStates.canBecome("FAILED", "ROLLBACK_IN_PROGRESS")).toBe(false);
    expect(workflowStates.states.filter((state) => workflowStates.hasEnded(state))).toEqual([
      "SKIPPED",
      "COMPLETED",
      "FAILED",
      "ROLLBACK_COMPLETED",
      "CANCELLED",
    ]);
  });

  test("a step whose condition is false is skipped without running", () => {
    expect(workflowStepStates.canBecome("PENDING", "SKIPPED")).toBe(true);
    expect(workflowStepStates.canBecome("RUNNING", "SKIPPED")).toBe(false);
  });

  test("a cancelling execution may still end otherwise, and an ended one stays ended", () => {
    expect(lifecycleStates.canBecome("IN_PROGRESS", "CANCELLED")).toBe(false);
    expect(lifecycleStates.after("CANCELLING")).toEqual(["CANCELLED", "SUCCESS", "FAILED"]);
    expect(lifecycleStates.canBecome("SUCCESS", "CANCELLING")).toBe(false);
  });
});
