import { createDocumentLoader, kmsDataKeys, kmsKeyWrapper, type AwsSettings } from "@imagewright/aws";
import { createControlPlane, type ControlPlane, type KeyWrapper } from "@imagewright/control-plane";
import { describeCause, isImagewrightError } from "@imagewright/diagnostics";
import { ibError } from "../errors.js";
import type { CheckedSettings } from "./checked-settings.js";
import { readKeyFile } from "./encryption-key-file.js";
import { randomBlocks } from "./random-blocks.js";
import type { ServiceDatabase } from "./service-database.js";

export interface PlaneParts {
  readonly settings: Pick<CheckedSettings, "regions" | "quotas" | "logs" | "encryptionKey" | "resourceKeys">;
  readonly database: Pick<ServiceDatabase, "url" | "place">;
  /** How S3 is reached, for documents of requests that are at `s3://` addresses, and KMS. */
  readonly aws: AwsSettings;
}

const clock = (): Date => new Date();
const random = randomBlocks();

/** Brings the database to this program's schema. Errors: those of the control plane and of the key, database-not-usable. */
export async function openPlane({
  settings: { regions, quotas, logs, encryptionKey: key, resourceKeys: setting },
  database,
  aws,
}: PlaneParts): Promise<ControlPlane> {
  const readObject = objectReader(aws);
  const encryptionKey = key === undefined ? undefined : openEncryptionKey(key, aws);
  try {
    const parts = { database: database.url, clock, random, regions, quotas, readObject };
    const resourceKeys = { setting, service: kmsDataKeys(aws) };
    return await createControlPlane({
      ...parts,
      resourceKeys,
      ...(logs.days !== undefined && { logDays: logs.days }),
      ...(encryptionKey && { encryptionKey }),
    });
  } catch (thrown) {
    if (isImagewrightError(thrown)) throw thrown;
    throw ibError("database-not-usable", { database: database.place, cause: describeCause(thrown) }, { cause: thrown });
  }
}

/**
 * The key that wraps the data keys: of KMS by its ARN, or of a file. Errors: encryption-key-not-usable, encryption-key-invalid,
 * not-a-kms-key-arn.
 */
export function openEncryptionKey(key: string, aws: AwsSettings): KeyWrapper {
  return key.startsWith("arn:") ? kmsKeyWrapper(key, aws) : readKeyFile(key);
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
