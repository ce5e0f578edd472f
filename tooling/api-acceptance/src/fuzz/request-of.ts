import { operationOf, type OperationName } from "@imagewright/imagebuilder-model";

/** A request as restJson1 has it. */
export interface FuzzRequest {
  readonly operation: OperationName;
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
}

/** Puts the members of an input where the operation has them: path, query and body. Whatever is no text is written as one there. */
export function requestOf(operation: OperationName, input: Readonly<Record<string, unknown>>): FuzzRequest {
  const { method, path, labels = {}, query = {} } = operationOf(operation);
  const filled = Object.entries(labels).reduce((text, [member, label]) => text.replace(`{${label}}`, escaped(input[member] ?? "")), path);
  const parameters = Object.entries(query).flatMap(([member, parameter]) => {
    const values: unknown[] = Array.isArray(input[member]) ? input[member] : member in input ? [input[member]] : [];
    return values.slice(0, 100).map((value) => `${parameter}=${escaped(value)}`);
  });
  const body = Object.fromEntries(Object.entries(input).filter(([member]) => !(member in labels) && !(member in query)));
  const target = parameters.length === 0 ? filled : `${filled}?${parameters.join("&")}`;
  return { operation, method, path: target, ...(method === "GET" || method === "DELETE" ? {} : { body }) };
}

/** Long texts are cut: the request line has a limit of its own. */
function escaped(value: unknown): string {
  const text = typeof value === "string" ? value : (JSON.stringify(value) ?? "");
  return encodeURIComponent(text.slice(0, 2000).replaceAll(/\p{Surrogate}/gu, "?"));
}
