import type { Operation } from "./operation.js";
import { operationNames, operationOf, type OperationName } from "./operation-table.js";

/** The operation that a request calls, with the decoded values of the labels in its path. */
export interface OperationMatch {
  readonly name: OperationName;
  readonly operation: Operation;
  /** By member name: `{ resourceArn: "arn:…" }`. */
  readonly labels: Readonly<Record<string, string>>;
}

/** Finds the operation for an HTTP method and a path as sent: encoded, without the query. Undefined if there is none. */
export function findOperation(method: string, path: string): OperationMatch | undefined {
  routes ??= createRoutes();
  const fixed = routes.fixed.get(`${method} ${path}`);
  if (fixed !== undefined) return { name: fixed, operation: operationOf(fixed), labels: {} };
  for (const name of routes.labelled) {
    const operation = operationOf(name);
    const labels = operation.method === method ? labelsOf(path, operation) : undefined;
    if (labels !== undefined) return { name, operation, labels };
  }
  return undefined;
}

interface Routes {
  readonly fixed: ReadonlyMap<string, OperationName>;
  readonly labelled: readonly OperationName[];
}

let routes: Routes | undefined;

function createRoutes(): Routes {
  const names = operationNames();
  const isLabelled = (name: OperationName) => operationOf(name).labels !== undefined;
  const fixed = names.filter((name) => !isLabelled(name));
  return {
    fixed: new Map(fixed.map((name) => [`${operationOf(name).method} ${operationOf(name).path}`, name])),
    labelled: names.filter(isLabelled),
  };
}

/** A label is one segment of the path; clients encode slashes in it. */
function labelsOf(path: string, operation: Operation): Record<string, string> | undefined {
  const found = path.split("/");
  const expected = operation.path.split("/");
  if (found.length !== expected.length) return undefined;
  const labels: Record<string, string> = {};
  for (const [position, segment] of expected.entries()) {
    const text = found[position] ?? "";
    const label = /^\{(.+)\}$/.exec(segment)?.[1];
    const value = label === undefined ? undefined : decoded(text);
    if (label === undefined ? segment !== text : value === undefined || value === "") return undefined;
    const member = Object.entries(operation.labels ?? {}).find(([, name]) => name === label)?.[0];
    if (member !== undefined && value !== undefined) labels[member] = value;
  }
  return labels;
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
