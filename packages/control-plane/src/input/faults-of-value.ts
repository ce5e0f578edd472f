import type { Diagnostic } from "@imagewright/diagnostics";

/** What `readData` calls the whole; the parts of a value are called by their paths. */
export const WHOLE = "request";

/** Errors in a value: the member that has the first one, and all as one sentence, with what to do. Undefined if there are none. */
export function faultsOfValue(diagnostics: readonly Diagnostic[]): { readonly parameter: string; readonly reason: string } | undefined {
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  const [first] = errors;
  if (first === undefined) return undefined;
  const place = first.span.source.name;
  const parameter = place === WHOLE ? (/must have "(.+)"$/.exec(first.message)?.[1] ?? place) : place;
  return { parameter, reason: errors.map(({ message, help }) => (help === undefined ? message : `${message}; ${help}`)).join("; ") };
}
