import { count, type DiagnosticCollector, type RelatedPlace, type Span } from "@imagewright/diagnostics";
import { conform, withoutNulls } from "../conform.js";
import type { JsonSchema } from "../json-schema.js";
import { labelOfPath, type Path } from "../path.js";
import { describeFault, shownValue } from "../schema-faults.js";
import { faultsOf, placeOfFault } from "../validator.js";
import type { DataInput } from "./data-input.js";

export interface FaultDetails {
  readonly help?: string;
  readonly related?: readonly RelatedPlace[];
  /** Whether the fault is shown at the value, or at the name of the member that has it. */
  readonly part?: "name" | "value";
}

export interface DataReportOptions {
  /** The name of the whole in messages. */
  readonly what: string;
  /** The number of warnings that are shown; one more says that the others are left out. */
  readonly mostWarnings?: number;
}

/** Checks the parts of an input against schemas, and reports faults by path. */
export class DataReport {
  constructor(
    readonly input: DataInput,
    readonly found: DiagnosticCollector,
    private readonly options: DataReportOptions,
  ) {}

  /** The name of the part at a path in messages. */
  label(path: Path): string {
    return labelOfPath(path, this.options.what);
  }

  error(code: string, path: Path, message: string, { part, ...extras }: FaultDetails = {}): void {
    this.found.error(code, this.input.spanOf(path, part), message, extras);
  }

  warning(code: string, path: Path, message: string, { part, ...extras }: FaultDetails = {}): void {
    const { what, mostWarnings = Infinity } = this.options;
    const warnings = this.found.counts.warning;
    if (warnings > mostWarnings) return;
    const span = this.input.spanOf(path, part);
    if (warnings < mostWarnings) this.found.warning(code, span, message, extras);
    else this.found.warning("too-many-warnings", span, `${what} has ${count(mostWarnings, "warning")} up to here; no others are shown`);
  }

  /** The place of a part of a string, such as a variable in it; the whole string if escapes change the offsets. */
  spanInText(path: Path, text: string, start: number, end: number): Span {
    const whole = this.input.spanOf(path);
    const written = whole.source.text.slice(whole.start, whole.end);
    const from = written === text ? whole.start : whole.start + 1; // behind the quote
    return written === text || written.slice(1, -1) === text ? { source: whole.source, start: from + start, end: from + end } : whole;
  }

  /** The place of a part, to go with a fault at another place. */
  related(path: Path, message: string): RelatedPlace[] {
    return [{ message, span: this.input.spanOf(path) }];
  }

  /**
   * Checks the value at a path against a schema, which must not have defaults. Null is treated as absent, and the scalars of YAML get the
   * types that the schema requires. Undefined if the value does not fit; each fault is reported.
   */
  check<Value>(schema: JsonSchema, value: unknown = this.input.value, path: Path = []): Value | undefined {
    const data = this.input.isYaml ? conform(value, schema) : withoutNulls(value, schema);
    const faults = faultsOf(data, schema).map((fault) => {
      const place = placeOfFault(fault);
      return { fault, place, at: [...path, ...numbered(place.path, data)] };
    });
    const reported = faults.filter(({ at }) => this.input.isOpen?.(at) !== true);
    for (const { fault, place, at } of reported) {
      const owner = place.part === "name" ? at.slice(0, -1) : at;
      const words = { label: this.label(owner), found: shownValue(fault.data), isYaml: this.input.isYaml };
      const { code, message, ...extras } = describeFault(fault, words);
      this.error(code, at, message, { ...extras, part: place.part });
    }
    return reported.length === 0 ? (data as Value) : undefined;
  }
}

/** A path whose steps into lists are numbers. */
function numbered(steps: readonly string[], data: unknown): Path {
  let value: unknown = data;
  return steps.map((step) => {
    const isItem = Array.isArray(value);
    value = (value as Readonly<Record<string, unknown>> | undefined)?.[step];
    return isItem ? Number(step) : step;
  });
}
