import { quote, SourceFile, type Diagnostic } from "@imagewright/diagnostics";
import { extending, structureSchemaOf, type Api, type Checked } from "@imagewright/imagebuilder-model";
import { readData, type DataReport, type DataSource, type JsonSchema } from "@imagewright/yaml-syntax";
import type { Expression } from "./expression.js";
import { parseExpression } from "./parse-expression.js";
import type { PipelineSchedule } from "./schedule.js";
import { TimeZone, UTC } from "./time-zone.js";

export interface ScheduleOptions {
  /** When the schedule was created; a rate counts from there. */
  readonly startedAt?: Date;
  /**
   * The name of the schedule in messages, and the file name of one that is not a file: the place of a member is this path and the
   * member's name.
   */
  readonly path?: string;
}

export interface ParsedSchedule {
  /** Missing if a diagnostic is an error. */
  readonly schedule?: PipelineSchedule;
  readonly diagnostics: readonly Diagnostic[];
}

type ScheduleMembers = Checked<Api.Schedule> & { readonly scheduleExpression: string };

// what the service does for a schedule without a policy
const USUAL_FAILURES = 5;

let schema: JsonSchema | undefined;

/**
 * Reads the `schedule` of a pipeline in the form of the API, as JSON, YAML or a value: `scheduleExpression` and, optional, `timezone` (else
 * UTC), `pipelineExecutionStartCondition` (else only with dependency updates) and `autoDisablePolicy` (else after 5 failures). It may stand
 * under `schedule`. All faults are in the diagnostics; it throws nothing.
 */
export function parseSchedule(input: unknown, { startedAt, path = "schedule" }: ScheduleOptions = {}): ParsedSchedule {
  const isText = typeof input === "string" || input instanceof SourceFile;
  const source: DataSource = isText ? input : { [path]: input };
  let expression: Expression | undefined;
  const rules = (members: ScheduleMembers, report: DataReport): void => {
    expression = readExpression(members.scheduleExpression, report);
    checkTimeZone(members.timezone, report);
  };
  schema ??= extending(structureSchemaOf("Schedule"), {}, ["scheduleExpression"]);
  const options = { what: quote(path), name: path, envelope: isText ? "schedule" : path, rules };
  const { value, diagnostics } = readData<ScheduleMembers>(source, schema, options);
  if (value === undefined || expression === undefined) return { diagnostics };
  const { timezone, pipelineExecutionStartCondition, autoDisablePolicy } = value;
  const schedule = {
    expression,
    timeZone: timezone === undefined ? UTC : (TimeZone.named(timezone) ?? UTC),
    startCondition: pipelineExecutionStartCondition ?? "EXPRESSION_MATCH_AND_DEPENDENCY_UPDATES_AVAILABLE",
    failuresToDisable: autoDisablePolicy?.failureCount ?? USUAL_FAILURES,
    ...(startedAt === undefined ? {} : { startedAt }),
  };
  return { schedule, diagnostics };
}

/** Faults of the expression are placed in the surrounding text. */
function readExpression(text: string, report: DataReport): Expression | undefined {
  const path = ["scheduleExpression"];
  const inText = (start: number, end: number) => report.spanInText(path, text, start, end);
  const { expression, diagnostics } = parseExpression(new SourceFile(report.input.spanOf(path).source.name, text));
  report.found.add(diagnostics.map((fault) => ({ ...fault, span: inText(fault.span.start, fault.span.end) })));
  return expression;
}

function checkTimeZone(name: string | undefined, report: DataReport): void {
  if (name === undefined || TimeZone.named(name) !== undefined) return;
  const message = `"timezone" must be the IANA name of a time zone, such as "Etc/UTC" or "America/Los_Angeles"; found ${quote(name)}`;
  report.error("unknown-time-zone", ["timezone"], message);
}
