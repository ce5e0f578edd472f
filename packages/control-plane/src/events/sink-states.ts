import type { SinkLease, SinkProgress, SinkStates } from "@imagewright/events";
import { sql, type Kysely } from "kysely";
import type { Tables } from "../database/tables.js";
import { newestPosition } from "./read-events.js";
import { listToResend } from "./resend-refused.js";

const MOST_CHARACTERS = 500;

/** How far sinks are. Leases are counted by the clock of the database, so that those of the servers may differ. */
export function createSinkStates(database: Kysely<Tables>, clock: () => Date): SinkStates {
  return {
    add: async (sink) => {
      const position = String(await newestPosition(database));
      await database
        .insertInto("event_sink")
        .values({ id: sink, position, seen_at: clock(), leased_by: null, leased_until: null, problem: null, failing_since: null })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    },
    take: async (lease) => {
      const row = await database
        .updateTable("event_sink")
        .set({ ...renewal(lease), seen_at: clock() })
        .where("id", "=", lease.sink)
        .where(sql<boolean>`(leased_until is null or leased_by = ${lease.owner} or leased_until < clock_timestamp())`)
        .returning("position")
        .executeTakeFirst();
      return row === undefined ? undefined : Number(row.position);
    },
    toResend: (sink, limit) => listToResend(database, sink, limit),
    record: (lease, progress) => database.transaction().execute((transaction) => record(transaction, lease, progress, clock())),
    release: async ({ sink, owner }) => {
      const free = { leased_by: null, leased_until: null };
      await database.updateTable("event_sink").set(free).where("id", "=", sink).where("leased_by", "=", owner).execute();
    },
  };
}

function renewal({ owner, milliseconds }: SinkLease) {
  return { leased_by: owner, leased_until: sql<Date>`clock_timestamp() + ${milliseconds} * interval '1 millisecond'` };
}

async function record(database: Kysely<Tables>, lease: SinkLease, progress: SinkProgress, now: Date): Promise<boolean> {
  const { position, refused, taken = [], problem = null } = progress;
  const recorded = await database
    .updateTable("event_sink")
    .set({
      ...{ ...renewal(lease), position: String(position), seen_at: now, problem: problem?.slice(0, MOST_CHARACTERS) ?? null },
      failing_since: problem === null ? null : sql<Date>`coalesce(failing_since, ${now}::timestamptz)`,
    })
    .where("id", "=", lease.sink)
    .where("leased_by", "=", lease.owner)
    .returning("id")
    .executeTakeFirst();
  if (recorded === undefined) return false;
  for (const { event, reason } of refused)
    // one that was removed meanwhile is not there to be shown
    await sql`
      insert into event_refusal (sink_id, event_id, reason, refused_at)
      select ${lease.sink}, id, ${reason.slice(0, MOST_CHARACTERS)}, ${now} from event_outbox where id = ${String(event.number)}
      on conflict (sink_id, event_id) do update
        set reason = excluded.reason, refused_at = excluded.refused_at, resend_asked_at = null`.execute(database);
  if (taken.length > 0)
    await database
      .deleteFrom("event_refusal")
      .where("sink_id", "=", lease.sink)
      .where(
        "event_id",
        "in",
        taken.map(({ number }) => String(number)),
      )
      .execute();
  return true;
}
