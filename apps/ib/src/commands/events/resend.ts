import type { ResentEvents } from "@imagewright/control-plane";
import { safe } from "@imagewright/diagnostics";
import { BaseCommand } from "../../cli/base-command.js";
import { planeFlags, readConfigurationToWrite } from "../../cli/configuration.js";
import { Args, Flags } from "../../cli/oclif.js";
import { wrongUsage } from "../../cli/wrong-usage.js";
import { ibError } from "../../errors.js";
import { withPlane } from "../../serve/with-plane.js";

export default class EventsResend extends BaseCommand {
  static override summary = "Send events again that a webhook, a bus or a topic has refused for good: one event, or all of a sink.";
  static override description =
    "The server that delivers to the sink sends them within a moment, those of an image in their order and before what happens next to it. What is refused again is put aside again. ib events failed shows ids and sinks.";
  static override examples = [
    '<%= config.bin %> events resend --sink "webhook https://hooks.example.org/images"',
    "<%= config.bin %> events resend c714a42f-5783-85fe-a0e2-91e5ef3ade73",
  ];
  static override args = { event: Args.string({ description: "the id of an event; it is sent again to each sink that has refused it" }) };
  static override flags = {
    sink: Flags.string({ summary: "what this sink has refused, as ib events sinks shows it", helpValue: "SINK" }),
    ...planeFlags,
  };

  async run(): Promise<readonly ResentEvents[]> {
    const { args, flags } = await this.parse(EventsResend);
    const asked = { event: args.event, sink: flags.sink };
    if (asked.event === undefined && asked.sink === undefined) throw wrongUsage("name an event by its id, or a sink with --sink");
    const configuration = await readConfigurationToWrite(flags, (found) => this.report(found));
    const resent = await withPlane(configuration, (plane) => plane.events.resend(asked));
    if (resent.length === 0) throw ibError("events-not-refused", asked);
    for (const { sink, events } of resent) this.say(safe`${events} ${events === 1 ? "event is" : "events are"} sent again to ${sink}\n`);
    return resent;
  }
}
