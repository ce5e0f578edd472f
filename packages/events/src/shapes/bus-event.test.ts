// Guide chapter 46: the events that the service sends to EventBridge.
import { describe, expect, test } from "@jest/globals";
import { busEvent } from "../index.js";
import { IMAGE, PIPELINE, sampleEvent, WORKFLOW } from "../testing/sample-events.js";

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/;
const HEAD = { version: "0", source: "aws.imagebuilder", account: "111122223333", region: "us-west-2" };

describe("the event of", () => {
  test("EVT-001 a change of an image's state is as in the example of the guide", () => {
    expect(busEvent(sampleEvent())).toEqual({
      ...{ ...HEAD, id: expect.stringMatching(UUID), "detail-type": "EC2 Image Builder Image State Change" },
      ...{ time: "2024-01-18T17:50:56Z", resources: [IMAGE] },
      detail: { "previous-state": { status: "TESTING" }, state: { status: "AVAILABLE" } },
    });
  });

  test("EVT-002 a failed image has the reason", () => {
    const detail = { "previous-state": { status: "TESTING" }, state: { status: "FAILED", reason: "the test failed" } };
    expect(busEvent(sampleEvent({ state: "FAILED", detail })).detail).toEqual(detail);
  });

  test("EVT-003 a scan has the numbers of findings, with the machine that was scanned, or the image", () => {
    const counts = { "finding-severity-counts": { all: 4, critical: 1, high: 1, medium: 2 } };
    const scan = { type: "image.vulnerabilities-found", state: "COMPLETED" } as const;
    expect(busEvent(sampleEvent({ ...scan, detail: { "resource-id": "i-1234567890abcdef0", ...counts } }))).toMatchObject({
      ...{ "detail-type": "EC2 Image Builder CVE Detected", resources: [IMAGE, PIPELINE] },
      detail: { "resource-id": "i-1234567890abcdef0", ...counts },
    });
    expect(busEvent(sampleEvent({ ...scan, detail: counts })).detail).toEqual({ "resource-id": IMAGE, ...counts });
  });

  test("EVT-004 a step that waits names its workflow", () => {
    const [workflow, step] = ["wf-a1b2c3d4-5678-90ab-cdef-000000000002", "step-a1b2c3d4-5678-90ab-cdef-000000000001"];
    const detail = { "workflow-execution-id": workflow, "workflow-step-execution-id": step, "workflow-step-name": "Ask" };
    const waiting = { type: "workflow-step-execution.waiting", subject: step, resources: [IMAGE, WORKFLOW], detail } as const;
    expect(busEvent(sampleEvent(waiting))).toMatchObject({
      ...{ "detail-type": "EC2 Image Builder Workflow Step Waiting", resources: [IMAGE, WORKFLOW], detail },
    });
  });

  test("a workflow and a step, which the service does not tell, have their states", () => {
    const resources = [IMAGE, WORKFLOW];
    const states = { previousState: "PENDING", state: "RUNNING" };
    const shown = { "previous-state": { status: "PENDING" }, state: { status: "RUNNING" } };
    expect(
      busEvent(sampleEvent({ type: "workflow-execution.state-changed", subject: "wf-1", resources, ...states, detail: {} })),
    ).toMatchObject({
      ...{ "detail-type": "EC2 Image Builder Workflow State Change", resources, detail: { "workflow-execution-id": "wf-1", ...shown } },
    });
    const detail = { "workflow-execution-id": "wf-1", "workflow-step-name": "Build" };
    const step = { type: "workflow-step-execution.state-changed", subject: "step-1", resources, ...states, detail } as const;
    expect(busEvent(sampleEvent(step))).toMatchObject({
      ...{ "detail-type": "EC2 Image Builder Workflow Step State Change", resources },
      detail: { ...detail, "workflow-step-execution-id": "step-1", ...shown },
    });
  });
});

test("the id is the same at each delivery and at each place, and another one for each event", () => {
  const event = sampleEvent();
  expect(busEvent({ ...event, position: event.position + 100 }).id).toBe(busEvent(event).id);
  expect(busEvent(sampleEvent()).id).not.toBe(busEvent(event).id);
});
