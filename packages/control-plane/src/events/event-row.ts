import type { ServiceEvent } from "@imagewright/events";
import type { EventRow } from "../database/event-tables.js";

/** An event that has a position, as whoever delivers it sees it. */
export function eventOfRow(row: EventRow): ServiceEvent {
  const { type, region, account, subject, resources, detail } = row;
  return {
    ...{ position: Number(row.position), number: Number(row.id), type, region, account, subject, resources, detail },
    occurredAt: row.occurred_at,
    ...(row.previous_state !== null && { previousState: row.previous_state }),
    ...(row.state !== null && { state: row.state }),
    ...(row.topic_arn !== null && { topicArn: row.topic_arn }),
    ...(row.document !== null && { image: row.document }),
    ...(row.trace !== null && { trace: row.trace }),
  };
}
