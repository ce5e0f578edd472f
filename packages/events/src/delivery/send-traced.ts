import type { Traces } from "@imagewright/traces";
import { imageOfEvent, type ServiceEvent } from "../service-event.js";
import { eventId } from "../shapes/bus-event.js";
import type { EventSink, SendOutcome } from "../sinks/event-sink.js";

/** Sends an event, and tells it as a span in the trace of the image. Source: semantic conventions of OpenTelemetry for messaging. */
export async function sendTraced(traces: Traces, sink: EventSink, event: ServiceEvent, signal: AbortSignal): Promise<SendOutcome> {
  const span = traces.begin({
    ...{ name: "deliver event", kind: "producer", parent: event.trace },
    attributes: {
      ...{ "messaging.operation.type": "send", "messaging.destination.name": sink.id, "messaging.message.id": eventId(event) },
      ...{ "cloud.account.id": event.account, "cloud.region": event.region },
      ...{ "imagewright.event.type": event.type, "imagewright.event.state": event.state, "imagewright.image.arn": imageOfEvent(event) },
    },
  });
  const outcome = await sink.send(event, signal);
  const failure = outcome.kind === "delivered" ? undefined : outcome.reason;
  span.end({ attributes: { "imagewright.event.outcome": outcome.kind }, failure });
  return outcome;
}
