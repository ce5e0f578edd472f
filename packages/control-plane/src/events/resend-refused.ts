import { busEvent, type ServiceEvent } from "@imagewright/events";
import { sql, type Kysely } from "kysely";
import type { Tables } from "../database/tables.js";
import { eventOfRow } from "./event-row.js";

/** Which refused events are to be sent again: those of a sink, or one event by its `id`, or both. */
export interface AskedResend {
  readonly sink?: string | undefined;
  /** As receivers know it. */
  readonly event?: string | undefined;
}

/** How many events a sink is sent again. */
export interface ResentEvents {
  readonly sink: string;
  readonly events: number;
}

/**
 * Asks whoever delivers to send refused events again. One that is refused once more is put aside again; one that was asked for before and
 * not sent yet counts too.
 */
export async function resendRefused(database: Kysely<Tables>, asked: AskedResend, now: Date): Promise<readonly ResentEvents[]> {
  return database.transaction().execute(async (transaction) => {
    let refused = transaction
      .selectFrom("event_refusal")
      .innerJoin("event_outbox", "event_outbox.id", "event_refusal.event_id")
      .selectAll("event_outbox")
      .select("sink_id");
    if (asked.sink !== undefined) refused = refused.where("sink_id", "=", asked.sink);
    const rows = await refused.execute();
    // an id is derived from its event
    const chosen = rows.filter((row) => asked.event === undefined || busEvent(eventOfRow(row)).id === asked.event);
    const counts = new Map<string, number>();
    for (const { sink_id: sink, id } of chosen) {
      counts.set(sink, (counts.get(sink) ?? 0) + 1);
      await transaction
        .updateTable("event_refusal")
        .set({ resend_asked_at: now })
        .where("sink_id", "=", sink)
        .where("event_id", "=", id)
        .execute();
    }
    // wakes whoever delivers, when this commits
    if (chosen.length > 0) await sql`select pg_notify('imagewright_events', '')`.execute(transaction);
    return [...counts].map(([sink, events]) => ({ sink, events })).sort((a, b) => (a.sink < b.sink ? -1 : 1));
  });
}

/** What a sink is to be sent again, in the order of positions. */
export async function listToResend(database: Kysely<Tables>, sink: string, limit: number): Promise<readonly ServiceEvent[]> {
  const rows = await database
    .selectFrom("event_refusal")
    .innerJoin("event_outbox", "event_outbox.id", "event_refusal.event_id")
    .selectAll("event_outbox")
    .where("sink_id", "=", sink)
    .where("resend_asked_at", "is not", null)
    .orderBy("event_outbox.position")
    .limit(limit)
    .execute();
  return rows.map(eventOfRow);
}
