import type { EventLog } from "@imagewright/events";
import type { Kysely } from "kysely";
import type { Pool } from "pg";
import type { Tables } from "../database/tables.js";
import type { Services } from "../services.js";
import { EventNews } from "./event-news.js";
import { listRefusals, listSinks, type ListedSink, type RefusedEvent } from "./list-sinks.js";
import { newestPosition, positionAt, readEvents } from "./read-events.js";
import { createSinkStates } from "./sink-states.js";

/** The events of the database, for who delivers and shows them. */
export interface PlaneEvents extends EventLog {
  /** The sinks, how far each is, and what keeps it. */
  listSinks(): Promise<readonly ListedSink[]>;
  /** The events that a sink has refused for good, the newest first. */
  listRefusals(limit: number): Promise<readonly RefusedEvent[]>;
  close(): Promise<void>;
}

export function createPlaneEvents(database: Kysely<Tables>, pool: Pool, { clock }: Pick<Services, "clock">): PlaneEvents {
  const news = new EventNews(pool);
  return {
    read: (query) => readEvents(database, query),
    newest: () => newestPosition(database),
    positionAt: (time) => positionAt(database, time),
    watch: () => news.watch(),
    sinks: createSinkStates(database, clock),
    listSinks: () => listSinks(database),
    listRefusals: (limit) => listRefusals(database, limit),
    close: () => news.close(),
  };
}
