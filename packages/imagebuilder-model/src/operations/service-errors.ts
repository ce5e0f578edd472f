import type { ErrorName } from "../generated/names.js";
import { isShapeName, shapeNames, shapeOf, type ShapeName } from "../shapes/shape-table.js";

export type { ErrorName };

/** The properties of an error besides its name and message. */
export interface ServiceError {
  /** The HTTP status of the response. */
  readonly status: number;
  /** Who caused it: after a server fault a client may retry. */
  readonly fault: "client" | "server";
}

/** The names of all 20 errors, sorted. */
export function errorNames(): readonly ErrorName[] {
  return shapeNames().filter(isErrorName);
}

/** Whether the API has an error of this name. */
export function isErrorName(name: string): name is ErrorName {
  return isShapeName(name) && factsOf(name) !== undefined;
}

/** The status and the cause of an error. */
export function serviceErrorOf(name: ErrorName): ServiceError {
  return factsOf(name) as ServiceError;
}

function factsOf(name: ShapeName): ServiceError | undefined {
  const shape = shapeOf(name);
  if (shape.type !== "structure" || shape.status === undefined || shape.fault === undefined) return undefined;
  return { status: shape.status, fault: shape.fault };
}
