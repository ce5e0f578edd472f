import {
  explain,
  looksLikeExpression,
  nextRuns,
  parseExpression,
  parseSchedule,
  previousRun,
  type ParsedSchedule,
} from "@imagewright/cron-rate";
import { isImagewrightError, safe, type SourceFile } from "@imagewright/diagnostics";
import { BaseCommand } from "../../cli/base-command.js";
import { Args, Flags } from "../../cli/oclif.js";
import { readInput } from "../../cli/read-input.js";
import { readTime } from "../../cli/read-time.js";
import { wrongUsage } from "../../cli/wrong-usage.js";
import { ibError, type UnreadableInput } from "../../errors.js";

interface ScheduleResult {
  readonly explanation: string;
  /** ISO 8601, UTC. */
  readonly previous: string | null;
  readonly next: readonly string[];
  readonly expression: string;
  readonly timezone: string;
  /** Null for an expression, and for a file that has only a schedule. */
  readonly pipeline: { readonly name: string | null; readonly enabled: boolean } | null;
}

export default class ScheduleExplain extends BaseCommand {
  static override summary = "Explain the schedule of an image pipeline in words, and list its runs.";
  static override description =
    "SCHEDULE is an expression (cron(…), rate(…), or the six fields of cron alone) or a file, where - is standard input. The file has one image pipeline or its schedule: a request or response of the API (JSON or YAML), or a CloudFormation template.";
  static override examples = [
    '<%= config.bin %> schedule explain "cron(30 22 ? * tue#2 *)" --timezone Europe/Berlin',
    '<%= config.bin %> schedule explain "rate(7 days)" --created 2026-01-01 --at 2027-01-01 --next 3',
    "<%= config.bin %> schedule explain pipeline.yaml",
  ];
  static override args = { schedule: Args.string({ description: "an expression, or a file (JSON or YAML)", required: true }) };
  static override flags = {
    timezone: Flags.string({ summary: "the IANA name of the time zone of an expression (default: UTC)", helpValue: "ZONE" }),
    created: Flags.string({
      summary: "when the schedule was created, from which a rate counts (default: the dateCreated of the pipeline, else the time of --at)",
      helpValue: "TIME",
    }),
    at: Flags.string({ summary: "the time from which to list runs (default: now)", helpValue: "TIME" }),
    next: Flags.integer({ summary: "number of runs to list", default: 5, min: 0, max: 1000 }),
  };

  async run(): Promise<ScheduleResult> {
    const { args, flags } = await this.parse(ScheduleExplain);
    const at = flags.at === undefined ? new Date() : readTime("at", flags.at);
    const created = flags.created === undefined ? undefined : readTime("created", flags.created);
    const { schedule: read, pipeline, diagnostics } = await this.#read(args.schedule, flags.timezone, created);
    this.report(diagnostics);
    if (read === undefined) throw new Error("a schedule without faults could not be read");
    const schedule = { ...read, startedAt: read.startedAt ?? at };
    const [explanation, next, previous] = [explain(schedule), nextRuns(schedule, at, flags.next), previousRun(schedule, at)];
    this.print(safe`${explanation}`);
    this.print(safe`last  ${previous?.toISOString() ?? "never"}`);
    for (const run of next) this.print(safe`next  ${run.toISOString()}`);
    if (next.length === 0 && flags.next > 0) this.print(safe`next  never`);
    if (pipeline?.isEnabled === false) this.say(safe`the pipeline is disabled; these would be its runs if it were enabled\n`);
    return {
      ...{ explanation, previous: previous?.toISOString() ?? null, next: next.map((run) => run.toISOString()) },
      ...{ expression: schedule.expression.text, timezone: schedule.timeZone?.id ?? "UTC" },
      pipeline: pipeline === undefined ? null : { name: pipeline.name ?? null, enabled: pipeline.isEnabled },
    };
  }

  async #read(argument: string, timezone: string | undefined, startedAt: Date | undefined): Promise<ParsedSchedule> {
    const options = startedAt === undefined ? {} : { startedAt };
    if (looksLikeExpression(argument))
      return parseSchedule({ scheduleExpression: argument, ...(timezone === undefined ? {} : { timezone }) }, options);
    const file = await readFile(argument);
    if (timezone !== undefined) throw wrongUsage("--timezone is the time zone of an expression; the schedule in a file has its own");
    return parseSchedule(file, options);
  }
}

async function readFile(path: string): Promise<SourceFile> {
  try {
    return await readInput(path);
  } catch (thrown) {
    if (!isImagewrightError(thrown, "ib/input-not-readable") || !(thrown.data as UnreadableInput).isMissing) throw thrown;
    const meant = expressionLike(path);
    throw ibError("neither-expression-nor-file", { argument: path, ...(meant === undefined ? {} : { meant }) }, { cause: thrown });
  }
}

/** The expression that a text becomes with `cron(…)` or `rate(…)` around it, or in place of what it has. */
function expressionLike(text: string): string | undefined {
  const fields = /^\w*\((.*)\)$/.exec(text.trim())?.[1] ?? text.trim();
  return [`cron(${fields})`, `rate(${fields})`].find((each) => parseExpression(each).expression !== undefined);
}
