import { sql, type Kysely } from "kysely";
import type { Tables } from "../database/tables.js";

const DAY = 24 * 3_600_000;
/** How long events are kept for who reads them. */
const KEPT = 7 * DAY;
/** How long for sinks that do not take them. */
const LONGEST = 30 * DAY;
const REMOVED_AT_ONCE = 1000;

/**
 * Removes events after seven days; those that a sink does not have yet, after thirty. A sink that no server has had for seven days is not
 * waited for. Some at once, so that nobody waits for long.
 */
export async function removeOldEvents(database: Kysely<Tables>, now: Date): Promise<void> {
  const [kept, longest] = [new Date(now.getTime() - KEPT), new Date(now.getTime() - LONGEST)];
  for (let removed = REMOVED_AT_ONCE; removed === REMOVED_AT_ONCE;) {
    const { rows } = await sql<{ readonly count: number }>`
      with sink as (select min(position) as position from event_sink where seen_at > ${kept}),
        old as (
          select event_outbox.id from event_outbox, sink
          where occurred_at < ${kept}
            and (occurred_at < ${longest} or sink.position is null or event_outbox.position <= sink.position)
          order by occurred_at limit ${sql.lit(REMOVED_AT_ONCE)}),
        gone as (delete from event_outbox using old where event_outbox.id = old.id returning event_outbox.position),
        noted as (
          update event_position set removed = greatest(removed, (select max(position) from gone))
          where exists (select from gone where position is not null))
      select count(*)::integer as count from gone`.execute(database);
    removed = rows[0]?.count ?? 0;
  }
}
