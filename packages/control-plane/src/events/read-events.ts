import type { EventPage, EventQuery } from "@imagewright/events";
import { sql, type Kysely } from "kysely";
import type { Tables } from "../database/tables.js";
import { eventOfRow } from "./event-row.js";

const NUMBERED_AT_ONCE = 1000;

/** Events in the order of their positions; those that were committed since the last time get theirs first. */
export async function readEvents(database: Kysely<Tables>, query: EventQuery): Promise<EventPage> {
  const isWhole = await numberEvents(database);
  const { newest, removed } = await positions(database);
  let events = database
    .selectFrom("event_outbox")
    .selectAll()
    .where("position", ">", String(query.after))
    .where("position", "<=", String(newest))
    .orderBy("position")
    .limit(query.limit);
  if (query.account !== undefined) events = events.where("account", "=", query.account);
  if (query.region !== undefined) events = events.where("region", "=", query.region);
  if (query.types !== undefined) events = events.where("type", "in", query.types);
  if (query.image !== undefined) events = events.where(ofImage(query.image));
  const found = (await events.execute()).map(eventOfRow);
  const isFull = found.length === query.limit;
  return {
    events: found,
    position: Math.max(query.after, (isFull ? found.at(-1)?.position : undefined) ?? newest),
    hasMore: isFull || !isWhole,
    hasLost: query.after < removed,
  };
}

/** The name of an image, or the ARN of it, of a version or of a build. */
function ofImage(image: string) {
  const arn = sql<string>`(resources ->> 0)`;
  if (!image.startsWith("arn:")) return sql<boolean>`split_part(${arn}, '/', 2) = ${image}`;
  return sql<boolean>`(${arn} = ${image} or starts_with(${arn}, ${`${image}/`}))`;
}

/** Gives events that were committed a position each. False if more may be left. */
export async function numberEvents(database: Kysely<Tables>): Promise<boolean> {
  const { rows } = await sql<{ readonly numbered: number }>`select number_events(${NUMBERED_AT_ONCE}) as numbered`.execute(database);
  return (rows[0]?.numbered ?? 0) < NUMBERED_AT_ONCE;
}

/** The position of the newest event, and of the newest one that was removed. */
export async function positions(database: Kysely<Tables>): Promise<{ readonly newest: number; readonly removed: number }> {
  const row = await database.selectFrom("event_position").select(["newest", "removed"]).executeTakeFirst();
  return { newest: Number(row?.newest ?? 0), removed: Number(row?.removed ?? 0) };
}

/** The position of the newest event, when all that are committed have theirs. */
export async function newestPosition(database: Kysely<Tables>): Promise<number> {
  while (!(await numberEvents(database)));
  return (await positions(database)).newest;
}

/** The position before the first event of a time or later. */
export async function positionAt(database: Kysely<Tables>, time: Date): Promise<number> {
  const newest = await newestPosition(database);
  const first = await database
    .selectFrom("event_outbox")
    .select(({ fn }) => fn.min("position").as("position"))
    .where("occurred_at", ">=", time)
    .where("position", "is not", null)
    .executeTakeFirst();
  return first?.position === null || first === undefined ? newest : Number(first.position) - 1;
}
