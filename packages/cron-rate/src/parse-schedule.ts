import { quote, SourceFile, type Diagnostic } from "@imagewright/diagnostics";
import { extending, structureSchemaOf, type Api, type Checked } from "@imagewright/imagebuilder-model";
import { readData, type DataReport, type DataSource, type JsonSchema } from "@imagewright/yaml-syntax";
import type { Expression } from "./expression.js";
import { parseExpression } from "./parse-expression.js";
import type { PipelineSchedule } from "./schedule.js";
import { TimeZone, UTC } from "./time-zone.js";

export interface ScheduleOptions {
  /** The creation date of the schedule, from which a rate counts. */
  readonly startedAt?: Date;
  /**
   * The name of the schedule in messages. For a schedule given as a value, it also takes the place of the file name; a member's place is
   * then this path and its name.
   */
  readonly path?: string;
}

export interface ParsedSchedule {
  /** Missing if a diagnostic is an error. */
  readonly schedule?: PipelineSchedule;
  readonly diagnostics: readonly Diagnostic[];
}

type ScheduleMembers = Checked<Api.Schedule> & { readonly scheduleExpression: string };

// the service's default for a schedule without a policy
const DEFAULT_FAILURES = 5;

let schema: JsonSchema | undefined;

/**
 * Reads the `schedule` of a pipeline in the form of the API, as JSON, YAML or a value: `scheduleExpression` and the optional `timezone`
 * (default UTC), `pipelineExecutionStartCondition` (default: only with dependency updates) and `autoDisablePolicy` (default: after 5
 * failures). It may be the member `schedule` of an object. All faults are diagnostics; throws nothing. Source: API model, `Schedule`; guide
 * chapter 40.
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
    failuresToDisable: autoDisablePolicy?.failureCount ?? DEFAULT_FAILURES,
    ...(startedAt === undefined ? {} : { startedAt }),
  };
  return { schedule, diagnostics };
}

/** Reads the expression; the places of its faults are those in the surrounding text. */
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
