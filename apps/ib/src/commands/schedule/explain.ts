import { explain, nextRuns, parseSchedule, previousRun } from "@imagewright/cron-rate";
import { BaseCommand } from "../../cli/base-command.js";
import { Args, Flags } from "../../cli/oclif.js";
import { readTime } from "../../cli/read-time.js";

interface ScheduleResult {
  readonly explanation: string;
  /** ISO 8601, UTC. */
  readonly previous: string | null;
  readonly next: readonly string[];
}

export default class ScheduleExplain extends BaseCommand {
  static override summary = "Explain a schedule in words, and list its runs.";
  static override examples = [
    '<%= config.bin %> schedule explain "cron(30 22 ? * tue#2 *)" --timezone Europe/Berlin',
    '<%= config.bin %> schedule explain "rate(7 days)" --created 2026-01-01 --at 2027-01-01 --next 3',
  ];
  static override args = { expression: Args.string({ description: "cron(…) or rate(…)", required: true }) };
  static override flags = {
    timezone: Flags.string({ summary: "the IANA name of the time zone (default: UTC)", helpValue: "ZONE" }),
    created: Flags.string({
      summary: "when the schedule was created, from which a rate counts (default: the time of --at)",
      helpValue: "TIME",
    }),
    at: Flags.string({ summary: "the time from which to list runs (default: now)", helpValue: "TIME" }),
    next: Flags.integer({ summary: "number of runs to list", default: 5, min: 0, max: 1000 }),
  };

  async run(): Promise<ScheduleResult> {
    const { args, flags } = await this.parse(ScheduleExplain);
    const at = flags.at === undefined ? new Date() : readTime("at", flags.at);
    const startedAt = flags.created === undefined ? at : readTime("created", flags.created);
    const input = { scheduleExpression: args.expression, ...(flags.timezone === undefined ? {} : { timezone: flags.timezone }) };
    const { schedule, diagnostics } = parseSchedule(input, { startedAt });
    this.report(diagnostics);
    if (schedule === undefined) throw new Error("a schedule without faults could not be read");
    const [explanation, next, previous] = [explain(schedule), nextRuns(schedule, at, flags.next), previousRun(schedule, at)];
    this.log(explanation);
    this.log(`last  ${previous?.toISOString() ?? "never"}`);
    for (const run of next) this.log(`next  ${run.toISOString()}`);
    if (next.length === 0 && flags.next > 0) this.log("next  never");
    return { explanation, previous: previous?.toISOString() ?? null, next: next.map((run) => run.toISOString()) };
  }
}
