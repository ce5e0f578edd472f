import { DiagnosticCollector, listOf, quote, SourceFile, unknownName, type Diagnostic, type Span } from "@imagewright/diagnostics";
import { parseExpression } from "./parse-expression.js";
import { START_CONDITIONS, type PipelineSchedule, type StartCondition } from "./schedule.js";
import { TimeZone, UTC } from "./time-zone.js";

export interface ScheduleOptions {
  /** When the schedule was created; a rate counts from there. */
  readonly startedAt?: Date;
  /** What messages call the object; the place of a member is this path and the member's name. */
  readonly path?: string;
}

export interface ParsedSchedule {
  /** Missing where a diagnostic is an error. */
  readonly schedule?: PipelineSchedule;
  readonly diagnostics: readonly Diagnostic[];
}

const MEMBERS = ["scheduleExpression", "timezone", "pipelineExecutionStartCondition", "autoDisablePolicy"];
const ZONE_NAME = /^[a-zA-Z0-9]{2,}(?:\/[a-zA-Z0-9_+-]+)*$/;
// what the service does for a schedule without a policy, and the limits of one (API reference, AutoDisablePolicy)
const FAILURES = { usual: 5, fewest: 1, most: 10 };

/**
 * Reads the `schedule` of a pipeline as the API has it: an object with `scheduleExpression` and, optional, `timezone` (else UTC),
 * `pipelineExecutionStartCondition` (else only with dependency updates) and `autoDisablePolicy` (else after 5 failures).
 * All faults of all members are in the diagnostics; it throws nothing.
 */
export function parseSchedule(input: unknown, { startedAt, path = "schedule" }: ScheduleOptions = {}): ParsedSchedule {
  const found = new DiagnosticCollector();
  if (!isObject(input)) {
    found.error("wrong-type", placeOf(path, input), `${quote(path)} must be an object; found ${shown(input)}`);
    return { diagnostics: found.diagnostics };
  }
  for (const name of Object.keys(input)) {
    if (!MEMBERS.includes(name)) found.error("unknown-member", placeOf(path, name), unknownName(`member of ${quote(path)}`, name, MEMBERS));
  }
  const reader = new Reader(input, path, found);
  const { expression, diagnostics } = reader.expression();
  found.add(diagnostics);
  const settings = { timeZone: reader.timeZone(), startCondition: reader.startCondition(), failuresToDisable: reader.failuresToDisable() };
  if (expression === undefined || found.hasErrors) return { diagnostics: found.diagnostics };
  return { schedule: { expression, ...settings, ...(startedAt === undefined ? {} : { startedAt }) }, diagnostics: found.diagnostics };
}

/** Reads one member after the other; a faulty one is reported and has its default. */
class Reader {
  constructor(
    readonly input: Readonly<Record<string, unknown>>,
    readonly path: string,
    readonly found: DiagnosticCollector,
  ) {}

  expression(): ReturnType<typeof parseExpression> {
    const text = this.#text("scheduleExpression");
    if (text !== undefined) return parseExpression(new SourceFile(`${this.path}.scheduleExpression`, text));
    if (isAbsent(this.input["scheduleExpression"])) {
      this.found.error(
        "missing-member",
        placeOf(this.path),
        `${quote(this.path)} must have "scheduleExpression", such as "cron(0 10 * * ? *)" or "rate(1 day)"`,
      );
    }
    return { diagnostics: [] };
  }

  timeZone(): TimeZone {
    const name = this.#text("timezone");
    if (name === undefined) return UTC;
    const zone = name.length >= 3 && name.length <= 100 && ZONE_NAME.test(name) ? TimeZone.named(name) : undefined;
    if (zone === undefined) {
      const message = `${quote(`${this.path}.timezone`)} must be the IANA name of a time zone, such as "Etc/UTC" or "America/Los_Angeles"; found ${quote(name)}`;
      this.found.error("unknown-time-zone", this.#place("timezone"), message);
    }
    return zone ?? UTC;
  }

  startCondition(): StartCondition {
    const name = "pipelineExecutionStartCondition";
    const text = this.#text(name);
    const condition = START_CONDITIONS.find((allowed) => allowed === text);
    if (text !== undefined && condition === undefined) {
      this.found.error(
        "unknown-start-condition",
        this.#place(name),
        `${quote(`${this.path}.${name}`)} must be ${listOf(START_CONDITIONS)}; found ${quote(text)}`,
      );
    }
    return condition ?? "EXPRESSION_MATCH_AND_DEPENDENCY_UPDATES_AVAILABLE";
  }

  failuresToDisable(): number {
    const policy = this.input["autoDisablePolicy"];
    if (isAbsent(policy)) return FAILURES.usual;
    const path = `${this.path}.autoDisablePolicy`;
    if (!isObject(policy)) {
      this.found.error("wrong-type", placeOf(path, policy), `${quote(path)} must be an object; found ${shown(policy)}`);
      return FAILURES.usual;
    }
    for (const name of Object.keys(policy)) {
      if (name !== "failureCount")
        this.found.error("unknown-member", placeOf(path, name), unknownName(`member of ${quote(path)}`, name, ["failureCount"]));
    }
    const value = policy["failureCount"];
    if (typeof value === "number" && Number.isInteger(value) && value >= FAILURES.fewest && value <= FAILURES.most) return value;
    const allowed = `a whole number from ${FAILURES.fewest} to ${FAILURES.most}`;
    this.found.error(
      "invalid-failure-count",
      placeOf(`${path}.failureCount`, value),
      `${quote(`${path}.failureCount`)} must be ${allowed}; found ${shown(value)}`,
    );
    return FAILURES.usual;
  }

  /** The text of a member; undefined where it is absent or, reported, no text. */
  #text(name: string): string | undefined {
    const value = this.input[name];
    if (isAbsent(value) || typeof value === "string") return value ?? undefined;
    this.found.error("wrong-type", this.#place(name), `${quote(`${this.path}.${name}`)} must be a string; found ${shown(value)}`);
    return undefined;
  }

  #place(name: string): Span {
    return placeOf(`${this.path}.${name}`, this.input[name]);
  }
}

/** A value of an object has its path for a file name, and the value itself for the text. */
function placeOf(path: string, value?: unknown): Span {
  const text = typeof value === "string" ? value : (JSON.stringify(value) ?? "");
  return { source: new SourceFile(path, text), start: 0, end: text.length };
}

function shown(value: unknown): string {
  return value === undefined ? "nothing" : quote(typeof value === "string" ? value : (JSON.stringify(value) ?? typeof value));
}

function isAbsent(value: unknown): value is undefined | null {
  return value === undefined || value === null;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
