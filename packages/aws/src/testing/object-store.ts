// Objects, listings, parts and signatures are those of S3rver, an S3 server over a folder. It knows neither owners nor policies of
// buckets, so the two answers of S3 that depend on them are given here, in front of it.
import { setTimeout } from "node:timers/promises";
import { withTemporaryFolder } from "@imagewright/test-kit";
import { answerError, BUCKET_OWNER, isDenied, startS3 } from "@imagewright/test-kit/s3";
import { withAwsEnvironment } from "./environment.js";

export const BUCKET = "documents";
export { BUCKET_OWNER };

export interface ObjectStore {
  readonly url: string;
  /** `METHOD path?query` of every request, in order. */
  readonly requests: readonly string[];
  /** The most requests that were in progress at once. */
  readonly mostAtOnce: number;
  /** Denies the next upload of a part. */
  failNextPart(): void;
  close(): Promise<void>;
}

/** Starts an S3 server on a free port of the loopback interface, with one bucket whose keys below `denied/` nobody may use. */
export async function startObjectStore(directory: string): Promise<ObjectStore> {
  const requests: string[] = [];
  const traffic = { now: 0, most: 0 };
  let failPart = false;
  let second: () => void = () => undefined;
  const hasSecond = new Promise<void>((resolve) => (second = resolve));
  const s3 = await startS3(directory, [BUCKET], async (context, next) => {
    requests.push(`${context.method} ${context.path}?${Object.keys(context.query).sort().join("&")}`);
    traffic.most = Math.max(traffic.most, ++traffic.now);
    try {
      const denyPart = failPart && "partNumber" in context.query;
      failPart &&= !denyPart;
      if (denyPart) second();
      if (denyPart || isDenied(context)) answerError(context, 403, "AccessDenied");
      else {
        // the first part waits for a second one, unless the sender has none; then there is time for more than should come at once
        if ("partNumber" in context.query) {
          if (traffic.now >= 2) second();
          await Promise.race([hasSecond, setTimeout(10_000, undefined, { ref: false })]);
          await setTimeout(50);
        }
        await next();
      }
    } finally {
      traffic.now--;
    }
  });
  return {
    url: s3.url,
    requests,
    get mostAtOnce() {
      return traffic.most;
    },
    failNextPart: () => {
      failPart = true;
    },
    close: () => s3.close(),
  };
}

/** Runs the body with a store of its own; `put` and `get` go past the SDK. */
export async function withObjectStore(body: (store: ObjectStore & Shelf) => Promise<void>): Promise<void> {
  await withTemporaryFolder(async (folder) => {
    const store = await startObjectStore(folder);
    const at = (key: string) => `${store.url}/${BUCKET}/${key}`;
    const shelf: Shelf = {
      put: async (key, content) => void (await fetch(at(key), { method: "PUT", body: content })),
      get: async (key) => Buffer.from(await (await fetch(at(key))).arrayBuffer()),
    };
    try {
      await withAwsEnvironment({ AWS_ENDPOINT_URL_S3: store.url }, () => body(Object.assign(store, shelf)));
    } finally {
      await store.close();
    }
  });
}

export interface Shelf {
  put(key: string, content: string | Uint8Array<ArrayBuffer>): Promise<void>;
  get(key: string): Promise<Buffer>;
}
