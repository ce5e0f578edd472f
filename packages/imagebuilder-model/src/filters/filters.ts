import { unknownName } from "@imagewright/diagnostics";
import { FILTER_NAMES, type FilteredOperation } from "./filter-names.js";

/** A filter of a list operation, in the form of the API. */
export interface Filter {
  readonly name?: string | undefined;
  readonly values?: readonly string[] | undefined;
}

export interface FilterOptions {
  /** Whether versions are aggregated by name, so that the filter `version` is not possible. */
  readonly byName?: boolean | undefined;
}

/**
 * Checks filters of a request beyond their shape: names that the operation does not have (case-sensitive), and `version` if versions are
 * aggregated by name. Returns a message for each fault. Source: API model, `Filter` and `ListImagesRequest.byName`.
 */
export function checkFilters(operation: FilteredOperation, filters: readonly Filter[], { byName = false }: FilterOptions = {}): string[] {
  const allowed: readonly string[] = FILTER_NAMES[operation];
  return filters.flatMap(({ name }) => {
    if (name === undefined) return ['a filter must have "name"'];
    if (!allowed.includes(name)) return [unknownName("filter", name, allowed)];
    return byName && name === "version" ? ['the filter "version" cannot be combined with "byName"'] : [];
  });
}

/**
 * Whether an entry of a list passes all filters. An entry passes a filter if it has one of its values exactly, or if the filter has no
 * values. The model does not say how values and filters are combined; this is what AWS services usually do.
 */
export function matchesFilters(entry: object, filters: readonly Filter[]): boolean {
  return filters.every(({ name, values = [] }) => {
    if (name === undefined || values.length === 0) return true;
    const found = valuesAt(entry, memberPathOf(name));
    return values.some((value) => found.includes(value));
  });
}

// the filters whose name is not that of the member
const MEMBER_PATHS: Readonly<Record<string, readonly string[]>> = {
  productCodes: ["productCodes", "productCodeId"],
  supportedOsVersion: ["supportedOsVersions"],
  vulnerabilityId: ["packageVulnerabilityDetails", "vulnerabilityId"],
};

/** The path of the member that a filter compares. */
export function memberPathOf(filter: string): readonly string[] {
  return Object.hasOwn(MEMBER_PATHS, filter) ? (MEMBER_PATHS[filter] ?? []) : [filter];
}

function valuesAt(value: unknown, [member, ...rest]: readonly string[]): readonly unknown[] {
  if (Array.isArray(value)) return value.flatMap((item) => valuesAt(item, member === undefined ? [] : [member, ...rest]));
  if (member === undefined) return [value];
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, member)) return [];
  return valuesAt((value as Readonly<Record<string, unknown>>)[member], rest);
}
