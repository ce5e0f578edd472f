import { count } from "@imagewright/diagnostics";
import { DataReport, pathText, type DataInput, type FaultDetails, type Path } from "@imagewright/yaml-syntax";
import type { DiagnosticCollector } from "@imagewright/diagnostics";

/** The number of errors, and of warnings, that are reported of one policy. */
export const MOST_FAULTS = 100;

/** Reports faults of a policy with the number of the statement, counted from 1, and the path in it: `"Action[0]" of statement 2`. */
export class PolicyReport extends DataReport {
  constructor(input: DataInput, found: DiagnosticCollector) {
    super(input, found, { what: "the policy", mostWarnings: MOST_FAULTS });
  }

  override label(path: Path): string {
    const [first, second, ...others] = path;
    const isList = typeof second === "number";
    if (first !== "Statement" || (path.length === 1 && !this.#isOneStatement)) return super.label(path);
    const number = isList ? second + 1 : 1; // the only statement may be without a list
    const inside = isList ? others : path.slice(1);
    return inside.length === 0 ? `statement ${number}` : `${super.label([pathText(inside)])} of statement ${number}`;
  }

  get #isOneStatement(): boolean {
    const { Statement } = this.input.value as { readonly Statement?: unknown };
    return typeof Statement === "object" && !Array.isArray(Statement);
  }

  override error(code: string, path: Path, message: string, details: FaultDetails = {}): void {
    const { error } = this.found.counts;
    if (error < MOST_FAULTS) super.error(code, path, message, details);
    if (error === MOST_FAULTS)
      super.error("too-many-faults", path, `the policy has ${count(MOST_FAULTS, "fault")} up to here; no others are shown`);
  }
}
