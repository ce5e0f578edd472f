import { DiagnosticCollector, quote, SourceFile, type Diagnostic } from "@imagewright/diagnostics";
import type { Api, Checked } from "@imagewright/imagebuilder-model";
import { readAs } from "@imagewright/resource-files";
import { DataReport, inputUnder, openData, type DataInput, type Path } from "@imagewright/yaml-syntax";
import type { Expression } from "./expression.js";
import { parseExpression } from "./parse-expression.js";
import { isSchedule, pipelineSchema, scheduleSchema } from "./pipeline-schemas.js";
import type { PipelineSchedule } from "./schedule.js";
import { TimeZone, UTC } from "./time-zone.js";

export interface ScheduleOptions {
  /** The creation date of the schedule, from which a rate counts. Default: the `dateCreated` of the pipeline, if the input has it. */
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
  /** The pipeline that has the schedule, if the input is a whole pipeline. */
  readonly pipeline?: ScheduledPipeline;
  readonly diagnostics: readonly Diagnostic[];
}

export interface ScheduledPipeline {
  /** Missing in a request that updates a pipeline, and where a template leaves it open. */
  readonly name?: string;
  /** Whether its schedule counts: a pipeline that is disabled starts no builds. */
  readonly isEnabled: boolean;
}

type ScheduleMembers = Checked<Api.Schedule> & { readonly scheduleExpression: string };
type PipelineMembers = Pick<Checked<Api.ImagePipeline>, "name" | "status" | "dateCreated"> & { readonly schedule?: ScheduleMembers };

// the service's default for a schedule without a policy
const DEFAULT_FAILURES = 5;

/**
 * Reads the `schedule` of a pipeline in the form of the API, as JSON, YAML or a value: `scheduleExpression` and the optional `timezone`
 * (default UTC), `pipelineExecutionStartCondition` (default: only with dependency updates) and `autoDisablePolicy` (default: after 5
 * failures).
 *
 * A text may have the schedule as its only member `schedule`, or be a whole pipeline: the request of CreateImagePipeline or
 * UpdateImagePipeline, the response of GetImagePipeline or ListImagePipelines, or a CloudFormation template, each with one pipeline. All
 * faults are diagnostics; throws nothing. Source: API model, `Schedule`; guide chapter 40.
 */
export function parseSchedule(input: unknown, { startedAt, path = "schedule" }: ScheduleOptions = {}): ParsedSchedule {
  if (typeof input === "string" || input instanceof SourceFile) {
    const { reading, diagnostics } = readAs(input, "image-pipeline", (data, found) => readText(data, found, path), {
      ...{ name: path, wanted: "an image pipeline or its schedule", besides: ["schedule"], needed: ["schedule"] },
    });
    return result(reading, diagnostics, startedAt);
  }
  const found = new DiagnosticCollector();
  const data = openData({ [path]: input }, path, found);
  const reading = data === undefined ? undefined : readSchedule(inputUnder(data, path), found, path);
  return result(reading, found.diagnostics, startedAt);
}

interface Reading {
  readonly members: ScheduleMembers;
  readonly expression: Expression;
  readonly pipeline?: PipelineMembers;
}

function result(reading: Reading | undefined, diagnostics: readonly Diagnostic[], given: Date | undefined): ParsedSchedule {
  if (reading === undefined || diagnostics.some(({ severity }) => severity === "error")) return { diagnostics };
  const { members, expression, pipeline } = reading;
  const { timezone, pipelineExecutionStartCondition, autoDisablePolicy } = members;
  const startedAt = given ?? dateOf(pipeline?.dateCreated);
  const schedule = {
    expression,
    timeZone: timezone === undefined ? UTC : (TimeZone.named(timezone) ?? UTC),
    startCondition: pipelineExecutionStartCondition ?? "EXPRESSION_MATCH_AND_DEPENDENCY_UPDATES_AVAILABLE",
    failuresToDisable: autoDisablePolicy?.failureCount ?? DEFAULT_FAILURES,
    ...(startedAt === undefined ? {} : { startedAt }),
  };
  if (pipeline === undefined) return { schedule, diagnostics };
  const { name, status } = pipeline;
  return { schedule, pipeline: { ...(name === undefined ? {} : { name }), isEnabled: status !== "DISABLED" }, diagnostics };
}

function readText(data: DataInput, found: DiagnosticCollector, path: string): Reading | undefined {
  const { value } = data;
  if (isAlone(value, "schedule")) return readSchedule(inputUnder(data, "schedule"), found, path);
  return isSchedule(value) ? readSchedule(data, found, path) : readPipeline(data, found);
}

function readSchedule(data: DataInput, found: DiagnosticCollector, path: string): Reading | undefined {
  const report = new DataReport(data, found, { what: quote(path) });
  const members = report.check<ScheduleMembers>(scheduleSchema());
  return members === undefined ? undefined : withExpression(members, report, []);
}

function readPipeline(data: DataInput, found: DiagnosticCollector): Reading | undefined {
  const report = new DataReport(data, found, { what: "the pipeline" });
  const pipeline = report.check<PipelineMembers>(pipelineSchema(data.value));
  if (pipeline === undefined) return undefined;
  if (pipeline.schedule === undefined) {
    report.error("missing-key", [], 'the pipeline has no "schedule"; it runs only when it is started');
    return undefined;
  }
  const reading = withExpression(pipeline.schedule, report, ["schedule"]);
  if (reading === undefined) return undefined;
  const { name, ...others } = pipeline;
  return { ...reading, pipeline: name === undefined || data.isOpen?.(["name"]) === true ? others : { name, ...others } };
}

function withExpression(members: ScheduleMembers, report: DataReport, path: Path): Reading | undefined {
  const expression = readExpression(members.scheduleExpression, report, [...path, "scheduleExpression"]);
  checkTimeZone(members.timezone, report, [...path, "timezone"]);
  return expression === undefined ? undefined : { members, expression };
}

/** Reads the expression; the places of its faults are those in the surrounding text. */
function readExpression(text: string, report: DataReport, path: Path): Expression | undefined {
  if (report.input.isOpen?.(path) === true) return undefined;
  const inText = (start: number, end: number) => report.spanInText(path, text, start, end);
  const { expression, diagnostics } = parseExpression(new SourceFile(report.input.spanOf(path).source.name, text));
  report.found.add(diagnostics.map((fault) => ({ ...fault, span: inText(fault.span.start, fault.span.end) })));
  return expression;
}

function checkTimeZone(name: string | undefined, report: DataReport, path: Path): void {
  if (name === undefined || report.input.isOpen?.(path) === true || TimeZone.named(name) !== undefined) return;
  const message = `${report.label(path)} must be the IANA name of a time zone, such as "Etc/UTC" or "America/Los_Angeles"; found ${quote(name)}`;
  report.error("unknown-time-zone", path, message);
}

function isAlone(value: unknown, key: string): boolean {
  return typeof value === "object" && value !== null && Object.keys(value).every((name) => name === key) && key in value;
}

function dateOf(text: string | undefined): Date | undefined {
  const date = new Date(text ?? "");
  return Number.isNaN(date.getTime()) ? undefined : date;
}
