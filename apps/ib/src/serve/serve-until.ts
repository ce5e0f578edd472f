import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import type { Catalogue } from "@imagewright/catalogue";
import { awsSettings, type Configuration } from "@imagewright/configuration";
import type { ExecutionLease } from "@imagewright/durability";
import { identifyProcess, untilAborted, type ProcessIdentity } from "@imagewright/node-host";
import { isLoopback, type CheckedSettings } from "./checked-settings.js";
import { claimFolder } from "./claim-folder.js";
import type { SinkNotice } from "./deliver-to-sinks.js";
import type { Work } from "./do-work.js";
import { EnvFile, removeLeftEnvFiles } from "./env-file.js";
import { Ends } from "./ends.js";
import type { UnknownRelease } from "./follow-releases.js";
import { errorOutputLog, openRequestLog } from "./request-log.js";
import { readCertificate, type ReadCertificate } from "./read-certificate.js";
import { writeRootKey } from "./root-key-file.js";
import { forThisComputer, withNameOf } from "./server-addresses.js";
import { removeServerRecord, writeServerRecord, type ServerRecord } from "./server-record.js";
import { credentialsFile, openServiceFiles, usingFolder, type ServiceFiles } from "./service-files.js";
import type { ServiceDatabase } from "./service-database.js";
import type { AuditFailure, RunningService } from "./start-service.js";
import { openWebhookSecret } from "./webhook-secret-file.js";
import { openTraces } from "../traces/open-traces.js";
import { shownTracesUrl } from "../traces/trace-settings.js";
import { watchCertificate, type CertificateWatcher } from "./watch-certificate.js";

export interface ServeRequest {
  readonly configuration: Configuration;
  readonly settings: CheckedSettings;
  readonly logsToFile: boolean;
  readonly envFile: string | undefined;
  readonly version: string;
  /** Is told once that it answers. The secret of the root key is there if this start has made the key. */
  readonly onAnswering: (server: ServerRecord, newSecret: string | undefined) => void;
  readonly onDatabaseRestart: () => void;
  readonly onAuditFailure: (failure: AuditFailure) => void;
  /** What comes with the service. */
  readonly catalogue: Catalogue;
  /** Is told why a base image is not followed. */
  readonly onUnknownRelease: (problem: UnknownRelease) => void;
  readonly onScheduleFailure: (cause: string) => void;
  /** Is told why what is said of pipelines is not in CloudWatch Logs. */
  readonly onPipelineLogFailure: (cause: string) => void;
  readonly certificateWatcher: CertificateWatcher;
  readonly role: ServerRole;
  /** Is told why no image is built. */
  readonly onImageProblem: (problem: string) => void;
  /** Is told the name of the build host once images are built. */
  readonly onBuilding: (host: string) => void;
  /** Is told that a sink of events takes nothing, or does again. */
  readonly onSinkNotice: (notice: SinkNotice) => void;
  /** Is told why traces are not taken, and undefined when they are again. */
  readonly onTracesNotice: (problem: string | undefined) => void;
}

/** Whether a server answers requests, builds images, or does both. */
export type ServerRole = "api" | "worker" | "all";

/** How long a start of the database that nobody wants any more is waited for. */
const START_MILLISECONDS = 10_000;

/** Serves until the signal is aborted, and then ends in order. Errors: those of each part. */
export async function serveUntil(signal: AbortSignal, request: ServeRequest): Promise<void> {
  const ends = new Ends();
  try {
    const lease = await startServing(signal, request, ends);
    const over = AbortSignal.any([signal, lease.signal]);
    if (!over.aborted) await once(over, "abort");
    lease.signal.throwIfAborted();
  } catch (thrown) {
    await ends.run().catch(() => undefined);
    throw thrown;
  }
  await ends.run();
}

async function startServing(signal: AbortSignal, request: ServeRequest, ends: Ends): Promise<ExecutionLease> {
  const { configuration, settings } = request;
  const { dataFolder } = configuration;
  const certificate = settings.certificate && readCertificate(settings.certificate, new Date());
  // a key that is no use is told before anything is made
  if (settings.encryptionKey !== undefined)
    (await import("./open-plane.js")).openEncryptionKey(settings.encryptionKey, awsSettings(configuration));
  const files = await openServiceFiles(dataFolder.value);
  const lease = await claimFolder(files);
  ends.add(() => lease.release());
  const { webhooks, webhookSecretFile = files.webhookSecret } = settings.events;
  const webhookKey = webhooks.length === 0 ? undefined : openWebhookSecret(webhookSecretFile, randomBytes);
  const self = (await identifyProcess(process.pid)) ?? { pid: process.pid, startTime: "" };
  await removeLeftEnvFiles(files.envRecord);
  const envFile = request.envFile === undefined ? undefined : await EnvFile.prepare(request.envFile, self, files.envRecord);
  const log = request.logsToFile ? usingFolder(dataFolder.value, () => openRequestLog(files.requestLog)) : errorOutputLog;
  ends.add(() => log.close());
  const { traces, close } = await openTraces(settings.traces, { version: request.version, onNotice: request.onTracesNotice });
  ends.add(close);
  const loading = import("./start-service.js");
  const { openServiceDatabase } = await import("./service-database.js");
  const opening = openServiceDatabase(settings, dataFolder);
  const database = await untilAborted(signal, opening).catch(async (thrown: unknown) => {
    // a database whose start has begun would run on, and nobody would stop it
    if (signal.aborted) await Promise.race([opening.then((late) => late.close()), sleep(START_MILLISECONDS)]).catch(() => undefined);
    throw thrown;
  });
  ends.add(() => database.close());
  signal.throwIfAborted();
  const { startService } = await loading;
  const { onDatabaseRestart: onRestart, onAuditFailure, onUnknownRelease, catalogue } = request;
  const told = { onRestart, onAuditFailure, onUnknownRelease };
  const parts = {
    ...{ settings, database, aws: awsSettings(configuration), log, certificate, catalogue, traces, ...told },
    ...{ answers: request.role !== "worker", work: request.role === "api" ? undefined : await workOf(request, webhookKey) },
  };
  const service = await untilAborted(signal, startService(parts));
  ends.add(() => service.close());
  const { address } = service;
  if (address === undefined) return lease;
  const server = recordOf(request, files, { self, service, database, certificate, address });
  usingFolder(dataFolder.value, () => {
    writeRootKey(server.credentialsFile, service.rootKey);
    writeServerRecord(files, server);
  });
  ends.add(() => removeServerRecord(files));
  const onRenewed = (renewed: ReadCertificate) => {
    // its names and who has issued it may be others
    const changed = recordOf(request, files, { self, service, database, certificate: renewed, address });
    usingFolder(dataFolder.value, () => writeServerRecord(files, { ...changed, since: server.since }));
    service.renewCertificate(renewed);
    request.certificateWatcher.onRenewed(renewed);
  };
  if (settings.certificate !== undefined) ends.add(watchCertificate(settings.certificate, { ...request.certificateWatcher, onRenewed }));
  envFile?.write(variablesFor(server, service));
  ends.add(() => envFile?.remove());
  request.onAnswering(server, service.isKeyNew ? service.rootKey.secretAccessKey : undefined);
  return lease;
}

interface Started {
  readonly self: ProcessIdentity;
  readonly service: RunningService;
  readonly database: ServiceDatabase;
  readonly certificate: ReadCertificate | undefined;
  /** Where the service listens. */
  readonly address: string;
}

async function workOf(request: ServeRequest, webhookKey: Uint8Array | undefined): Promise<Work> {
  const { configuration, settings, onImageProblem, onBuilding, onScheduleFailure, onPipelineLogFailure, onSinkNotice } = request;
  const { dataFolder, stateFolder, privateAddresses } = configuration;
  const { contentProbe } = await import("./probe-content.js");
  const place = { dataFolder: dataFolder.value, stateFolder: stateFolder.value };
  return {
    images: {
      ...{ place, quotas: settings.quotas, privateAddresses: privateAddresses.value },
      ...{ onProblem: onImageProblem, onReady: onBuilding, logs: settings.logs, aws: awsSettings(configuration) },
    },
    ...{ probe: contentProbe(configuration, settings.debianMirror), onScheduleFailure, onPipelineLogFailure, webhookKey, onSinkNotice },
  };
}

function recordOf(
  { settings, version, logsToFile }: ServeRequest,
  files: ServiceFiles,
  { self, service, database, certificate, address: listening }: Started,
): ServerRecord {
  const address = isLoopback(settings.host) ? listening : forThisComputer(listening, settings.host);
  return {
    ...{ ...self, endpoint: settings.publicUrl ?? withNameOf(certificate, address), address },
    certificateToTrust: certificate?.isSelfSigned === true ? (settings.certificate?.certificate ?? null) : null,
    ...{ account: settings.account, regions: settings.regions },
    accessKeyId: service.rootKey.id,
    credentialsFile: credentialsFile(files, settings.account),
    ...{ database: database.place, isDatabaseEmbedded: database.isEmbedded },
    encryptionKey: settings.encryptionKey ?? null,
    metrics: service.metricsUrl ?? null,
    traces: settings.traces === undefined ? null : shownTracesUrl(settings.traces.url),
    requestLog: logsToFile ? files.requestLog : null,
    ...{ since: new Date().toISOString(), version },
  };
}

function variablesFor(
  { endpoint, regions, certificateToTrust }: ServerRecord,
  { rootKey }: RunningService,
): Readonly<Record<string, string>> {
  return {
    AWS_ENDPOINT_URL_IMAGEBUILDER: endpoint,
    AWS_ENDPOINT_URL_STS: endpoint,
    AWS_ACCESS_KEY_ID: rootKey.id,
    AWS_SECRET_ACCESS_KEY: rootKey.secretAccessKey,
    AWS_REGION: regions[0] ?? "",
    // boto3 and the aws of version 1 know no other
    AWS_DEFAULT_REGION: regions[0] ?? "",
    ...(certificateToTrust !== null && { AWS_CA_BUNDLE: certificateToTrust, NODE_EXTRA_CA_CERTS: certificateToTrust }),
  };
}
