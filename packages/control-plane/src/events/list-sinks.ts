import type { ServiceEvent } from "@imagewright/events";
import { sql, type Kysely } from "kysely";
import type { Tables } from "../database/tables.js";
import { eventOfRow } from "./event-row.js";
import { newestPosition } from "./read-events.js";

/** Where events are delivered to. */
export interface ListedSink {
  readonly id: string;
  /** How many positions it is behind; events that it is not sent count too. */
  readonly behind: number;
  /** How many events it has refused that are still kept. */
  readonly refused: number;
  /** Why it takes nothing, and since when. */
  readonly problem: string | null;
  readonly failingSince: Date | null;
  /** When a server has delivered to it, or tried to, last. */
  readonly seenAt: Date;
}

export async function listSinks(database: Kysely<Tables>): Promise<readonly ListedSink[]> {
  const newest = await newestPosition(database);
  const rows = await database
    .selectFrom("event_sink")
    .select((from) => [
      ...(["id", "position", "problem", "failing_since", "seen_at"] as const),
      from
        .selectFrom("event_refusal")
        .select(sql<number>`count(*)::integer`.as("count"))
        .whereRef("sink_id", "=", "event_sink.id")
        .as("refused"),
    ])
    .orderBy("id")
    .execute();
  return rows.map(({ id, position, problem, refused, failing_since: failingSince, seen_at: seenAt }) => ({
    ...{ id, behind: Math.max(0, newest - Number(position)), refused: refused ?? 0, problem, failingSince, seenAt },
  }));
}

/** An event that a sink has refused for good. */
export interface RefusedEvent {
  readonly sink: string;
  readonly reason: string;
  readonly refusedAt: Date;
  readonly event: ServiceEvent;
}

export async function listRefusals(database: Kysely<Tables>, limit: number): Promise<readonly RefusedEvent[]> {
  const rows = await database
    .selectFrom("event_refusal")
    .innerJoin("event_outbox", "event_outbox.id", "event_refusal.event_id")
    .selectAll("event_outbox")
    .select(["sink_id", "reason", "refused_at"])
    .orderBy("refused_at", "desc")
    .orderBy("event_outbox.id", "desc")
    .limit(limit)
    .execute();
  return rows.map(({ sink_id: sink, reason, refused_at: refusedAt, ...event }) => ({
    ...{ sink, reason, refusedAt, event: eventOfRow(event) },
  }));
}
