import { checkFilters, slugOf, type Filter, type FilteredOperation } from "@imagewright/imagebuilder-model";
import { sql, type SqlBool } from "kysely";
import { invalidCombination, invalidValue } from "../errors/api-errors.js";
import type { ResourceQuery } from "./resource-query.js";

/** What `detail` contains if a member has a value; for filters whose member is a list, or has another name. */
const CONTAINED: Readonly<Record<string, (value: string) => object>> = {
  productCodes: (value) => ({ productCodes: [{ productCodeId: value }] }),
  supportedOsVersion: (value) => ({ supportedOsVersions: [value] }),
};

/**
 * Adds the filters of an input to the query of a list. An entry passes if it has one of the values of each filter exactly. Throws for
 * filters that the operation does not have, and for the filter "version" with `byName`.
 */
export function matchingFilters(
  query: ResourceQuery,
  operation: FilteredOperation,
  { filters = [], byName }: { readonly filters?: readonly Filter[] | undefined; readonly byName?: boolean | undefined },
): ResourceQuery {
  if (filters.length === 0) return query;
  const [named] = checkFilters(operation, filters);
  if (named !== undefined) throw invalidValue(operation, "filters", named);
  const [combined] = checkFilters(operation, filters, { byName });
  if (combined !== undefined) throw invalidCombination(operation, combined);
  return filters.reduce((all, { name = "", values = [] }) => (values.length === 0 ? all : withFilter(all, name, values)), query);
}

function withFilter(query: ResourceQuery, name: string, values: readonly string[]): ResourceQuery {
  switch (name) {
    case "name": // the index has slugs
      return query.where("slug", "in", values.map(slugOf)).where("name", "in", values);
    case "version":
      return query.where("version", "in", values);
    case "status":
      return query.where("status", "in", values);
    default: {
      const contained = values.map((value) => JSON.stringify((CONTAINED[name] ?? ((text: string) => ({ [name]: text })))(value)));
      return query.where(sql<SqlBool>`detail @> any (${contained}::jsonb[])`);
    }
  }
}
