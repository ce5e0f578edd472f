import type { TraceContext } from "@imagewright/traces";

/** The types of events. */
export const EVENT_TYPES = [
  "image.state-changed",
  "image.vulnerabilities-found",
  "workflow-execution.state-changed",
  "workflow-step-execution.state-changed",
  "workflow-step-execution.waiting",
] as const;

export type EventType = (typeof EVENT_TYPES)[number];

/** Something that happened to an image, or to what runs it, as the control plane has stored it in the transaction in which it happened. */
export interface ServiceEvent {
  /** Its place in the order in which all events are delivered. */
  readonly position: number;
  /** The number under which it was stored. */
  readonly number: number;
  readonly type: EventType;
  readonly region: string;
  readonly account: string;
  /** The ARN or id of what changed. */
  readonly subject: string;
  /** The ARNs of all resources that it concerns; that of the image is the first. */
  readonly resources: readonly string[];
  readonly previousState?: string;
  readonly state?: string;
  readonly detail: Readonly<Record<string, unknown>>;
  readonly occurredAt: Date;
  /** The ARN of the SNS topic that is told. */
  readonly topicArn?: string;
  /** The trace of the request that asked for the image. */
  readonly trace?: TraceContext;
  /** The image at that moment, as JSON in the form of GetImage, for the message to the topic. */
  readonly image?: string;
}

/** The ARN of the image that an event concerns: events of one image are delivered in their order. */
export function imageOfEvent({ resources, subject }: ServiceEvent): string {
  return resources[0] ?? subject;
}
