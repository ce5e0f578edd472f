// Objects, listings, parts and signatures are those of S3rver, an S3 server over a folder. It supports neither owners nor policies of
// buckets nor If-Match, so responses of S3 that depend on them are given here, in front of it.
import { Readable } from "node:stream";
import { answerError, isDenied, startS3, type S3Context } from "./s3.js";
import { withTemporaryFolder } from "./temporary-folder.js";

/** An S3 server with one bucket, in which keys below `denied/` are forbidden. */
export class ObjectStore {
  url = "";
  /** `METHOD path names-of-parameters` of every request, in order. */
  readonly requests: string[] = [];
  /** The maximum number of concurrent requests so far. */
  mostAtOnce = 0;
  /** Sees each request before the server, and may respond. Returns whether it did. */
  before: (context: S3Context) => boolean | Promise<boolean> = () => false;
  /** Sees each response of the server. */
  after: (context: S3Context) => void = () => undefined;
  #atOnce = 0;

  constructor(private readonly bucket: string) {}

  /** Returns a function that holds each request until `count` are there at once, then for a moment in which more would be noticed. */
  holdUntil(count: number): () => Promise<void> {
    let open: () => void = () => undefined;
    const full = new Promise<void>((resolve) => (open = resolve));
    return async () => {
      if (this.#atOnce >= count) open();
      await full;
      await new Promise((resolve) => setTimeout(resolve, 20));
    };
  }

  /** The environment that directs the SDK to it. */
  get environment(): Record<string, string> {
    return { AWS_ENDPOINT_URL_S3: this.url, AWS_REGION: "eu-west-3", AWS_ACCESS_KEY_ID: "S3RVER", AWS_SECRET_ACCESS_KEY: "S3RVER" };
  }

  async put(key: string, content: string | Uint8Array<ArrayBuffer>): Promise<void> {
    const { ok } = await fetch(this.#at(key), { method: "PUT", body: content });
    if (!ok) throw new Error(`the store does not take ${key}`);
  }

  /** The content, or undefined if there is no object with the key. */
  async get(key: string): Promise<Buffer | undefined> {
    const answer = await fetch(this.#at(key));
    return answer.ok ? Buffer.from(await answer.arrayBuffer()) : undefined;
  }

  async keys(): Promise<string[]> {
    const listing = await (await fetch(`${this.url}/${this.bucket}?list-type=2`)).text();
    return [...listing.matchAll(/<Key>(.*?)<\/Key>/gs)].map(([, key]) => (key ?? "").replaceAll("&amp;", "&").replaceAll("&lt;", "<"));
  }

  async answer(context: S3Context, next: () => Promise<void>): Promise<void> {
    this.requests.push(`${context.method} ${context.path} ${Object.keys(context.query).sort().join("&")}`.trim());
    this.mostAtOnce = Math.max(this.mostAtOnce, ++this.#atOnce);
    // S3rver verifies a bucket request without the slash that the SDK signs, and would reject every listing
    if ("list-type" in context.query) delete context.req.headers.authorization;
    try {
      if (isDenied(context)) answerError(context, 403, "AccessDenied");
      else if (!(await this.before(context))) {
        await next();
        this.after(context);
      }
    } finally {
      this.#atOnce--;
    }
  }

  #at(key: string): string {
    return `${this.url}/${this.bucket}/${key.split("/").map(encodeURIComponent).join("/")}`;
  }
}

/** Runs the body with an object store on a free port of the loopback interface, which has one bucket. */
export async function withObjectStore<Result>(bucket: string, body: (store: ObjectStore) => Promise<Result>): Promise<Result> {
  return withTemporaryFolder(async (directory) => {
    const store = new ObjectStore(bucket);
    const s3 = await startS3(directory, [bucket], (context, next) => store.answer(context, next));
    store.url = s3.url;
    try {
      return await body(store);
    } finally {
      await s3.close();
    }
  });
}

/** Closes the connection after the given number of bytes of a response's content. */
export function cutAfter(context: S3Context, bytes: number): void {
  const whole = context.body as Readable;
  const { length } = context;
  context.body = Readable.from(
    (async function* () {
      let left = bytes;
      for await (const chunk of whole as AsyncIterable<Buffer>) {
        yield chunk.subarray(0, left);
        left -= chunk.length;
        if (left <= 0) break;
      }
      // the sent bytes must arrive before the connection ends
      await new Promise((resolve) => setTimeout(resolve, 100));
      context.req.socket.destroy();
    })(),
    { objectMode: false },
  );
  context.length = length;
}
