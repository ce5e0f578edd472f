// S3rver, an S3 server on top of a folder: objects, listings, parts and signatures are its own. It has no types.
import type { IncomingMessage, Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Readable } from "node:stream";
import { types } from "node:util";
// @ts-expect-error the package has no types
import UntypedS3rver from "@20minutes/s3rver";

/** The part of a Koa context that tests look at. */
export interface S3Context {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly req: IncomingMessage;
  get(header: string): string;
  status: number;
  type: string;
  length: number;
  body: string | Readable;
}

export const BUCKET_OWNER = "111122223333";

type Middleware = (context: S3Context, next: () => Promise<void>) => Promise<void>;

interface S3Server {
  readonly middleware: Middleware[];
  readonly httpServer: Server;
  run(): Promise<AddressInfo>;
}

const S3rver = UntypedS3rver as new (options: object) => S3Server;

export interface RunningS3 {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Starts an S3 server with these buckets on a free port of the loopback interface; `answer` is called first and may send the response
 * itself.
 */
export async function startS3(
  directory: string,
  buckets: readonly string[],
  answer: Middleware = async (_, next) => next(),
): Promise<RunningS3> {
  const s3 = new S3rver({
    address: "127.0.0.1",
    port: 0,
    silent: true,
    vhostBuckets: false,
    directory,
    configureBuckets: buckets.map((name) => ({ name })),
  });
  // replaces the first middleware, which logs requests
  s3.middleware[0] = answer;
  const { port } = await s3.run();
  return { url: `http://127.0.0.1:${port}`, close: () => closeServer(s3.httpServer) };
}

/**
 * Whether S3 would deny the request, which this server does not know: keys below `denied/` are forbidden, and all buckets belong to
 * `BUCKET_OWNER`.
 */
export function isDenied(context: S3Context): boolean {
  const expected = context.get("x-amz-expected-bucket-owner");
  return context.path.includes("/denied/") || (expected !== "" && expected !== BUCKET_OWNER);
}

/** Responds as S3 does when it denies a request. */
export function answerError(context: S3Context, status: number, code: string): void {
  context.status = status;
  context.type = "application/xml";
  context.body = `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${code}</Message></Error>`;
}

/**
 * Tests run in a separate realm, in which errors of Node's modules are not instances of Error. The SDK checks that before it inspects
 * a failed connection; elsewhere the check succeeds.
 */
export function allowSdkErrors(): void {
  const isInstance = Function.prototype[Symbol.hasInstance];
  Object.defineProperty(Error, Symbol.hasInstance, {
    configurable: true,
    value(this: unknown, thrown: unknown): boolean {
      return this === Error ? types.isNativeError(thrown) : isInstance.call(this, thrown);
    },
  });
}

async function closeServer(server: Server): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeAllConnections();
  await closed;
}
