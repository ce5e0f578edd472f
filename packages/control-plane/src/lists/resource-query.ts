import type { SelectQueryBuilder } from "kysely";
import type { ResourceRow, Tables } from "../database/tables.js";

/** A row of a list: all but the document. */
export type Listed = Omit<ResourceRow, "document">;

/** The query of a list, to which conditions are added. */
export type ResourceQuery = SelectQueryBuilder<Tables, "resource", Listed>;
