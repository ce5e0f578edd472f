import { sql, type Kysely } from "kysely";
import type { ResourceRow, Tables } from "../database/tables.js";

/** The numbers of findings: of all, and of those from medium severity on. Source: API model, `SeverityCounts`. */
export interface CountsBySeverity {
  readonly all: number;
  readonly critical: number;
  readonly high: number;
  readonly medium: number;
}

/** What counts the rows of a query on findings. */
export const SEVERITY_COUNTS = sql`count(*)::integer as "all",
  count(*) filter (where severity = 'CRITICAL')::integer as critical,
  count(*) filter (where severity = 'HIGH')::integer as high,
  count(*) filter (where severity = 'MEDIUM')::integer as medium`;

/** The findings of an image by severity. */
export async function severityCounts(database: Kysely<Tables>, { id }: ResourceRow): Promise<CountsBySeverity> {
  const { rows } = await sql<CountsBySeverity>`
    select ${SEVERITY_COUNTS} from image_scan_finding where image_id = ${id}`.execute(database);
  return rows[0] ?? { all: 0, critical: 0, high: 0, medium: 0 };
}
