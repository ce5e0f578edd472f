import type { EventLog } from "@imagewright/events";
import type { ApiCaller } from "@imagewright/imagebuilder-model";
import type { Kysely } from "kysely";
import type { Pool } from "pg";
import { authorizeEvents } from "../access/authorize-events.js";
import type { Tables } from "../database/tables.js";
import type { Services } from "../services.js";
import { EventNews } from "./event-news.js";
import { listRefusals, listSinks, type ListedSink, type RefusedEvent } from "./list-sinks.js";
import { newestPosition, positionAt, readEvents } from "./read-events.js";
import { resendRefused, type AskedResend, type ResentEvents } from "./resend-refused.js";
import { createSinkStates } from "./sink-states.js";

/** The events of the database, for who delivers and shows them. */
export interface PlaneEvents extends EventLog {
  /** The sinks, how far each is, and what keeps it. */
  listSinks(): Promise<readonly ListedSink[]>;
  /** The events that a sink has refused for good, the newest first. */
  listRefusals(limit: number): Promise<readonly RefusedEvent[]>;
  /** Has refused events sent again by the servers that deliver to their sinks. Returns how many, by sink. */
  resend(asked: AskedResend): Promise<readonly ResentEvents[]>;
  /** Refuses a caller who may not see what happens in the account. Throws ForbiddenException. */
  authorize(caller: ApiCaller): Promise<void>;
  close(): Promise<void>;
}

export function createPlaneEvents(database: Kysely<Tables>, pool: Pool, services: Services): PlaneEvents {
  const news = new EventNews(pool);
  return {
    read: (query) => readEvents(database, query),
    newest: () => newestPosition(database),
    positionAt: (time) => positionAt(database, time),
    watch: () => news.watch(),
    sinks: createSinkStates(database, services.clock),
    listSinks: () => listSinks(database),
    listRefusals: (limit) => listRefusals(database, limit),
    resend: (asked) => resendRefused(database, asked, services.clock()),
    authorize: (caller) => authorizeEvents(database, services, caller),
    close: () => news.close(),
  };
}
