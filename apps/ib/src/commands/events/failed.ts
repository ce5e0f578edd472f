import { busEvent, type BusEvent } from "@imagewright/events";
import { safe } from "@imagewright/diagnostics";
import { BaseCommand } from "../../cli/base-command.js";
import { planeFlags, readConfigurationToWrite } from "../../cli/configuration.js";
import { Flags } from "../../cli/oclif.js";
import { describeEvent } from "../../render/events.js";
import { renderTable } from "../../render/table.js";
import { withPlane } from "../../serve/with-plane.js";

interface FailedEvent {
  readonly sink: string;
  readonly reason: string;
  /** As ISO 8601. */
  readonly refusedAt: string;
  readonly event: BusEvent;
}

export default class EventsFailed extends BaseCommand {
  static override summary = "Show the events that a webhook, a bus or a topic has refused for good.";
  static override description =
    "They were put aside, so that those behind them did not wait, and are sent again by ib events resend. The newest come first. Events are kept for seven days.";
  static override examples = ["<%= config.bin %> events failed", "<%= config.bin %> events failed --json"];
  static override flags = {
    limit: Flags.integer({ summary: "the newest so many", default: 100, min: 1, max: 10_000 }),
    ...planeFlags,
  };

  async run(): Promise<readonly FailedEvent[]> {
    const { flags } = await this.parse(EventsFailed);
    const configuration = await readConfigurationToWrite(flags, (found) => this.report(found));
    const refusals = await withPlane(configuration, (plane) => plane.events.listRefusals(flags.limit));
    const failed = refusals.map(({ sink, reason, refusedAt, event }) => ({
      ...{ sink, reason, refusedAt: refusedAt.toISOString(), event: busEvent(event) },
    }));
    if (failed.length === 0) this.say(safe`no event was refused\n`);
    else this.print(renderTable(["TIME", "EVENT", "SINK", "REASON", "ID"], failed.map(cellsOf)));
    return failed;
  }
}

function cellsOf({ sink, reason, event }: FailedEvent): readonly string[] {
  return [event.time, describeEvent(event), sink, reason, event.id];
}
