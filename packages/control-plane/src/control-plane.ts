import { ApiError, isOperationName, type Api, type ApiCaller, type OperationName } from "@imagewright/imagebuilder-model";
import { standardRegistry } from "@imagewright/action-modules";
import { Kysely, PostgresDialect } from "kysely";
import { Pool } from "pg";
import { authorize } from "./access/authorize.js";
import { explainKey, type AccessExplanation, type KeyQuestion } from "./access/explain-key.js";
import { createAuditLog, type AuditLog } from "./audit/audit-log.js";
import { callOperation } from "./calls/call-operation.js";
import { removeExpiredTokens } from "./calls/client-token.js";
import { migrateDatabase } from "./database/migrate.js";
import { sharedSecret } from "./database/shared-secret.js";
import { preparedStatements } from "./database/prepared-statements.js";
import type { Tables } from "./database/tables.js";
import { DataKeys } from "./encryption/data-keys.js";
import { createEncryption, type DatabaseEncryption } from "./encryption/encryption.js";
import type { KeyWrapper } from "./encryption/key-wrapper.js";
import { openingPlugin } from "./encryption/opening-plugin.js";
import type { ResourceKeyOptions } from "./encryption/resource-key-service.js";
import { createPlaneEvents, type PlaneEvents } from "./events/plane-events.js";
import { removeOldEvents } from "./events/remove-events.js";
import { createExecutionRecorder, type ExecutionRecorder } from "./executions/execution-recorder.js";
import { findImages, type ImageQuery, type ListedImage } from "./executions/find-images.js";
import { createImageRecorder, type ImageRecorder } from "./executions/image-recorder.js";
import { databaseErrorOf } from "./errors/database-errors.js";
import { checkInput } from "./input/check-input.js";
import { createRootAccessKey, findAccessKey, findRootAccessKey, type StoredAccessKey } from "./keys/access-keys.js";
import { createImageLogs, removeLogsBefore, type ImageLogs } from "./logs/image-logs.js";
import { createLifecycleRecorder, type LifecycleRecorder } from "./lifecycles/lifecycle-recorder.js";
import { createUserKeys, type UserKeys } from "./keys/user-keys.js";
import { removeOldEvaluations } from "./pipelines/evaluations.js";
import { createPipelineScheduler, type PipelineScheduler } from "./pipelines/pipeline-scheduler.js";
import { createManagedResources, type ManagedResources } from "./managed/managed-resources.js";
import { handlerOf } from "./operations/index.js";
import { ownKeyErrorOf } from "./resources/own-key.js";
import { StoreQueue } from "./resources/store-queue.js";
import { storeRows } from "./resources/store-rows.js";
import { createRunRecorder, type RunRecorder } from "./runs/run-recorder.js";
import type { Quotas, Services } from "./services.js";
import { readStatistics, type PlaneStatistics } from "./statistics/statistics.js";

export interface ControlPlaneOptions {
  /** The database: an address, or connections, which stay open after `close`. */
  readonly database: string | Pool;
  readonly clock: () => Date;
  readonly random: (bytes: number) => Uint8Array;
  /** The Regions that are served, at least one. */
  readonly regions: readonly string[];
  readonly partition?: string;
  readonly quotas?: Quotas;
  /** How many days the logs of images are kept in the database; 30 by default. */
  readonly logDays?: number;
  /** Wraps the data keys under which documents and secrets are stored. Without it they are stored as they are. */
  readonly encryptionKey?: KeyWrapper;
  /** How the keys of KMS that resources name are reached and used. Without it they are stored only, and nothing under them is opened. */
  readonly resourceKeys?: ResourceKeyOptions;
  /** Reads an object at an `s3://` address; see `Services`. */
  readonly readObject: Services["readObject"];
}

/** The operations of the API on one database. Several servers may have a control plane on the same database. */
export interface ControlPlane {
  /** Does an operation and returns its answer, without `requestId`. Throws `ApiError` only. */
  call<Name extends OperationName>(
    operation: Name,
    input: Api.Operations[Name]["input"],
    caller: ApiCaller,
  ): Promise<Api.Operations[Name]["output"]>;
  call(operation: OperationName, input: unknown, caller: ApiCaller): Promise<Readonly<Record<string, unknown>>>;
  findAccessKey(id: string): Promise<StoredAccessKey | undefined>;
  /** Makes the key of an account's root; undefined if there is one. */
  createRootAccessKey(account: string): Promise<StoredAccessKey | undefined>;
  /** The key of an account's root, for who may read the database: a server that was killed before it had shown the key finds it again. */
  findRootAccessKey(account: string): Promise<StoredAccessKey | undefined>;
  /** The keys of users, and what their policies allow. */
  readonly keys: UserKeys;
  /** Which statements decide what the identity of a key may do. Errors: no-such-key, no-such-operation, resource-invalid. */
  explainAccess(question: KeyQuestion): Promise<AccessExplanation>;
  /** The requests that the servers of this database have answered. */
  readonly audit: AuditLog;
  /** What whoever runs lifecycle policies records of them. */
  readonly lifecycles: LifecycleRecorder;
  /** Runs the schedules of pipelines. */
  readonly pipelines: PipelineScheduler;
  /** What whoever runs images records of them. */
  readonly images: ImageRecorder;
  /** What whoever runs workflows records of them. */
  readonly executions: ExecutionRecorder;
  /** How servers share the images that are to be run. */
  readonly runs: RunRecorder;
  /** What has happened, for who delivers and shows it. */
  readonly events: PlaneEvents;
  /** What was said while images were built. */
  readonly logs: ImageLogs;
  /** The builds of images for whoever looks at them, the newest first. */
  findImages(query: ImageQuery): Promise<readonly ListedImage[]>;
  /** How documents and secrets are sealed in the database. */
  readonly encryption: DatabaseEncryption;
  /** What comes with the service. */
  readonly managed: ManagedResources;
  /** What can be measured of it now. */
  statistics(): Promise<PlaneStatistics>;
  /** Removes what is kept for a time only, such as answers for client tokens. To be called now and then. */
  removeExpired(): Promise<void>;
  close(): Promise<void>;
}

/** How many days the logs of images are kept where nothing else is said. */
export const LOG_DAYS = 30;
const DAY = 24 * 60 * 60 * 1000;

/**
 * Brings the database to the schema of this program, and serves the API on it. Throws `newer-schema` for one of a newer program,
 * `encryption-key-missing` and `encryption-key-wrong` for one that is encrypted under another key.
 */
export async function createControlPlane(options: ControlPlaneOptions): Promise<ControlPlane> {
  const { clock, random, partition = "aws", logDays = LOG_DAYS } = options;
  const own = typeof options.database === "string" ? openPool(options.database) : undefined;
  const pool = own ?? (options.database as Pool);
  const stored = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: preparedStatements(pool) }) });
  let events: PlaneEvents | undefined;
  const close = async () => {
    await events?.close();
    await own?.end();
  };
  try {
    await migrateDatabase(pool);
    const dataKeys = await DataKeys.open({
      ...{ database: stored, wrapper: options.encryptionKey, random, clock, resourceKeys: options.resourceKeys },
    });
    const database = stored.withPlugin(openingPlugin(dataKeys));
    const seal: Services["seal"] = (text, ownKey) => dataKeys.seal(text, ownKey);
    const ownKey: Services["ownKey"] = async (named, context) =>
      options.resourceKeys?.setting === "use" ? dataKeys.resources.sealing(named, context) : undefined;
    const pageSecret = await sharedSecret(database, "page-tokens", random);
    const stores = new StoreQueue((requests, how) => storeRows(database, requests, how));
    const services = { quotas: {}, ...options, partition, pageSecret, seal, ownKey, registry: standardRegistry };
    events = createPlaneEvents(database, pool, services);
    return {
      call: (operation: OperationName, input: unknown, caller: ApiCaller) =>
        answer({ operation, input, caller, database, stores, services }) as never,
      findAccessKey: (id) => findAccessKey(database, id),
      findRootAccessKey: (account) => findRootAccessKey(database, account, { partition }),
      createRootAccessKey: (account) => createRootAccessKey(database, account, { clock, random, partition, seal }),
      keys: createUserKeys(database, { clock, random, partition, seal }),
      explainAccess: (question) => explainKey({ database, services }, question),
      audit: createAuditLog(database),
      lifecycles: createLifecycleRecorder(database, services),
      pipelines: createPipelineScheduler(database, services),
      images: createImageRecorder(database, services),
      executions: createExecutionRecorder(database, services),
      runs: createRunRecorder(database, pool, services),
      events,
      encryption: createEncryption(stored, dataKeys, services),
      managed: createManagedResources(database, services),
      statistics: () => readStatistics(database, pool),
      logs: createImageLogs(database),
      findImages: (query) => findImages(database, query),
      removeExpired: async () => {
        await removeExpiredTokens({ database, now: clock() });
        await removeOldEvaluations(database, clock());
        await removeOldEvents(database, clock());
        await removeLogsBefore(database, new Date(clock().getTime() - logDays * DAY));
      },
      close,
    };
  } catch (thrown) {
    await close();
    throw thrown;
  }
}

interface Call {
  readonly operation: OperationName;
  readonly input: unknown;
  readonly caller: ApiCaller;
  readonly database: Kysely<Tables>;
  readonly stores: StoreQueue;
  readonly services: Services;
}

async function answer({ operation, input, caller, database, stores, services }: Call): Promise<Readonly<Record<string, unknown>>> {
  try {
    if (!isOperationName(operation)) throw new ApiError("InvalidRequestException", `The API has no operation '${String(operation)}'.`);
    if (!services.regions.includes(caller.region))
      throw new ApiError(
        "ForbiddenException",
        `The Region '${caller.region}' is not served here; allowed: ${services.regions.join(", ")}.`,
      );
    const context = { operation, caller, database, stores, services, now: services.clock() };
    const access = await authorize(context, input);
    return await callOperation(handlerOf(operation), checkInput(operation, input), { ...context, access });
  } catch (thrown) {
    if (thrown instanceof ApiError) throw thrown;
    throw (
      ownKeyErrorOf(operation, thrown) ??
      databaseErrorOf(thrown) ??
      new ApiError("ServiceException", "The service failed. The reason is in its log.", { cause: thrown })
    );
  }
}

// what waits longer, or belongs to a server that hangs, is given up, and its client may ask again
const PATIENCE = { connectionTimeoutMillis: 10_000, statement_timeout: 60_000, idle_in_transaction_session_timeout: 60_000 };

function openPool(connectionString: string): Pool {
  const pool = new Pool({ connectionString, max: 10, ...PATIENCE });
  pool.on("error", () => {}); // a connection that nobody uses was lost; the next call opens another one
  // of one that is in use, the next statement fails; without a listener the process would end
  pool.on("connect", (client) => client.on("error", () => {}));
  return pool;
}
