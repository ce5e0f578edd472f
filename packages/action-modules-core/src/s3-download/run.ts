import type { S3Client } from "@aws-sdk/client-s3";
import type { ActionContext, ActionResult } from "@imagewright/action-contract";
import { ensureFolder } from "../files/ensure-folder.js";
import { quotePath } from "../files/show-path.js";
import { locationOf, showLocation } from "../object-store/location.js";
import type { ObjectOperation } from "../object-store/object-failure.js";
import { withClient, withReason } from "../object-store/with-client.js";
import { runWeighted } from "../transfer/run-weighted.js";
import { checkTargetFile } from "../transfer/target-file.js";
import { downloadObject, LARGE_OBJECT, RANGES_AT_ONCE } from "./download-object.js";
import { planDownloads, type PlannedObject, type S3DownloadInput } from "./plan.js";

const CONNECTIONS = 10;

/** Downloads all objects, after checking that none of the files is an error. Each is one line in the console log. */
export async function s3Download(input: S3DownloadInput, context: ActionContext): Promise<ActionResult> {
  const operation = { operation: "download", location: locationOf(input.source), bucketOwner: input.expectedBucketOwner };
  return withClient(operation, context, async (client) => {
    const { folders, objects } = await withReason(operation, context.signal, () => planDownloads(client, input, context));
    for (const { path } of objects) await checkTargetFile(path, input.overwrite ?? true, context);
    for (const folder of folders) await ensureFolder(context.host.files, folder);
    await downloadAll(client, objects, operation, input, context);
    return { status: "succeeded", changed: true };
  });
}

async function downloadAll(
  client: S3Client,
  objects: readonly PlannedObject[],
  operation: ObjectOperation,
  input: S3DownloadInput,
  context: ActionContext,
): Promise<void> {
  const { bucketOwner, location } = operation;
  await runWeighted({
    items: objects,
    capacity: CONNECTIONS,
    weight: ({ size = 0 }) => (size < LARGE_OBJECT ? 1 : RANGES_AT_ONCE),
    signal: context.signal,
    run: async ({ key, path }, signal) => {
      const address = { bucket: location.bucket, key };
      const download = { ...address, bucketOwner, path, overwrite: input.overwrite ?? true };
      await withReason({ ...operation, location: address }, signal, () => downloadObject(client, download, { ...context, signal }));
      context.log(`downloaded ${quotePath(showLocation(address))} to ${quotePath(path)}`);
    },
  });
}
