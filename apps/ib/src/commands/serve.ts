import { safe } from "@imagewright/diagnostics";
import { BaseCommand } from "../cli/base-command.js";
import { dataFlags, networkFlags, readConfigurationToWrite, serviceFlags } from "../cli/configuration.js";
import { Flags } from "../cli/oclif.js";
import { wrongUsage } from "../cli/wrong-usage.js";
import { ibError } from "../errors.js";
import { describeUnknownRelease } from "../render/catalogue.js";
import { describeSinkNotice } from "../render/events.js";
import { describeAuditFailure, describeTracesNotice, renderClientLines, renderServer } from "../render/service.js";
import { checkServiceSettings, isLoopback } from "../serve/checked-settings.js";
import { serveUntil, type ServerRole } from "../serve/serve-until.js";
import { shownTracesUrl } from "../traces/trace-settings.js";
import type { ServerRecord } from "../serve/server-record.js";

const ROLES = ["api", "worker", "all"] as const;
const PENDING = "this server builds no images: those that are created stay PENDING until one with the role worker runs";

export default class Serve extends BaseCommand {
  static override summary = "Serve the API of EC2 Image Builder, with a database of its own, until Ctrl-C.";
  static override description =
    "The first start makes the root access key of the account. One server at a time serves a data folder; several share a database by --database-url. --json prints one object as soon as the server answers.";
  static override examples = [
    "<%= config.bin %> serve",
    "<%= config.bin %> serve --listen 127.0.0.1:0 --env-file service.env",
    "<%= config.bin %> serve --listen 0.0.0.0:8484 --tls-cert server.pem --tls-key server.key",
    "<%= config.bin %> serve --database-url postgresql://ib@db.example.org/images --public-url https://images.example.org",
  ];
  static override flags = {
    role: Flags.option({
      options: ROLES,
      summary: "answer requests, build images, or both; several servers share a database",
      default: "all",
    })(),
    ...serviceFlags,
    "allow-plain-http": Flags.boolean({ summary: "without TLS, listen at an address that other computers can reach, too" }),
    "env-file": Flags.string({
      summary: "write the endpoint and the root key to this file once the server answers, as variables for scripts",
      helpValue: "FILE",
    }),
    "request-log": Flags.option({
      options: ["file", "stderr"] as const,
      summary: "where a line of JSON for each request is written: a file in the data folder, or standard error",
      default: "file",
    })(),
    ...networkFlags,
    ...dataFlags,
  };

  async run(): Promise<void> {
    const { flags } = await this.parse(Serve);
    if (flags["env-file"] === "") throw wrongUsage("--env-file must not be empty");
    const configuration = await readConfigurationToWrite(flags, (found) => this.report(found));
    const settings = checkServiceSettings(configuration.service);
    if (flags.role !== "worker" && !isLoopback(settings.host) && settings.certificate === undefined && !flags["allow-plain-http"])
      throw ibError("plain-http-refused", { host: settings.host });
    const { openCatalogue } = await import("../serve/open-catalogue.js");
    const catalogue = await openCatalogue(settings.catalogueFolder, (found) => this.report(found));
    // a server that answers says it with the rest
    if (flags.role === "worker" && settings.traces !== undefined)
      this.say(safe`traces are sent to ${shownTracesUrl(settings.traces.url)}\n`);
    const signal = this.cancelSignal();
    await serveUntil(signal, {
      ...{ configuration, settings, catalogue, version: this.config.version },
      logsToFile: flags["request-log"] === "file",
      envFile: flags["env-file"],
      onAnswering: (server, newSecret) => this.#show(server, newSecret, flags.role),
      role: flags.role,
      onImageProblem: (problem) => this.say(safe`warning: no image is built: ${problem}\n`),
      onBuilding: (host) => this.say(safe`images are built with ${host}\n`),
      onSinkNotice: (notice) => this.say(safe`${describeSinkNotice(notice)}\n`),
      onTracesNotice: (problem) => this.say(safe`${describeTracesNotice(shownTracesUrl(settings.traces?.url ?? ""), problem)}\n`),
      onDatabaseRestart: () => this.say(safe`warning: the database had ended, and runs again\n`),
      onScheduleFailure: (cause) => this.say(safe`warning: schedules cannot be run, and are tried again: ${cause}\n`),
      onPipelineLogFailure: (cause) =>
        this.say(safe`warning: logs of pipelines are not in CloudWatch Logs yet, and are sent again: ${cause}\n`),
      onUnknownRelease: (problem) => this.say(safe`warning: ${describeUnknownRelease(problem)}\n`),
      onAuditFailure: (failure) => this.say(safe`warning: ${describeAuditFailure(failure)}\n`),
      certificateWatcher: {
        onRenewed: ({ validUntil }) =>
          this.say(safe`notice: the new certificate is in use; it is valid until ${validUntil.toISOString()}\n`),
        onRefused: (problem) => this.say(safe`warning: the certificate in use stays: ${problem}\n`),
      },
    });
    this.say(safe`stopped\n`);
    this.endAsAsked();
  }

  #show(server: ServerRecord, newSecret: string | undefined, role: ServerRole): void {
    if (this.jsonEnabled()) this.logJson({ ...server, ...(newSecret !== undefined && { secretAccessKey: newSecret }) });
    else this.print(safe`${renderServer(server, newSecret)}\n\n${renderClientLines(server)}`);
    if (role === "api") this.say(safe`notice: ${PENDING}\n`);
    this.say(safe`Ctrl-C stops the server\n`);
  }

  protected override whatEnds(): string {
    return "answering the requests that have arrived, and stopping";
  }

  protected override whatIsLeft(): string {
    return "the database runs on; the next ib serve takes it over";
  }
}
