import { listOf, type Diagnostic, type Span } from "@imagewright/diagnostics";

/** The treatment of values that are not known: what depends on them is skipped with a notice, or each of them is an error. */
export type OpenValues = "pass-over" | "refuse";

/** The diagnostic for a value that is not known; `name` is its name in the file. */
export function unknownValue(name: string, span: Span, open: OpenValues): Diagnostic {
  return diagnostic(`the value of ${listOf([name])} is not known here`, "; what depends on it is passed over", span, open);
}

/** The diagnostic for something that depends on such values as a whole. */
export function unknownWhole(what: string, names: readonly string[], span: Span, open: OpenValues): Diagnostic {
  return diagnostic(`${what} is not known here, since it comes from ${listOf(new Set(names), "and")}`, "; it is passed over", span, open);
}

function diagnostic(what: string, consequence: string, span: Span, open: OpenValues): Diagnostic {
  const code = "value-not-known";
  return open === "refuse"
    ? { code, severity: "error", message: what, span }
    : { code, severity: "info", message: `${what}${consequence}`, span };
}
