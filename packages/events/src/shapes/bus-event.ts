import { imageOfEvent, type EventType, type ServiceEvent } from "../service-event.js";
import { derivedId } from "./derived-id.js";

/** An event as EventBridge has it: what webhooks and streams carry. Source: guide chapter 46. */
export interface BusEvent {
  readonly version: "0";
  /** The same at each delivery, so that a receiver can tell a repeated one. */
  readonly id: string;
  readonly "detail-type": string;
  readonly source: string;
  readonly account: string;
  /** In seconds, in UTC. */
  readonly time: string;
  readonly region: string;
  readonly resources: readonly string[];
  readonly detail: Readonly<Record<string, unknown>>;
}

/** The source in the guide's examples. */
export const SERVICE_SOURCE = "aws.imagebuilder";

/** The first three are those of the service; it tells nothing of the other two. Source: guide chapter 46. */
const DETAIL_TYPES: Readonly<Record<EventType, string>> = {
  "image.state-changed": "EC2 Image Builder Image State Change",
  "image.vulnerabilities-found": "EC2 Image Builder CVE Detected",
  "workflow-step-execution.waiting": "EC2 Image Builder Workflow Step Waiting",
  "workflow-execution.state-changed": "EC2 Image Builder Workflow State Change",
  "workflow-step-execution.state-changed": "EC2 Image Builder Workflow Step State Change",
};

/** The event in the form of EventBridge. */
export function busEvent(event: ServiceEvent, source = SERVICE_SOURCE): BusEvent {
  const { account, region, type } = event;
  return {
    version: "0",
    id: eventId(event),
    ...{ "detail-type": DETAIL_TYPES[type], source, account },
    ...{ time: `${event.occurredAt.toISOString().slice(0, 19)}Z`, region },
    resources: resourcesOf(event),
    detail: detailOfEvent(event),
  };
}

/** Derived from what never changes, so that all servers and all deliveries have the same one. */
export function eventId({ number, account, region, subject, occurredAt }: ServiceEvent): string {
  return derivedId("event", String(number), account, region, subject, occurredAt.toISOString());
}

/** A change of an image's state names the image alone, as the guide's example does. */
function resourcesOf(event: ServiceEvent): readonly string[] {
  return event.type === "image.state-changed" ? [imageOfEvent(event)] : event.resources;
}

function detailOfEvent(event: ServiceEvent): Readonly<Record<string, unknown>> {
  const { type, subject, detail } = event;
  switch (type) {
    case "image.state-changed":
    case "workflow-step-execution.waiting":
      return detail;
    case "image.vulnerabilities-found":
      // the machine that was scanned; the image itself where a scan needs none
      return { "resource-id": imageOfEvent(event), ...detail };
    case "workflow-execution.state-changed":
      return { "workflow-execution-id": subject, ...detail, ...states(event) };
    case "workflow-step-execution.state-changed":
      return { ...detail, "workflow-step-execution-id": subject, ...states(event) };
  }
}

function states({ previousState, state }: ServiceEvent): Readonly<Record<string, unknown>> {
  return {
    ...(previousState !== undefined && { "previous-state": { status: previousState } }),
    ...(state !== undefined && { state: { status: state } }),
  };
}
