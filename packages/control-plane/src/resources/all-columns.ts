import { sql } from "kysely";
import { RESOURCE_COLUMNS } from "../database/tables.js";

/** All columns of a resource, by name, in statements. */
export const ALL_COLUMNS = sql.raw(RESOURCE_COLUMNS.join(", "));
