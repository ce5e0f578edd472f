import { sql, type Kysely } from "kysely";
import { LAST_SCHEMA } from "../database/migrations/index.js";
import type { Tables } from "../database/tables.js";

/** A process that runs images. */
export interface RunServer {
  /** Unique to the process. */
  readonly id: string;
  /** What the processes of one user on one machine have in common: they see the same containers. */
  readonly place: string;
  readonly pid: number;
  /** When the process started, as the operating system says it: a process id is used again. */
  readonly processStart: string;
}

/** How long a server counts as alive after it was last heard of, by the clock of the database. */
const LEASE = sql<Date>`clock_timestamp() + interval '10 seconds'`;

/** A place of which no server has been heard for this long has lost its builds. */
const PLACE_LOST = sql`interval '10 minutes'`;

/** Says that a server lives; for the first time, or once more. */
export async function renewServer(database: Kysely<Tables>, { id, place, pid, processStart }: RunServer): Promise<void> {
  await database
    .insertInto("server")
    .values({ id, place, pid, process_start: processStart, expires_at: LEASE, schema: LAST_SCHEMA })
    .onConflict((conflict) => conflict.column("id").doUpdateSet({ expires_at: LEASE }))
    .execute();
}

/** Forgets a server that ends, and gives up what it runs: others of its place go on with it. */
export async function removeServer(database: Kysely<Tables>, id: string): Promise<void> {
  await database.transaction().execute(async (transaction) => {
    await transaction.updateTable("image_run").set({ server_id: null }).where("server_id", "=", id).execute();
    await transaction.deleteFrom("server").where("id", "=", id).execute();
  });
}

/** The servers of a place, those that have expired included. */
export async function serversOf(database: Kysely<Tables>, place: string): Promise<readonly RunServer[]> {
  const rows = await database
    .selectFrom("server")
    .select(["id", "place", "pid", "process_start as processStart"])
    .where("place", "=", place)
    .execute();
  return rows;
}

/** Forgets servers that nothing needs any more. One of a lost place stays as long as images wait for the place. */
export async function forgetServers(database: Kysely<Tables>): Promise<void> {
  await database
    .deleteFrom("server")
    .where("expires_at", "<", sql<Date>`clock_timestamp() - ${PLACE_LOST} * 2`)
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom("image_run").select("image_id").whereRef("image_run.server_id", "=", "server.id"))),
    )
    .execute();
}

/**
 * SQL that is true of a server, by its id, that may be taken for dead: its time is over, its process is known to be gone, or there is none.
 * A query of its own, so that it is asked again of a row that another transaction has changed just before it was locked.
 */
export function isDead(id: string, gone: readonly string[]) {
  return sql<boolean>`not exists (
    select from server where server.id = ${sql.ref(id)} and server.expires_at > clock_timestamp() and server.id <> all(${gone}::text[]))`;
}

/** SQL that is true of a place, as a column, of which no server has been heard for long. */
export function isLost(place: string) {
  return sql<boolean>`not exists (
    select from server as there where there.place = ${sql.ref(place)} and there.expires_at > clock_timestamp() - ${PLACE_LOST})`;
}
