import { createDocumentLoader, type AwsSettings } from "@imagewright/aws";
import { createControlPlane, type ControlPlane } from "@imagewright/control-plane";
import { describeCause, isImagewrightError } from "@imagewright/diagnostics";
import { ibError } from "../errors.js";
import type { CheckedSettings } from "./checked-settings.js";
import { randomBlocks } from "./random-blocks.js";
import type { ServiceDatabase } from "./service-database.js";

export interface PlaneParts {
  readonly settings: Pick<CheckedSettings, "regions" | "quotas">;
  readonly database: Pick<ServiceDatabase, "url" | "place">;
  /** How S3 is reached, for documents of requests that are at `s3://` addresses. */
  readonly aws: AwsSettings;
}

const clock = (): Date => new Date();
const random = randomBlocks();

/** Brings the database to this program's schema. Errors: those of the control plane, database-not-usable. */
export async function openPlane({ settings: { regions, quotas }, database, aws }: PlaneParts): Promise<ControlPlane> {
  const readObject = objectReader(aws);
  try {
    return await createControlPlane({ database: database.url, clock, random, regions, quotas, readObject });
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
