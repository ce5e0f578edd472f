import { quote, type DiagnosticCollector } from "@imagewright/diagnostics";
import type { Name } from "@imagewright/yaml-syntax";

/** Reports every duplicate name, with both places. */
export function checkUnique(what: string, names: Iterable<Name>, found: DiagnosticCollector): void {
  const first = new Map<string, Name>();
  for (const name of [...names].sort((a, b) => a.span.start - b.span.start)) {
    const earlier = first.get(name.text);
    if (earlier === undefined) first.set(name.text, name);
    else
      found.error("duplicate-name", name.span, `the ${what} ${quote(name.text)} is used twice`, {
        related: [{ message: "first used here", span: earlier.span }],
      });
  }
}
