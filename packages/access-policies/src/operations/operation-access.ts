import type { OperationName } from "@imagewright/imagebuilder-model";
import type { OperationAccess } from "./access-facts.js";
import { ACCESS_TABLE } from "./access-table.js";
import { accessActionOf } from "./known-actions.js";

/** What policies have to allow for an operation, by name. Source: guide chapter 49, "Actions" and "Resources". */
export function operationAccess(operation: OperationName): OperationAccess {
  const { named = [], creates = [], passes = [] }: Partial<OperationAccess> = ACCESS_TABLE[operation];
  return { action: accessActionOf(operation), named, creates, passes };
}
