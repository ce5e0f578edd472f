import type { Path } from "@imagewright/yaml-syntax";
import type { PolicyReport } from "./policy-report.js";

export type RawStatement = Readonly<Record<string, unknown>>;

/** Which one of two keys a statement has, such as `Action` or `NotAction`. Reports both, and none. */
export function eitherOf(
  statement: RawStatement,
  path: Path,
  name: "Action" | "Resource" | "Principal",
  report: PolicyReport,
): { readonly except: boolean; readonly value: unknown; readonly path: Path } | undefined {
  const [one, not] = [statement[name] ?? undefined, statement[`Not${name}`] ?? undefined];
  if (one !== undefined && not !== undefined) {
    report.error("both-keys", [...path, `Not${name}`], `${report.label(path)} has "${name}" and "Not${name}"; allowed: one of them`, {
      part: "name",
    });
    return undefined;
  }
  if (one === undefined && not === undefined) {
    report.error("missing-key", path, `${report.label(path)} must have "${name}" or "Not${name}"`);
    return undefined;
  }
  const except = one === undefined;
  return { except, value: one ?? not, path: [...path, except ? `Not${name}` : name] };
}
