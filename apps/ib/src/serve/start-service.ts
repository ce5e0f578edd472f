import { createApiServer } from "@imagewright/api-server";
import { createDocumentLoader, type AwsSettings } from "@imagewright/aws";
import { createControlPlane, type ControlPlane, type StoredAccessKey } from "@imagewright/control-plane";
import { describeCause, isImagewrightError } from "@imagewright/diagnostics";
import { ibError } from "../errors.js";
import type { CheckedSettings } from "./checked-settings.js";
import { randomBlocks } from "./random-blocks.js";
import { rememberKeys } from "./remembered-keys.js";
import type { RequestLog } from "./request-log.js";
import type { ServiceDatabase } from "./service-database.js";

export interface ServiceParts {
  readonly settings: CheckedSettings;
  readonly database: ServiceDatabase;
  /** How S3 is reached, for documents of requests that are at `s3://` addresses. */
  readonly aws: AwsSettings;
  readonly log: RequestLog;
  /** Is told that the database had ended and runs again. */
  readonly onRestart: () => void;
}

/** A server that answers. */
export interface RunningService {
  /** Where it listens, as a URL. */
  readonly address: string;
  readonly rootKey: StoredAccessKey;
  /** Whether the key was made by this start. */
  readonly isKeyNew: boolean;
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
  const { settings, database, log } = parts;
  let plane = await openPlane(parts);
  try {
    const made = await plane.createRootAccessKey(settings.account);
    const rootKey = made ?? (await plane.findRootAccessKey(settings.account));
    if (rootKey === undefined) throw ibError("root-key-missing", { account: settings.account });
    const server = createApiServer({
      handle: (operation, input, caller) => plane.call(operation, input, caller),
      findAccessKey: rememberKeys(
        (id) => plane.findAccessKey(id),
        () => performance.now(),
      ),
      ...{ regions: settings.regions, ...(settings.publicUrl !== undefined && { publicUrl: settings.publicUrl }) },
      ...{ clock, random, log: log.write },
      ready: async () => {
        const reason = await whyNotReached(plane, rootKey);
        return reason === undefined ? { ready: true } : { ready: false, reason };
      },
    });
    await server.listen(settings);
    const cleaning = setInterval(() => void plane.removeExpired().catch(() => undefined), CLEANING_MILLISECONDS);
    const stopWatching = repeat(WATCH_MILLISECONDS, async () => {
      if (!database.isEmbedded || (await whyNotReached(plane, rootKey)) === undefined) return;
      const before = { plane, url: database.url };
      await database.restart();
      if (database.url !== before.url) {
        plane = await openPlane(parts);
        await before.plane.close();
      }
      parts.onRestart();
    });
    const close = async () => {
      clearInterval(cleaning);
      await server.close();
      await stopWatching();
      await plane.close();
    };
    return { address: server.url, rootKey, isKeyNew: made !== undefined, close };
  } catch (thrown) {
    await plane.close();
    throw thrown;
  }
}

const clock = (): Date => new Date();
const random = randomBlocks();

async function openPlane({ settings: { regions }, database, aws }: ServiceParts): Promise<ControlPlane> {
  const readObject = objectReader(aws);
  try {
    return await createControlPlane({ database: database.url, clock, random, regions, readObject });
  } catch (thrown) {
    if (isImagewrightError(thrown)) throw thrown;
    throw ibError("database-not-usable", { database: database.place, cause: describeCause(thrown) }, { cause: thrown });
  }
}

/** The SDK is loaded for the first object. */
function objectReader(aws: AwsSettings): (uri: string, mostBytes: number) => Promise<Uint8Array> {
  const load = createDocumentLoader({ aws, fetchLocal: (path) => Promise.reject(new Error(`${path} is no address of S3`)) });
  return async (uri, mostBytes) => {
    const bytes = Buffer.from((await load(uri)).text);
    if (bytes.length <= mostBytes) return bytes;
    throw new Error(`it has ${bytes.length} bytes; at most ${mostBytes} are allowed`);
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
