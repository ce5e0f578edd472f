import { withObjectStore as withStore, type ObjectStore } from "@imagewright/test-kit/object-store";
import { allowSdkErrors } from "@imagewright/test-kit/s3";

allowSdkErrors();

export const BUCKET = "artifacts";

/** Runs the body with an object store on a free port of the loopback interface. */
export function withObjectStore<Result>(body: (store: ObjectStore) => Promise<Result>): Promise<Result> {
  return withStore(BUCKET, body);
}
