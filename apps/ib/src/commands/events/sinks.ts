import type { ListedSink } from "@imagewright/control-plane";
import { safe } from "@imagewright/diagnostics";
import { BaseCommand } from "../../cli/base-command.js";
import { planeFlags, readConfigurationToWrite } from "../../cli/configuration.js";
import { renderTable } from "../../render/table.js";
import { withPlane } from "../../serve/with-plane.js";

export default class EventsSinks extends BaseCommand {
  static override summary = "Show where events are delivered to, and what waits; the exit code is 1 if one of them takes nothing.";
  static override examples = ["<%= config.bin %> events sinks", "<%= config.bin %> events sinks --json"];
  static override flags = { ...planeFlags };

  async run(): Promise<readonly ListedSink[]> {
    const { flags } = await this.parse(EventsSinks);
    const configuration = await readConfigurationToWrite(flags, (found) => this.report(found));
    const sinks = await withPlane(configuration, (plane) => plane.events.listSinks());
    if (sinks.length === 0) this.say(safe`events are delivered nowhere; ib serve has --event-webhook, --event-bus and --sns for it\n`);
    else this.print(renderTable(["SINK", "BEHIND", "REFUSED", "PROBLEM"], sinks.map(cellsOf)));
    if (sinks.some(({ problem }) => problem !== null)) process.exitCode = 1;
    return sinks;
  }
}

function cellsOf({ id, behind, refused, problem, failingSince }: ListedSink): readonly string[] {
  const shown = problem === null ? "" : `${problem}${failingSince === null ? "" : `, since ${failingSince.toISOString()}`}`;
  return [id, String(behind), String(refused), shown];
}
