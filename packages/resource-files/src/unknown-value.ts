import { listOf, type Diagnostic, type Span } from "@imagewright/diagnostics";

/** The treatment of values that a file leaves open: what depends on them is skipped with a notice, or each is an error. */
export type OpenValues = "pass-over" | "refuse";

/** That a value is left open, by the name that the file has for it. */
export function unknownValue(name: string, span: Span, open: OpenValues): Diagnostic {
  return diagnostic(`the value of ${listOf([name])} is not known here`, "; what depends on it is passed over", span, open);
}

/** That something as a whole depends on such values. */
export function unknownWhole(what: string, names: readonly string[], span: Span, open: OpenValues): Diagnostic {
  return diagnostic(`${what} is not known here, since it comes from ${listOf(new Set(names), "and")}`, "; it is passed over", span, open);
}

function diagnostic(what: string, consequence: string, span: Span, open: OpenValues): Diagnostic {
  const code = "value-not-known";
  return open === "refuse"
    ? { code, severity: "error", message: what, span }
    : { code, severity: "info", message: `${what}${consequence}`, span };
}
