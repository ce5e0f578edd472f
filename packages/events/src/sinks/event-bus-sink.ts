import { describeAwsFailure, type EventBus } from "@imagewright/aws";
import { busEvent } from "../shapes/bus-event.js";
import type { EventSink } from "./event-sink.js";

/** EventBridge refuses sources that begin with `aws.` from everybody but AWS. */
export const DEFAULT_EVENT_SOURCE = "imagewright";

/** Failures of single entries that pass. Source: API reference of EventBridge, PutEventsResultEntry. */
const PASSING = /throttl|internal|unavailable|timeout|limitexceeded/i;
/** Failures of a whole call that are about its one event. */
const OF_THE_EVENT = ["ValidationException", "ValidationError", "InvalidArgument", "MalformedDetail"];

export interface EventBusOptions {
  /** Its name or ARN. */
  readonly name: string;
  readonly source: string;
}

/**
 * Puts events on a bus of EventBridge. A bus that is missing, or closed to the server, is a matter of the settings: nothing is put aside.
 */
export function eventBusSink(bus: EventBus, { name, source }: EventBusOptions): EventSink {
  return {
    id: `event-bus ${name}`,
    wants: () => true,
    send: async (event, signal) => {
      const { "detail-type": detailType, resources, detail } = busEvent(event, source);
      try {
        const entry = { source, detailType, detail: JSON.stringify(detail), resources, time: event.occurredAt };
        const refusal = await bus.put(entry, signal);
        if (refusal === undefined) return { kind: "delivered" };
        return { kind: PASSING.test(refusal.code) ? "failed" : "refused", reason: `${refusal.code}: ${refusal.message}` };
      } catch (thrown) {
        const { name: code, message } = describeAwsFailure(thrown);
        return { kind: OF_THE_EVENT.includes(code) ? "refused" : "failed", reason: `${code}: ${message}` };
      }
    },
    close: () => bus.close(),
  };
}
