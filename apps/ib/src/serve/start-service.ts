import { createApiServer, type RequestRecord, type ServerCertificate } from "@imagewright/api-server";
import type { Catalogue } from "@imagewright/catalogue";
import { AuditQueue, type ControlPlane, type StoredAccessKey } from "@imagewright/control-plane";
import { describeCause } from "@imagewright/diagnostics";
import type { Traces } from "@imagewright/traces";
import { ibError } from "../errors.js";
import type { CheckedSettings } from "./checked-settings.js";
import { Ends } from "./ends.js";
import { eventStreams } from "./event-streams.js";
import { followReleases, type UnknownRelease } from "./follow-releases.js";
import { openMetrics } from "./metrics-server.js";
import type { ServiceMetrics } from "./metrics.js";
import { openPlane, type PlaneParts } from "./open-plane.js";
import { randomBlocks } from "./random-blocks.js";
import { rememberKeys } from "./remembered-keys.js";
import type { RequestLog } from "./request-log.js";
import type { Work } from "./do-work.js";
import type { ServiceDatabase } from "./service-database.js";

export interface ServiceParts extends PlaneParts {
  readonly settings: CheckedSettings;
  readonly database: ServiceDatabase;
  readonly log: RequestLog;
  /** For TLS. */
  readonly certificate: ServerCertificate | undefined;
  /** Is told that the database had ended and runs again. */
  readonly onRestart: () => void;
  readonly onAuditFailure: (failure: AuditFailure) => void;
  readonly catalogue: Catalogue;
  readonly onUnknownRelease: (problem: UnknownRelease) => void;
  readonly traces: Traces;
  /** Whether requests are answered. */
  readonly answers: boolean;
  /** The work that requests ask for; undefined for a server that does none. */
  readonly work: Work | undefined;
}

/** What has been answered and is not in the audit log. */
export interface AuditFailure {
  readonly requests: number;
  readonly cause: string;
  /** Whether the server ends, so that it is not tried again. */
  readonly isFinal: boolean;
}

/** A server that answers, or builds images, or both. */
export interface RunningService {
  /** Where it listens, as a URL; undefined if it does not answer. */
  readonly address: string | undefined;
  readonly rootKey: StoredAccessKey;
  /** Whether the key was made by this start. */
  readonly isKeyNew: boolean;
  /** Where its metrics are, if they are served. */
  readonly metricsUrl: string | undefined;
  /** Has new connections use another certificate. */
  renewCertificate(certificate: ServerCertificate): void;
  /** Answers the requests that have arrived, and ends. The database stays open. */
  close(): Promise<void>;
}

const WATCH_MILLISECONDS = 1_000;
const CLEANING_MILLISECONDS = 3_600_000;

/**
 * Brings the database to this program's schema and serves the API on it. Errors: those of the control plane and of the API server,
 * database-not-usable.
 */
export async function startService(parts: ServiceParts): Promise<RunningService> {
  const ends = new Ends();
  try {
    return await start(parts, ends);
  } catch (thrown) {
    await ends.run().catch(() => undefined);
    throw thrown;
  }
}

async function start(parts: ServiceParts, ends: Ends): Promise<RunningService> {
  const { settings, database, log } = parts;
  let planeUrl = database.url;
  let plane = await openPlane(parts);
  ends.add(() => plane.close());
  await plane.managed.keep(parts.catalogue);
  const made = await plane.createRootAccessKey(settings.account);
  const rootKey = made ?? (await plane.findRootAccessKey(settings.account));
  if (rootKey === undefined) throw ibError("root-key-missing", { account: settings.account });
  const failAudit = (thrown: unknown, isFinal: boolean) =>
    parts.onAuditFailure({ requests: audit.waiting, cause: describeCause(thrown), isFinal });
  const audit = new AuditQueue(
    (records) => plane.audit.write(records),
    (thrown) => failAudit(thrown, false),
  );
  const metrics = await openMetrics(settings.metrics, { statistics: () => plane.statistics(), auditWaiting: () => audit.waiting });
  ends.add(() => metrics?.server.close());
  ends.add(
    repeat(WATCH_MILLISECONDS, async () => {
      if (!database.isEmbedded || (await whyNotReached(plane, rootKey)) === undefined) return;
      const before = plane;
      await database.restart();
      const { url } = database;
      // the URL of the plane, not that of the last round, which may have changed without a new plane
      if (url !== planeUrl) {
        plane = await openPlane(parts);
        planeUrl = url;
        await before.close();
      }
      parts.onRestart();
    }),
  );
  ends.add(() => audit.close().catch((thrown: unknown) => failAudit(thrown, true)));
  const server = !parts.answers
    ? undefined
    : createApiServer({
        handle: async (operation, input, caller) => {
          audit.requireRoom();
          return plane.call(operation, input, caller);
        },
        findAccessKey: rememberKeys(
          (id) => plane.findAccessKey(id),
          () => performance.now(),
        ),
        ...{ regions: settings.regions, ...(settings.publicUrl !== undefined && { publicUrl: settings.publicUrl }) },
        ...{ certificate: parts.certificate, limits: callLimits(settings.quotas) },
        ...{ clock: () => new Date(), random: randomBlocks(), log: recording(log, audit, metrics?.metrics) },
        ...{ events: eventStreams(() => plane.events), traces: parts.settings.traces && parts.traces },
        ready: async () => {
          const reason = await whyNotReached(plane, rootKey);
          return reason === undefined ? { ready: true } : { ready: false, reason };
        },
      });
  await server?.listen(settings);
  ends.add(() => server?.close());
  if (parts.work !== undefined) {
    const { doWork } = await import("./do-work.js");
    await doWork(ends, parts.work, { plane: () => plane, settings, aws: parts.aws, traces: parts.traces });
  }
  const cleaning = setInterval(() => void plane.removeExpired().catch(() => undefined), CLEANING_MILLISECONDS);
  ends.add(() => clearInterval(cleaning));
  const { baseImages: images } = parts.catalogue;
  ends.add(followReleases({ images, mirror: settings.debianMirror, managed: () => plane.managed, onUnknown: parts.onUnknownRelease }));
  return {
    ...{ address: server?.url, metricsUrl: metrics?.server.url, rootKey, isKeyNew: made !== undefined },
    renewCertificate: (renewed) => server?.renewCertificate(renewed),
    close: () => ends.run(),
  };
}

/** Those that are not given are the server's own. */
function callLimits({ callsPerSecond, callsAtOnce }: CheckedSettings["quotas"]) {
  return { ...(callsPerSecond !== undefined && { callsPerSecond }), ...(callsAtOnce !== undefined && { callsAtOnce }) };
}

/** Each request goes to the log, for who looks for a fault, and to the audit log, but for questions about health. */
function recording(log: RequestLog, audit: AuditQueue, metrics: ServiceMetrics | undefined): (record: RequestRecord) => void {
  return (record) => {
    log.write(record);
    metrics?.add(record);
    const { time, resources = [], operation, accessKeyId } = record;
    if (operation !== undefined || accessKeyId !== undefined) audit.add({ ...record, at: new Date(time), resources });
  };
}

async function whyNotReached(plane: ControlPlane, { id }: StoredAccessKey): Promise<string | undefined> {
  return plane.findAccessKey(id).then(() => undefined, describeCause);
}

/** Runs the body again and again, never twice at once; what it throws is tried again. The function that is returned waits for its end. */
function repeat(milliseconds: number, body: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  const timer = setInterval(() => {
    running ??= body()
      .catch(() => undefined)
      .finally(() => (running = undefined));
  }, milliseconds);
  return async () => {
    clearInterval(timer);
    await running;
  };
}
