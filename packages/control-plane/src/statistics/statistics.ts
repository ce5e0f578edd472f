import { sql, type Kysely } from "kysely";
import type { Pool } from "pg";
import type { Tables } from "../database/tables.js";

/** What can be measured of a control plane and its database. */
export interface PlaneStatistics {
  /** The connections of this control plane to the database, and how many calls wait for one. */
  readonly connections: { readonly open: number; readonly idle: number; readonly waiting: number };
  /** How many images of the database, of all accounts and Regions, are in each state in which work is left. */
  readonly images: ReadonlyMap<string, number>;
  /** The same of lifecycle executions. */
  readonly lifecycleExecutions: ReadonlyMap<string, number>;
}

/** Reads the statistics, in two statements whose cost does not grow with the images that are finished. */
export async function readStatistics(database: Kysely<Tables>, pool: Pool): Promise<PlaneStatistics> {
  const connections = { open: pool.totalCount, idle: pool.idleCount, waiting: pool.waitingCount };
  // the states are those of the indexes, written out: for parameters a plan could not use these
  const images = await counts(sql`
    select status, count(*)::integer as count from resource
    where kind = 'image' and status in ('PENDING', 'CREATING', 'BUILDING', 'TESTING', 'DISTRIBUTING', 'INTEGRATING') group by status
  `);
  const lifecycleExecutions = await counts(sql`
    select status, count(*)::integer as count from lifecycle_execution where status in ('PENDING', 'IN_PROGRESS', 'CANCELLING') group by status
  `);
  return { connections, images, lifecycleExecutions };

  async function counts(statement: ReturnType<typeof sql>): Promise<ReadonlyMap<string, number>> {
    const { rows } = await (statement as ReturnType<typeof sql<{ status: string; count: number }>>).execute(database);
    return new Map(rows.map(({ status, count }) => [status, count]));
  }
}
