import { once } from "node:events";
import { awsSettings, type Configuration } from "@imagewright/configuration";
import { identifyProcess, untilAborted } from "@imagewright/node-host";
import { isLoopback, type CheckedSettings } from "./checked-settings.js";
import { claimFolder } from "./claim-folder.js";
import type { EnvFile } from "./env-file.js";
import { errorOutputLog, openRequestLog } from "./request-log.js";
import { writeRootKey } from "./root-key-file.js";
import { removeServerRecord, writeServerRecord, type ServerRecord } from "./server-record.js";
import { credentialsFile, openServiceFiles, type ServiceFiles } from "./service-files.js";
import type { ServiceDatabase } from "./service-database.js";
import type { RunningService } from "./start-service.js";

export interface ServeRequest {
  readonly configuration: Configuration;
  readonly settings: CheckedSettings;
  readonly logsToFile: boolean;
  readonly envFile: EnvFile | undefined;
  readonly version: string;
  /** Is told once that it answers. The secret of the root key is there if this start has made the key. */
  readonly onAnswering: (server: ServerRecord, newSecret: string | undefined) => void;
  readonly onDatabaseRestart: () => void;
}

/** Serves until the signal is aborted, and then ends in order. Errors: those of each part. */
export async function serveUntil(signal: AbortSignal, request: ServeRequest): Promise<void> {
  const { configuration, settings, envFile } = request;
  const files = await openServiceFiles(configuration.dataFolder.value);
  const ends: (() => unknown)[] = [];
  try {
    const lease = await claimFolder(files);
    ends.push(() => lease.release());
    const log = request.logsToFile ? openRequestLog(files.requestLog) : errorOutputLog;
    ends.push(() => log.close());
    const loading = import("./start-service.js");
    const { openServiceDatabase } = await import("./service-database.js");
    const database = await openServiceDatabase(settings, configuration.dataFolder);
    ends.push(() => database.close());
    signal.throwIfAborted();
    const { startService } = await loading;
    const parts = { settings, database, aws: awsSettings(configuration), log, onRestart: request.onDatabaseRestart };
    const service = await untilAborted(signal, startService(parts));
    ends.push(() => service.close());
    const server = await recordOf(request, files, { service, database });
    writeRootKey(server.credentialsFile, service.rootKey);
    ends.push(() => removeServerRecord(files));
    writeServerRecord(files, server);
    ends.push(() => envFile?.remove());
    envFile?.write(variablesFor(server, service));
    request.onAnswering(server, service.isKeyNew ? service.rootKey.secretAccessKey : undefined);
    const over = AbortSignal.any([signal, lease.signal]);
    if (!over.aborted) await once(over, "abort");
    lease.signal.throwIfAborted();
  } finally {
    for (const end of ends.reverse()) await end();
  }
}

async function recordOf(
  { settings, version, logsToFile }: ServeRequest,
  files: ServiceFiles,
  { service, database }: { readonly service: RunningService; readonly database: ServiceDatabase },
): Promise<ServerRecord> {
  const { startTime } = (await identifyProcess(process.pid)) ?? { startTime: "" };
  const address = isLoopback(settings.host) ? service.address : forThisComputer(service.address, settings.host);
  return {
    ...{ pid: process.pid, startTime, endpoint: settings.publicUrl ?? address, address },
    ...{ account: settings.account, regions: settings.regions },
    accessKeyId: service.rootKey.id,
    credentialsFile: credentialsFile(files, settings.account),
    ...{ database: database.place, isDatabaseEmbedded: database.isEmbedded },
    requestLog: logsToFile ? files.requestLog : null,
    ...{ since: new Date().toISOString(), version },
  };
}

/** A server that listens at all addresses is at none that a client could name. */
function forThisComputer(address: string, host: string): string {
  const { port } = new URL(address);
  if (host === "0.0.0.0") return `http://127.0.0.1:${port}`;
  return host === "::" ? `http://[::1]:${port}` : `http://${host.includes(":") ? `[${host}]` : host}:${port}`;
}

function variablesFor({ endpoint, regions }: ServerRecord, { rootKey }: RunningService): Readonly<Record<string, string>> {
  return {
    AWS_ENDPOINT_URL_IMAGEBUILDER: endpoint,
    AWS_ENDPOINT_URL_STS: endpoint,
    AWS_ACCESS_KEY_ID: rootKey.id,
    AWS_SECRET_ACCESS_KEY: rootKey.secretAccessKey,
    AWS_REGION: regions[0] ?? "",
  };
}
