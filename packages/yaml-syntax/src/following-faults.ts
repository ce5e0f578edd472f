import type { Diagnostic } from "@imagewright/diagnostics";

/**
 * The faults of a text, in its order, without those that follow from others: of the faults at one place the first remains, and after a
 * fault in the syntax none, since what is read from there on is not what is written.
 */
export function withoutFollowing(faults: readonly Diagnostic[]): Diagnostic[] {
  const first = faults.findIndex(isSyntax);
  const syntax = faults[first];
  const places = new Set<number>();
  const before = faults
    .slice(0, syntax === undefined ? faults.length : first)
    .filter(({ span }) => !places.has(span.start) && places.add(span.start));
  if (syntax === undefined) return before;
  // a reference without quotes says more than what is wrong with the braces
  const last = before.at(-1);
  const isReason = last?.code === "yaml-quotes-missing" && lineOf(last) === lineOf(syntax);
  return isReason ? before : [...before, reasonNear(syntax, faults.slice(first))];
}

/** Whether a fault changes what is read after it. A wrong escape in a quoted text does not. */
export function isSyntax({ code, message }: Diagnostic): boolean {
  return code === "yaml-syntax" && !message.startsWith("invalid escape sequence");
}

/** A tab is the reason of what else is wrong around it. */
function reasonNear(syntax: Diagnostic, faults: readonly Diagnostic[]): Diagnostic {
  const tab = faults.find((fault) => isSyntax(fault) && fault.message.startsWith("tabs "));
  return tab !== undefined && lineOf(tab) <= lineOf(syntax) + 1 ? tab : syntax;
}

function lineOf({ span }: Diagnostic): number {
  return span.source.position(span.start).line;
}
