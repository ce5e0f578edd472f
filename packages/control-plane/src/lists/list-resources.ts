import { pageSizeOf, type Filter, type FilteredOperation } from "@imagewright/imagebuilder-model";
import { sql, type SqlBool } from "kysely";
import type { CallContext } from "../operation-definition.js";
import { matchingFilters } from "./filter-conditions.js";
import { ownerOf, type OwnerClass } from "./owners.js";
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
  let query: ResourceQuery = context.database
    .selectFrom("resource")
    .select(COLUMNS)
    .where("region", "=", context.caller.region)
    .where("owner", "=", owner ?? ownerOf(context, input.owner))
    .where("kind", "=", kind);
  if (input.byName === true) query = query.where(sql<SqlBool>`newest_version`);
  else if (of === "versions") query = query.where(sql<SqlBool>`newest_build`);
  query = matchingFilters(query, context.operation as FilteredOperation, input);
  if (where !== undefined) query = where(query);
  if (continued !== undefined) query = query.where(behind(continued));
  const rows = await query
    .orderBy("slug")
    .orderBy("major")
    .orderBy("minor")
    .orderBy("patch")
    .orderBy("build")
    .orderBy("type")
    .limit(size + 1)
    .execute();
  const last = rows.length > size ? rows[size - 1] : undefined;
  if (last === undefined) return { rows };
  const position: Position = [last.slug, last.major, last.minor, last.patch, last.build, last.type];
  return { rows: rows.slice(0, size), nextToken: tokenAt(context, input, position) };
}

type Position = readonly [slug: string, major: number, minor: number, patch: number, build: number, type: string];

function behind([slug, major, minor, patch, build, type]: Position) {
  return sql<SqlBool>`(slug, major, minor, patch, build, type) > (${slug} collate "C", ${major}, ${minor}, ${patch}, ${build}, ${type})`;
}
