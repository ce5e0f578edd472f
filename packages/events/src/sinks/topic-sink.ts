import type { Topics } from "@imagewright/aws";
import type { ServiceEvent } from "../service-event.js";
import { topicNotice } from "../shapes/topic-notice.js";
import { awsOutcome } from "./aws-outcome.js";
import type { EventSink } from "./event-sink.js";

/**
 * Publishes to the SNS topics that images and waiting steps name. A topic that does not exist, or that does not let the server publish,
 * refuses its message, so that other topics do not wait for it.
 */
export function topicSink(topics: Topics): EventSink {
  return {
    id: "sns",
    wants: ({ topicArn }: ServiceEvent) => topicArn !== undefined,
    send: async (event, signal) => {
      const notice = topicNotice(event);
      if (notice === undefined) return { kind: "delivered" };
      return topics.publish(notice, signal).then(() => ({ kind: "delivered" }), awsOutcome);
    },
    close: () => topics.close(),
  };
}
