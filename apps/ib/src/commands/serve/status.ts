import { quoteInFull, safe } from "@imagewright/diagnostics";
import { BaseCommand } from "../../cli/base-command.js";
import { dataFlags, readConfiguration } from "../../cli/configuration.js";
import { renderServer } from "../../render/service.js";
import { whyNotReady } from "../../serve/ask-server.js";
import { findServer, type ServerRecord } from "../../serve/server-record.js";
import { serviceFiles } from "../../serve/service-files.js";

interface ServerStatus {
  readonly running: boolean;
  /** Why it cannot answer; null if it can, or if it does not run. */
  readonly problem: string | null;
  readonly server: ServerRecord | null;
}

export default class ServeStatus extends BaseCommand {
  static override summary = "Show the server of the data folder; the exit code is 1 if none runs, or if it cannot answer.";
  static override examples = ["<%= config.bin %> serve status", "<%= config.bin %> serve status --json"];
  static override flags = { ...dataFlags };

  async run(): Promise<ServerStatus> {
    const { flags } = await this.parse(ServeStatus);
    const { dataFolder } = await readConfiguration(flags, (found) => this.report(found));
    const server = await findServer(serviceFiles(dataFolder.value));
    if (server === undefined) {
      process.exitCode = 1;
      this.say(safe`no server runs for the data folder ${quoteInFull(dataFolder.value)}\n`);
      return { running: false, problem: null, server: null };
    }
    const problem = await whyNotReady(server);
    this.print(renderServer(server));
    if (problem !== undefined) {
      process.exitCode = 1;
      this.say(safe`the server runs, but cannot answer: ${problem}\n`);
    }
    return { running: true, problem: problem ?? null, server };
  }
}
