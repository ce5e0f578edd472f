import type { EventType } from "@imagewright/events";
import type { TraceContext } from "@imagewright/traces";
import type { Generated, JSONColumnType, Selectable } from "kysely";

/** The tables of events and of where they are delivered to. */
export interface EventTables {
  readonly event_outbox: EventOutboxTable;
  readonly event_position: EventPositionTable;
  readonly event_sink: EventSinkTable;
  readonly event_refusal: EventRefusalTable;
}

interface EventOutboxTable {
  readonly id: Generated<string>;
  readonly position: Generated<string | null>;
  readonly type: EventType;
  readonly region: string;
  readonly account: string;
  readonly subject: string;
  readonly resources: JSONColumnType<readonly string[]>;
  readonly previous_state: string | null;
  readonly state: string | null;
  readonly detail: JSONColumnType<Readonly<Record<string, unknown>>>;
  readonly occurred_at: Date;
  readonly topic_arn: string | null;
  readonly document: string | null;
  readonly trace: JSONColumnType<TraceContext> | null;
}

interface EventPositionTable {
  readonly only_row: Generated<boolean>;
  readonly newest: string;
  readonly removed: string;
}

interface EventSinkTable {
  readonly id: string;
  readonly position: string;
  readonly leased_by: string | null;
  readonly leased_until: Date | null;
  readonly seen_at: Date;
  readonly problem: string | null;
  readonly failing_since: Date | null;
}

interface EventRefusalTable {
  readonly sink_id: string;
  readonly event_id: string;
  readonly reason: string;
  readonly refused_at: Date;
  readonly resend_asked_at: Generated<Date | null>;
}

export type EventRow = Selectable<EventOutboxTable>;
