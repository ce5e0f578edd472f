import { checkFilters, type Filter, type FilteredOperation } from "@imagewright/imagebuilder-model";
import { invalidValue } from "../../errors/api-errors.js";
import type { CallContext } from "../../operation-definition.js";

/** The column that each filter of findings compares. */
const COLUMNS = {
  imageBuildVersionArn: "image_arn",
  imagePipelineArn: "pipeline_arn",
  severity: "severity",
  vulnerabilityId: "vulnerability_id",
} as const;

/** A filter of findings: a column, and the values that it may have; any value if there are none. */
export interface FindingFilter {
  readonly name: keyof typeof COLUMNS;
  readonly column: (typeof COLUMNS)[keyof typeof COLUMNS];
  readonly values: readonly string[];
}

/** The filter of an input. Throws InvalidParameterValueException for one that the operation does not have. */
export function findingFilter(
  { operation }: CallContext,
  filter: Filter | undefined,
  parameter: "filter" | "filters",
): FindingFilter | undefined {
  if (filter === undefined) return undefined;
  const [fault] = checkFilters(operation as FilteredOperation, [filter]);
  if (fault !== undefined) throw invalidValue(operation, parameter, fault);
  const name = filter.name as keyof typeof COLUMNS;
  return { name, column: COLUMNS[name], values: filter.values ?? [] };
}
