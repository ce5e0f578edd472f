import { quoteInFull, safe } from "@imagewright/diagnostics";
import { untilAborted } from "@imagewright/node-host";
import { BaseCommand } from "../../cli/base-command.js";
import { dataFlags, readConfiguration } from "../../cli/configuration.js";
import { findServer } from "../../serve/server-record.js";
import { serviceFiles } from "../../serve/service-files.js";
import { endServer } from "../../serve/end-server.js";

interface StoppedServer {
  /** Whether a server ran. */
  readonly stopped: boolean;
  readonly pid: number | null;
}

export default class ServeStop extends BaseCommand {
  static override summary = "Stop the server of the data folder, and wait until it has answered what has arrived.";
  static override examples = ["<%= config.bin %> serve stop"];
  static override flags = { ...dataFlags };

  async run(): Promise<StoppedServer> {
    const { flags } = await this.parse(ServeStop);
    const { dataFolder } = await readConfiguration(flags, (found) => this.report(found));
    const server = await findServer(serviceFiles(dataFolder.value));
    if (server === undefined) {
      this.say(safe`no server runs for the data folder ${quoteInFull(dataFolder.value)}\n`);
      return { stopped: false, pid: null };
    }
    await untilAborted(this.cancelSignal(), endServer(server));
    this.say(safe`stopped ${server.endpoint}, process ${server.pid}\n`);
    return { stopped: true, pid: server.pid };
  }

  protected override whatEnds(): string {
    return "no longer waiting; the server stops nevertheless";
  }

  protected override whatIsLeft(): string {
    return "the server stops nevertheless";
  }
}
