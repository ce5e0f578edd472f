import { LONGEST_QUOTE, quote } from "@imagewright/diagnostics";

/** The path of a part of a value: member names and list indexes. */
export type Path = readonly (string | number)[];

/** A path as text: `policyDetails[0].filter.value`. */
export function pathText(path: Path): string {
  return path.map((step, position) => (typeof step === "number" ? `[${step}]` : position === 0 ? step : `.${step}`)).join("");
}

/** The name of a part in messages: `"policyDetails[0].filter"`; only the end of a long path, which says more. The whole value is `what`. */
export function labelOfPath(path: Path, what: string): string {
  if (path.length === 0) return what;
  const text = pathText(path);
  return quote(text.length > LONGEST_QUOTE ? text.slice(1 - LONGEST_QUOTE).replace(/^[^.]*\./, "…") : text);
}
