import { withObjectStore as withStore, type ObjectStore } from "@imagewright/test-kit/object-store";
import { withAwsEnvironment } from "./environment.js";

export const BUCKET = "documents";

/** Runs the body with an object store of its own, to which the environment directs the SDK. */
export function withObjectStore(body: (store: ObjectStore) => Promise<void>): Promise<void> {
  return withStore(BUCKET, (store) => withAwsEnvironment({ AWS_ENDPOINT_URL_S3: store.url }, () => body(store)));
}
