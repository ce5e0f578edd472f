import { FactTable } from "../fact-table.js";
import { operationsText } from "../generated/operations.js";
import type { OperationName } from "../generated/names.js";
import type { Operation } from "./operation.js";

export type { OperationName };

const table = /* @__PURE__ */ new FactTable<OperationName, Operation>(operationsText);

/** The names of all 77 operations, sorted. */
export function operationNames(): readonly OperationName[] {
  return table.names;
}

/** Whether the API has an operation of this name. */
export function isOperationName(name: string): name is OperationName {
  return table.has(name);
}

/** The facts about an operation. */
export function operationOf(name: OperationName): Operation {
  return table.get(name);
}
