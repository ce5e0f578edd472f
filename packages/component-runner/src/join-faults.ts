import { formatLocation, type Diagnostic } from "@imagewright/diagnostics";

/**
 * The diagnostics of a check and of what follows it, each fault once. A warning at the place of an error is left out, since both have the
 * same reason and the error says more; so is a fault of a later list at a place where an earlier one has an error.
 */
export function joinFaults(...lists: readonly (readonly Diagnostic[])[]): Diagnostic[] {
  const errors = new Map<string, number>();
  for (const [index, list] of lists.entries())
    for (const { severity, span } of list) {
      const place = formatLocation(span);
      if (severity === "error" && !errors.has(place)) errors.set(place, index);
    }
  const warnings = new Set<string>();
  return lists.flatMap((list, index) =>
    list.filter(({ severity, span, message }) => {
      const place = formatLocation(span);
      const first = errors.get(place);
      if (severity === "error") return first === index;
      const key = `${place} ${message}`;
      return first === undefined && !warnings.has(key) && warnings.add(key);
    }),
  );
}
