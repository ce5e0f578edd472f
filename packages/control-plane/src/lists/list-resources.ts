import { pageSizeOf, type Filter, type FilteredOperation } from "@imagewright/imagebuilder-model";
import { sql, type SqlBool } from "kysely";
import type { CallContext } from "../operation-definition.js";
import { matchingFilters } from "./filter-conditions.js";
import { ownerOf, type OwnerClass } from "./owners.js";
import { sharedEntries, type ListedEntries } from "./shared-entries.js";
import { positionIn, tokenAt } from "./page-position.js";
import type { Listed, ResourceQuery } from "./resource-query.js";

/** The input of a list, as far as all lists have it. */
export interface ListInput {
  readonly owner?: OwnerClass | undefined;
  readonly filters?: readonly Filter[] | undefined;
  readonly byName?: boolean | undefined;
  readonly maxResults?: number | undefined;
  readonly nextToken?: string | undefined;
}

/** What a list shows. */
export interface ResourcesListed {
  /** `component`, `workflow`, … */
  readonly kind: string;
  /** One entry for each version (its newest build), or all builds. Types without versions have one entry in either case. */
  readonly of: "versions" | "builds";
  /** The owner in ARNs, if it is not decided by `owner` of the input. */
  readonly owner?: string;
  /** Further conditions. */
  readonly where?: (query: ResourceQuery) => ResourceQuery;
}

export interface ListPage {
  readonly rows: readonly Listed[];
  readonly nextToken?: string;
}

const COLUMNS = [
  ...([
    "id",
    "region",
    "owner",
    "kind",
    "type",
    "slug",
    "major",
    "minor",
    "patch",
    "build",
    "version",
    "name",
    "arn",
    "newest_build",
  ] as const),
  ...(["newest_version", "status", "detail", "digest", "tags", "policy", "created_at", "updated_at"] as const),
] as const;

/**
 * A page of resources by name, version and build. It continues behind the last entry of the page before, so that rows that are there
 * throughout appear once, and each page costs the same. Throws InvalidPaginationTokenException for a token of another list, and
 * InvalidParameterValueException for filters that the operation does not have.
 */
export async function listResources(
  context: CallContext,
  input: ListInput,
  { kind, of, owner, where }: ResourcesListed,
): Promise<ListPage> {
  const continued = positionIn<Position>(context, input);
  const size = pageSizeOf(input);
  const entries = input.byName === true ? "names" : of;
  const oneOwner = owner ?? ownerOf(context, input.owner);
  const order = oneOwner === undefined ? ORDER_OF_SHARED : ORDER;
  let query: ResourceQuery = context.database
    .selectFrom("resource")
    .select(COLUMNS)
    .where("region", "=", context.caller.region)
    .where("kind", "=", kind);
  query = oneOwner === undefined ? sharedEntries(query, context, entries) : entriesOf(query.where("owner", "=", oneOwner), entries);
  query = matchingFilters(query, context.operation as FilteredOperation, input);
  if (where !== undefined) query = where(query);
  if (continued !== undefined) query = query.where(behind(order, continued));
  const rows = await order
    .reduce((sorted, column) => sorted.orderBy(column), query)
    .limit(size + 1)
    .execute();
  const last = rows.length > size ? rows[size - 1] : undefined;
  if (last === undefined) return { rows };
  const position = order.map((column) => last[column]);
  return { rows: rows.slice(0, size), nextToken: tokenAt(context, input, position) };
}

const ORDER = ["slug", "major", "minor", "patch", "build", "type"] as const;
/** Several owners may have resources of one name. */
const ORDER_OF_SHARED = [...ORDER, "owner"] as const;

/** The values of the columns of the order. */
type Position = readonly (string | number)[];

function entriesOf(query: ResourceQuery, entries: ListedEntries): ResourceQuery {
  if (entries === "builds") return query;
  return query.where(entries === "names" ? sql<SqlBool>`newest_version` : sql<SqlBool>`newest_build`);
}

function behind(order: typeof ORDER | typeof ORDER_OF_SHARED, position: Position) {
  const values = position.map((value) => (typeof value === "string" ? sql`${value} collate "C"` : sql`${value}`));
  return sql<SqlBool>`(${sql.join(order.map((column) => sql.ref(column)))}) > (${sql.join(values)})`;
}
