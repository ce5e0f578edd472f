import { EVENT_TYPES, type BusEvent } from "@imagewright/events";
import { safe, safeJson } from "@imagewright/diagnostics";
import { BaseCommand } from "../../cli/base-command.js";
import { dataFlags, readConfiguration } from "../../cli/configuration.js";
import { Flags } from "../../cli/oclif.js";
import { readTime } from "../../cli/read-time.js";
import { line, terminal } from "../../cli/terminal.js";
import { followEvents } from "../../events/follow-events.js";
import { renderEvent } from "../../render/events.js";
import { serviceFiles } from "../../serve/service-files.js";

export default class EventsTail extends BaseCommand {
  static override summary = "Show what happens to images and their workflows, as it happens, until Ctrl-C.";
  static override description =
    "The events of the account of the server of the data folder. A server that ends is waited for, and nothing that happens meanwhile is missed. --json prints each event as a line, in the form of EventBridge.";
  static override examples = [
    "<%= config.bin %> events tail",
    "<%= config.bin %> events tail --image web-server --since 2027-01-01",
    "<%= config.bin %> events tail --type image.state-changed --no-follow --since 2027-01-01 --json",
  ];
  static override flags = {
    since: Flags.string({ summary: "begin with what happened at this time or later (default: now)", helpValue: "TIME" }),
    image: Flags.string({ summary: "events of the image of this name, or with this ARN, also that of a version", helpValue: "NAME|ARN" }),
    type: Flags.option({
      options: EVENT_TYPES,
      summary: "events of this type; may be given several times",
      helpValue: "TYPE",
      multiple: true,
      multipleNonGreedy: true,
    })(),
    region: Flags.string({ summary: "events of this Region (default: those of all that the server serves)", helpValue: "REGION" }),
    follow: Flags.boolean({ summary: "wait for what happens next", default: true, allowNo: true }),
    ...dataFlags,
  };

  async run(): Promise<void> {
    const { flags } = await this.parse(EventsTail);
    const { image, type: types = [], region, follow } = flags;
    const since = flags.since === undefined ? undefined : readTime("since", flags.since);
    const { dataFolder } = await readConfiguration({ "data-dir": flags["data-dir"] }, (found) => this.report(found));
    const onEvent = (event: BusEvent) => terminal.out(line(this.jsonEnabled() ? safeJson(event) : renderEvent(event, new Date())));
    await followEvents(serviceFiles(dataFolder.value), {
      ...{ image, types, region, follow, since, onEvent, signal: this.cancelSignal() },
      onLost: () => this.say(safe`warning: events have been removed, since they are too old\n`),
      onWait: () => this.say(safe`notice: the server has ended, or cannot be reached; waiting for it\n`),
    });
    this.endAsAsked();
  }

  protected override whatEnds(): string {
    return "stopping";
  }

  protected override whatIsLeft(): string {
    return "nothing is left";
  }
}
