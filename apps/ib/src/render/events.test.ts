import { busEvent, type EventType, type ServiceEvent } from "@imagewright/events";
import { HOSTILE, rawCharacters } from "@imagewright/test-kit/terminal";
import { describe, expect, test } from "@jest/globals";
import { describeSinkNotice, renderEvent } from "./events.js";

const ARN = "arn:aws:imagebuilder:us-west-2:111122223333:";
const RESOURCES = [`${ARN}image/web-server/1.0.0/3`, `${ARN}workflow/build/build-image/1.0.0/1`];

function lineOf(
  type: EventType,
  detail: Readonly<Record<string, unknown>>,
  states: Pick<ServiceEvent, "previousState" | "state"> = {},
): string {
  const occurredAt = new Date(2026, 10, 30, 21, 4, 5);
  const event = { position: 1, number: 1, type, region: "us-west-2", account: "111122223333", subject: "one", resources: RESOURCES };
  return renderEvent(busEvent({ ...event, detail, occurredAt, ...states }), new Date(2026, 10, 30, 23)).toString();
}

describe("a line says what has happened", () => {
  test.each<[EventType, Readonly<Record<string, unknown>>, string]>([
    ["image.state-changed", { state: { status: "PENDING" } }, "image web-server 1.0.0/3 PENDING"],
    [
      "image.state-changed",
      { "previous-state": { status: "BUILDING" }, state: { status: "TESTING" } },
      "image web-server 1.0.0/3 BUILDING → TESTING",
    ],
    [
      "image.state-changed",
      { "previous-state": { status: "BUILDING" }, state: { status: "FAILED", reason: "no luck" } },
      "image web-server 1.0.0/3 BUILDING → FAILED: no luck",
    ],
    [
      "image.vulnerabilities-found",
      { "finding-severity-counts": { all: 7, critical: 1, high: 2, medium: 3 } },
      "image web-server 1.0.0/3 was scanned: 7 findings, 1 critical, 2 high, 3 medium",
    ],
    [
      "workflow-step-execution.waiting",
      { "workflow-step-name": "Ask", payload: "look at it" },
      "image web-server 1.0.0/3 step Ask waits for an action: look at it",
    ],
    ["workflow-step-execution.waiting", { "workflow-step-name": "Ask" }, "image web-server 1.0.0/3 step Ask waits for an action"],
  ])("%s %j", (type, detail, line) => {
    expect(lineOf(type, detail)).toBe(`21:04:05 ${line}`);
  });

  test("of workflows and their steps", () => {
    const states = { previousState: "PENDING", state: "RUNNING" };
    expect(lineOf("workflow-execution.state-changed", {}, states)).toBe(
      "21:04:05 image web-server 1.0.0/3 workflow build-image 1.0.0/1 PENDING → RUNNING",
    );
    expect(lineOf("workflow-step-execution.state-changed", { "workflow-step-name": "Build" }, states)).toBe(
      "21:04:05 image web-server 1.0.0/3 step Build PENDING → RUNNING",
    );
  });

  test("with its day, if that is over", () => {
    const event = busEvent({
      ...{ position: 1, number: 1, type: "image.state-changed", region: "us-west-2", account: "111122223333", subject: "one" },
      ...{ resources: RESOURCES, detail: { state: { status: "PENDING" } }, occurredAt: new Date(2026, 10, 30, 21, 4, 5) },
    });
    expect(renderEvent(event, new Date(2026, 11, 1)).toString()).toBe("2026-11-30 21:04:05 image web-server 1.0.0/3 PENDING");
  });
});

test("text of others reaches no terminal raw", () => {
  const state = { status: HOSTILE, reason: HOSTILE };
  for (const line of [
    lineOf("image.state-changed", { "previous-state": state, state }),
    lineOf("workflow-step-execution.waiting", { "workflow-step-name": HOSTILE, payload: HOSTILE }),
    describeSinkNotice({ sink: HOSTILE, problem: HOSTILE }).toString(),
  ])
    expect(rawCharacters(line)).toEqual([]);
});
