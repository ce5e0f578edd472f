import type { ActionContext, ActionResult } from "@imagewright/action-contract";
import { quotePath } from "../files/show-path.js";
import { locationOf, showLocation } from "../object-store/location.js";
import { withClient, withReason } from "../object-store/with-client.js";
import { runWeighted } from "../transfer/run-weighted.js";
import { planUploads, type S3UploadInput } from "./plan.js";
import { LARGE_FILE, PARTS_AT_ONCE, uploadFile } from "./upload-file.js";

const CONNECTIONS = 10;

/** Uploads all files. Each is one line in the console log. Does not change the machine. */
export async function s3Upload(input: S3UploadInput, context: ActionContext): Promise<ActionResult> {
  const location = locationOf(input.destination);
  const operation = { operation: "upload to", location, bucketOwner: input.expectedBucketOwner };
  const uploads = await planUploads(input, context);
  await withClient(operation, context, (client) =>
    runWeighted({
      items: uploads,
      capacity: CONNECTIONS,
      weight: ({ size }) => (size < LARGE_FILE ? 1 : PARTS_AT_ONCE),
      signal: context.signal,
      run: async ({ path, key, size }, signal) => {
        const address = { bucket: location.bucket, key };
        const upload = { ...address, path, size, bucketOwner: input.expectedBucketOwner };
        await withReason({ ...operation, location: address }, signal, () => uploadFile(client, context.host.files, upload, signal));
        context.log(`uploaded ${quotePath(path)} to ${quotePath(showLocation(address))}`);
      },
    }),
  );
  return { status: "succeeded", changed: false };
}
