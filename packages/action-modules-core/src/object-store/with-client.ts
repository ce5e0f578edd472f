import type { S3Client } from "@aws-sdk/client-s3";
import type { ActionContext } from "@imagewright/action-contract";
import { objectFailure, type ObjectOperation } from "./object-failure.js";
import { openClient } from "./open-client.js";

/** Runs the body with a client for the bucket of the operation's location, and closes the client. */
export async function withClient<Result>(
  operation: ObjectOperation,
  context: ActionContext,
  body: (client: S3Client) => Promise<Result>,
): Promise<Result> {
  const client = await withReason(operation, context.signal, () => openClient(operation.location.bucket, context.environment));
  try {
    return await body(client);
  } finally {
    client.destroy();
  }
}

/** Runs calls to S3 and converts their errors. An abort of the step's signal is rethrown unchanged. */
export async function withReason<Result>(operation: ObjectOperation, signal: AbortSignal, body: () => Promise<Result>): Promise<Result> {
  try {
    return await body();
  } catch (thrown) {
    signal.throwIfAborted();
    throw objectFailure(thrown, operation);
  }
}
